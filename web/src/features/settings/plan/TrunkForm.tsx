import { Button, Checkbox, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanTrunk } from '@/api/outbound';
import { Phrase } from '@/parts/Phrase';
import { Field } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import { CapsFields } from './CapsFields';
import fields from './Fields.module.css';
import styles from './Plan.module.css';
import { TrunkSite } from './TrunkSite';

const SIDES = ['total', 'outbound', 'inbound'] as const;

interface TrunkFormProps {
  readonly trunk: PlanTrunk;
  readonly country: string;
  readonly readOnly: boolean;
  fault(name: string): string | undefined;
  onChange(change: Partial<PlanTrunk>): void;
  onMove(by: number): void;
  onDone(): void;
  readonly first: boolean;
  readonly last: boolean;
}

/** How much a trunk carries, and how its carrier wants numbers. */
export function TrunkForm(props: TrunkFormProps) {
  const { trunk, country, readOnly, fault, onChange } = props;
  const { t } = useTranslation();
  const { channels } = trunk;
  return (
    <div className={styles.form} data-testid="trunk-form">
      <fieldset className={styles.part}>
        <legend>{t('plan.trunk.channels_label')}</legend>
        <div className={fields.thirds}>
          {SIDES.map((side) => (
            <Field key={side} label={t(`plan.trunk.channel.${side}`)} error={fault(`channels.${side}`)}>
              <InputNumber<number>
                aria-label={t(`plan.trunk.channel.${side}`)}
                value={channels[side] ?? null}
                min={1}
                max={1_000_000}
                precision={0}
                placeholder={t('plan.unlimited')}
                disabled={readOnly}
                style={{ width: '100%' }}
                onChange={(value) => onChange({ channels: { ...channels, [side]: value } })}
                data-testid={`channels-${side}`}
              />
            </Field>
          ))}
        </div>
        <p className={styles.quiet}>{t('plan.trunk.channels_hint')}</p>
      </fieldset>
      <fieldset className={styles.part}>
        <legend>{t('plan.trunk.caps')}</legend>
        <CapsFields
          caps={trunk.caps}
          readOnly={readOnly}
          error={fault('caps')}
          onChange={(caps) => onChange({ caps })}
        />
      </fieldset>
      <TrunkSite trunk={trunk} readOnly={readOnly} fault={fault} onChange={onChange} />
      <fieldset className={styles.part}>
        <legend>{t('plan.trunk.rewrites_label')}</legend>
        <p className={styles.quiet}>{t('plan.trunk.rewrites_hint', { country })}</p>
        <Rewrites trunk={trunk} readOnly={readOnly} fault={fault} onChange={onChange} />
        <Checkbox
          checked={trunk.withholds}
          disabled={readOnly}
          onChange={(event) => onChange({ withholds: event.target.checked })}
        >
          {t('plan.trunk.withholds_label')}
        </Checkbox>
      </fieldset>
      <div className={styles.buttons}>
        <Button onClick={props.onDone}>{t('plan.rule.done')}</Button>
        {readOnly ? null : (
          <>
            <Button
              disabled={props.first}
              onClick={() => props.onMove(-1)}
              icon={<Icon name="chevron" size={16} />}
              className={styles.up}
            >
              {t('plan.rule.up')}
            </Button>
            <Button disabled={props.last} onClick={() => props.onMove(1)} icon={<Icon name="chevron" size={16} />}>
              {t('plan.rule.down')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Rewrites({
  trunk,
  readOnly,
  fault,
  onChange,
}: Pick<TrunkFormProps, 'trunk' | 'readOnly' | 'fault' | 'onChange'>) {
  const { t } = useTranslation();
  const { rewrites } = trunk;
  const put = (at: number, more: Partial<PlanTrunk['rewrites'][number]>): void =>
    onChange({ rewrites: rewrites.map((one, n) => (n === at ? { ...one, ...more } : one)) });
  return (
    <div className={fields.phrases}>
      {rewrites.map((one, n) => (
        <span key={n} className={fields.rewrite}>
          <Phrase
            text={t('plan.trunk.rewrite')}
            parts={{
              begins: (
                <Input
                  aria-label={t('plan.trunk.begins')}
                  className={fields.digits}
                  value={one.begins}
                  maxLength={20}
                  placeholder={t('plan.trunk.any')}
                  disabled={readOnly}
                  onChange={(event) => put(n, { begins: event.target.value.trim() })}
                />
              ),
              becomes: (
                <Input
                  aria-label={t('plan.trunk.becomes')}
                  className={fields.digits}
                  value={one.becomes}
                  maxLength={20}
                  placeholder={t('plan.trunk.nothing')}
                  disabled={readOnly}
                  onChange={(event) => put(n, { becomes: event.target.value.trim() })}
                />
              ),
            }}
          />
          {readOnly ? null : (
            <IconButton
              label={t('plan.trunk.remove_rewrite')}
              onClick={() => onChange({ rewrites: rewrites.filter((_, at) => at !== n) })}
            >
              <Icon name="close" size={14} />
            </IconButton>
          )}
          {fault(`rewrites.${n}`) === undefined ? null : (
            <span className={styles.error} role="alert">
              {fault(`rewrites.${n}`)}
            </span>
          )}
        </span>
      ))}
      {readOnly ? null : (
        <Button
          size="small"
          className={styles.add}
          icon={<Icon name="plus" size={14} />}
          onClick={() => onChange({ rewrites: [...rewrites, { begins: '', becomes: '' }] })}
        >
          {t('plan.trunk.add_rewrite')}
        </Button>
      )}
    </div>
  );
}
