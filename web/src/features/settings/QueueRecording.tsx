import { useTranslation } from 'react-i18next';
import type { RecordingRule } from '@/api/recording-policy';
import type { Faults } from '@/parts/useFaults';
import { DaysField } from './recording/DaysField';
import type { Days } from './recording/retention';
import { RuleField } from './recording/RuleField';
import styles from './Settings.module.css';

interface QueueRecordingProps {
  readonly rule: RecordingRule;
  readonly days: Days;
  readonly readOnly: boolean;
  readonly faults: Faults;
  onRule(rule: RecordingRule): void;
  onDays(days: Days): void;
}

/** What is recorded of a queue, and for how long that is kept. */
export function QueueRecording({ rule, days, readOnly, faults, onRule, onDays }: QueueRecordingProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.group}>
      <h3>{t('settings.queue.group_recording')}</h3>
      <div className={styles.wide}>
        <RuleField
          label={t('settings.queue.recording')}
          rule={rule}
          readOnly={readOnly}
          error={faults.field('recording')}
          testId="queue-recording"
          onChange={onRule}
        />
      </div>
      <DaysField
        label={t('settings.queue.retention')}
        hint={t('settings.queue.retention_hint')}
        days={days}
        empty={t('settings.queue.retention_empty')}
        readOnly={readOnly}
        error={faults.field('retention_days')}
        testId="queue-retention"
        onChange={onDays}
      />
    </div>
  );
}
