import { InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Caps } from '@/api/outbound';
import { Phrase } from '@/parts/Phrase';
import fields from './Fields.module.css';
import styles from './Plan.module.css';

interface CapsFieldsProps {
  readonly caps: Caps;
  readonly readOnly: boolean;
  readonly error: string | undefined;
  readonly children?: ReactNode;
  onChange(caps: Caps): void;
}

const NAMES = ['per_minute', 'per_day'] as const;

/** So many calls a minute and a day; an empty field is no limit. */
export function CapsFields({ caps, readOnly, error, children, onChange }: CapsFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={fields.phrases}>
      {NAMES.map((name) => (
        <Phrase
          key={name}
          text={t(name === 'per_minute' ? 'plan.caps_minute' : 'plan.caps_day')}
          parts={{
            count: (
              <InputNumber<number>
                aria-label={t(name === 'per_minute' ? 'plan.caps_minute' : 'plan.caps_day').replace(/\{count\}/, '…')}
                className={fields.count}
                value={caps[name] ?? null}
                min={1}
                max={1_000_000}
                precision={0}
                placeholder={t('plan.unlimited')}
                disabled={readOnly}
                onChange={(value) => onChange({ ...caps, [name]: value })}
              />
            ),
          }}
        />
      ))}
      {children}
      {error === undefined ? null : (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
