import { Checkbox, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '@/api/outbound';
import { Phrase } from '@/parts/Phrase';
import fields from './Fields.module.css';
import styles from './Plan.module.css';

/** What stands there first: no person calls twenty strangers in five minutes. */
const FIRST: Alarm = { distinct: 20, within_s: 300 };

interface AlarmFieldProps {
  readonly label: string;
  readonly alarm: Alarm | null;
  readonly readOnly: boolean;
  readonly error: string | undefined;
  onChange(alarm: Alarm | null): void;
}

/** Whether too many different numbers stop calls, and how many are too many. */
export function AlarmField({ label, alarm, readOnly, error, onChange }: AlarmFieldProps) {
  const { t } = useTranslation();
  return (
    <div className={fields.alarm}>
      <Checkbox
        checked={alarm !== null}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.checked ? FIRST : null)}
      >
        {label}
      </Checkbox>
      {alarm === null ? null : (
        <div className={fields.under}>
          <Phrase
            text={t('plan.alarm_when')}
            parts={{
              minutes: (
                <InputNumber<number>
                  aria-label={t('plan.minutes')}
                  className={fields.few}
                  value={Math.max(1, Math.round(alarm.within_s / 60))}
                  min={1}
                  max={1_440}
                  precision={0}
                  disabled={readOnly}
                  onChange={(value) => value !== null && onChange({ ...alarm, within_s: value * 60 })}
                />
              ),
              count: (
                <InputNumber<number>
                  aria-label={t('plan.distinct')}
                  className={fields.few}
                  value={alarm.distinct}
                  min={1}
                  max={1_000}
                  precision={0}
                  disabled={readOnly}
                  onChange={(value) => value !== null && onChange({ ...alarm, distinct: value })}
                />
              ),
            }}
          />
          <span className={styles.quiet}>{t('plan.alarm_hint')}</span>
        </div>
      )}
      {error === undefined ? null : (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
