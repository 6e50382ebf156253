import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RecordingMode, RecordingRule } from '@/api/recording-policy';
import { Phrase } from '@/parts/Phrase';
import { Field } from '@/ui/Field';
import styles from './Recording.module.css';

const MODES: readonly RecordingMode[] = ['all', 'share', 'on_demand', 'none'];
const SHARE_FIRST = 50;

interface RuleFieldProps {
  readonly label: string;
  readonly rule: RecordingRule;
  readonly readOnly: boolean;
  readonly error: string | undefined;
  readonly testId: string;
  onChange(rule: RecordingRule): void;
}

/** Which calls are recorded: all, some of a hundred, those the agent chooses, or none. */
export function RuleField({ label, rule, readOnly, error, testId, onChange }: RuleFieldProps) {
  const { t } = useTranslation();
  return (
    <Field label={label} hint={t(`recording.mode_hint.${rule.mode}`)} error={error} group>
      <span className={styles.rule}>
        <Select<RecordingMode>
          aria-label={label}
          className={styles.mode}
          value={rule.mode}
          disabled={readOnly}
          options={MODES.map((mode) => ({ value: mode, label: t(`recording.mode.${mode}`) }))}
          onChange={(mode) =>
            onChange({ mode, share_percent: mode === 'share' ? (rule.share_percent ?? SHARE_FIRST) : null })
          }
          data-testid={testId}
        />
        {rule.mode === 'share' ? (
          <Phrase
            text={t('recording.share')}
            parts={{
              percent: (
                <InputNumber<number>
                  aria-label={t('recording.share_label')}
                  className={styles.few}
                  value={rule.share_percent}
                  min={1}
                  max={99}
                  precision={0}
                  suffix="%"
                  disabled={readOnly}
                  onChange={(share_percent) => share_percent !== null && onChange({ ...rule, share_percent })}
                  data-testid={`${testId}-share`}
                />
              ),
            }}
          />
        ) : null}
      </span>
    </Field>
  );
}
