import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Faults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import styles from './Sites.module.css';

const RANGES_MAX = 32;

interface RangesProps {
  readonly ranges: readonly string[];
  readonly readOnly: boolean;
  readonly faults: Faults;
  onChange(ranges: string[]): void;
}

/** From which addresses the phones of a site may come; the server's fault stands at the row it is about. */
export function Ranges({ ranges, readOnly, faults, onChange }: RangesProps) {
  const { t } = useTranslation();
  const faultOf = (n: number): string | undefined =>
    faults.field(`address_ranges.${String(n)}`) ?? faults.field(`address_ranges[${String(n)}]`);
  const some = ranges.some((_, n) => faultOf(n) !== undefined);
  return (
    <Field
      label={t('sites.ranges')}
      hint={ranges.length === 0 ? t('sites.ranges_none') : t('sites.ranges_hint')}
      error={some ? undefined : faults.field('address_ranges')}
      group
    >
      <div className={styles.ranges}>
        {ranges.map((range, n) => (
          <div key={n} className={styles.range}>
            <Input
              aria-label={t('sites.range_nth', { n: n + 1 })}
              value={range}
              maxLength={49}
              placeholder="10.8.0.0/24"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus={range === '' && !readOnly}
              disabled={readOnly}
              status={faultOf(n) === undefined ? '' : 'error'}
              onChange={(event) => onChange(ranges.map((one, at) => (at === n ? event.target.value : one)))}
              data-testid="site-range"
            />
            {readOnly ? null : (
              <IconButton label={t('sites.range_remove')} onClick={() => onChange(ranges.filter((_, at) => at !== n))}>
                <Icon name="close" size={14} />
              </IconButton>
            )}
            {faultOf(n) === undefined ? null : (
              <span className={styles.error} role="alert">
                {faultOf(n)}
              </span>
            )}
          </div>
        ))}
        {readOnly || ranges.length >= RANGES_MAX ? null : (
          <Button
            className={styles.add}
            size="small"
            icon={<Icon name="plus" size={14} />}
            onClick={() => onChange([...ranges, ''])}
            data-testid="site-range-add"
          >
            {t('sites.range_add')}
          </Button>
        )}
      </div>
    </Field>
  );
}
