import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordingPolicy, type RetentionPolicy } from '@/api/recording-policy';
import { DaysField } from './DaysField';
import { EraseQuestion, type Loss } from './EraseQuestion';
import { KeptFrame } from './KeptFrame';
import styles from './Recording.module.css';
import { shortenedTo } from './retention';
import { useKept } from './useKept';

interface RetentionFormProps {
  readonly kept: RetentionPolicy;
  readonly readOnly: boolean;
}

const WHERE = {
  key: 'retention-policy',
  change: (draft: RetentionPolicy) => recordingPolicy.changeRetention(draft),
};

/** For how long recordings and messages are kept; keeping them for fewer days asks first. */
export function RetentionForm({ kept, readOnly }: RetentionFormProps) {
  const { t } = useTranslation();
  const policy = useKept(kept, WHERE);
  const { draft, faults, put } = policy;
  const [asking, setAsking] = useState(false);
  const losses: Loss[] = (['recordings', 'messages'] as const).flatMap((what) => {
    const days = shortenedTo(kept[`${what}_days`], draft[`${what}_days`]);
    return days === null ? [] : [{ what, days }];
  });
  // Whose change is to stay is asked first.
  const shown = asking && losses.length > 0 && !policy.edited.beaten;
  const save = (): void => {
    setAsking(false);
    policy.save();
  };
  const change = (more: Partial<RetentionPolicy>): void => {
    setAsking(false);
    put(more);
  };
  return (
    <KeptFrame
      title={t('recording.how_long')}
      kept={policy}
      readOnly={readOnly}
      testId="retention-policy"
      question={
        shown ? (
          <EraseQuestion losses={losses} busy={policy.busy} onYes={save} onNo={() => setAsking(false)} />
        ) : undefined
      }
      onSubmit={() => (losses.length > 0 && !shown ? setAsking(true) : save())}
    >
      <div className={styles.pair}>
        <DaysField
          label={t('recording.recordings')}
          hint={t('recording.recordings_hint')}
          days={draft.recordings_days}
          empty={t('recording.ever')}
          readOnly={readOnly}
          error={faults.field('recordings_days')}
          testId="retention-recordings"
          onChange={(recordings_days) => change({ recordings_days })}
        />
        <DaysField
          label={t('recording.messages')}
          hint={t('recording.messages_hint')}
          days={draft.messages_days}
          empty={t('recording.ever')}
          readOnly={readOnly}
          error={faults.field('messages_days')}
          testId="retention-messages"
          onChange={(messages_days) => change({ messages_days })}
        />
      </div>
    </KeptFrame>
  );
}
