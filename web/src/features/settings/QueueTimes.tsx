import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Faults } from '@/parts/useFaults';
import { Field } from '@/ui/Field';
import type { QueueDraft } from './queueDraft';
import { SecondsInput } from './SecondsInput';
import styles from './Settings.module.css';

interface QueueTimesProps {
  readonly draft: QueueDraft;
  readonly readOnly: boolean;
  readonly faults: Faults;
  onChange(change: Partial<QueueDraft>): void;
}

/** Limits of the server, in seconds. */
const TIMES = [
  { name: 'ring_timeout_ms', words: 'ring_timeout', min: 1, max: 300 },
  { name: 'wrap_up_ms', words: 'wrap_up', min: 0, max: 3_600 },
  { name: 'wait_max_ms', words: 'wait_max', min: 5, max: 86_400 },
  { name: 'service_level_target_ms', words: 'target', min: 1, max: 3_600 },
] as const;

/** How long people may wait and agents may take. */
export function QueueTimes({ draft, readOnly, faults, onChange }: QueueTimesProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.group}>
      <h3>{t('settings.queue.group_times')}</h3>
      {TIMES.map(({ name, words, min, max }) => (
        <Field
          key={name}
          label={t(`settings.queue.${words}`)}
          hint={t(`settings.queue.${words}_hint`)}
          error={faults.field(name)}
          group
        >
          <SecondsInput
            label={t(`settings.queue.${words}`)}
            ms={draft[name]}
            min={min}
            max={max}
            disabled={readOnly}
            onChange={(ms) => onChange({ [name]: ms })}
          />
        </Field>
      ))}
      <Field
        label={t('settings.queue.waiting_max')}
        hint={t('settings.queue.waiting_max_hint')}
        error={faults.field('waiting_max')}
        group
      >
        <InputNumber
          aria-label={t('settings.queue.waiting_max')}
          value={draft.waiting_max}
          min={1}
          max={2_000}
          precision={0}
          disabled={readOnly}
          style={{ width: '100%' }}
          onChange={(waiting_max) => onChange({ waiting_max })}
          data-testid="queue-waiting-max"
        />
      </Field>
    </div>
  );
}
