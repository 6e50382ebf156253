import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Codec } from '@/api/types';
import { Field } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { IconButton } from '@/ui/IconButton';
import { codecName, raised, withUnused } from './codecs';
import styles from './Sites.module.css';

interface CodecOrderProps {
  readonly codecs: readonly Codec[];
  readonly readOnly: boolean;
  readonly error: string | undefined;
  onChange(codecs: Codec[]): void;
}

/** Which codecs the phones of a site are offered, the first one first. One at least stays. */
export function CodecOrder({ codecs, readOnly, error, onChange }: CodecOrderProps) {
  const { t } = useTranslation();
  return (
    <Field label={t('sites.codecs')} hint={t('sites.codecs_hint')} error={error} group>
      <ol className={styles.codecs}>
        {withUnused(codecs).map((codec) => {
          const used = codecs.includes(codec);
          return (
            <li key={codec}>
              <Checkbox
                checked={used}
                disabled={readOnly || (used && codecs.length === 1)}
                onChange={() => onChange(used ? codecs.filter((one) => one !== codec) : [...codecs, codec])}
              >
                {codecName(codec)}
              </Checkbox>
              {readOnly || !used || codecs[0] === codec ? null : (
                <IconButton
                  label={t('sites.codec_up', { codec: codecName(codec) })}
                  onClick={() => onChange(raised(codecs, codec))}
                >
                  <span className={styles.up}>
                    <Icon name="chevron" size={14} />
                  </span>
                </IconButton>
              )}
            </li>
          );
        })}
      </ol>
    </Field>
  );
}
