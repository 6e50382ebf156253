import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { recordingPolicy, type RecordingPolicy } from '@/api/recording-policy';
import { Field } from '@/ui/Field';
import { SecondsInput } from '../SecondsInput';
import { KeptFrame } from './KeptFrame';
import styles from './Recording.module.css';
import { RuleField } from './RuleField';
import { useKept } from './useKept';

interface PolicyFormProps {
  readonly kept: RecordingPolicy;
  readonly readOnly: boolean;
}

const WHERE = {
  key: 'recording-policy',
  change: (draft: RecordingPolicy) => recordingPolicy.changeRecording(draft),
};

/** What is recorded beside what each queue says of itself. */
export function PolicyForm({ kept, readOnly }: PolicyFormProps) {
  const { t } = useTranslation();
  const policy = useKept(kept, WHERE);
  const { draft, faults, put } = policy;
  return (
    <KeptFrame
      title={t('recording.what')}
      kept={policy}
      readOnly={readOnly}
      testId="recording-policy"
      onSubmit={policy.save}
    >
      <RuleField
        label={t('recording.outbound')}
        rule={draft.outbound}
        readOnly={readOnly}
        error={faults.field('outbound')}
        testId="policy-outbound"
        onChange={(outbound) => put({ outbound })}
      />
      <div>
        <Checkbox
          checked={draft.before_queue}
          disabled={readOnly}
          onChange={(event) => put({ before_queue: event.target.checked })}
          data-testid="policy-before-queue"
        >
          {t('recording.before_queue')}
        </Checkbox>
        <p className={styles.under}>{t('recording.before_queue_hint')}</p>
      </div>
      <div>
        <Checkbox
          checked={draft.consent_required}
          disabled={readOnly}
          onChange={(event) => put({ consent_required: event.target.checked })}
          data-testid="policy-consent"
        >
          {t('recording.consent')}
        </Checkbox>
        <p className={styles.under}>{t('recording.consent_hint')}</p>
      </div>
      <div className={styles.half}>
        <Field
          label={t('recording.pause_max')}
          hint={t('recording.pause_max_hint')}
          error={faults.field('pause_max_s')}
          group
        >
          <SecondsInput
            label={t('recording.pause_max')}
            ms={draft.pause_max_s * 1000}
            min={30}
            max={3_600}
            disabled={readOnly}
            onChange={(ms) => ms !== null && put({ pause_max_s: ms / 1000 })}
          />
        </Field>
      </div>
    </KeptFrame>
  );
}
