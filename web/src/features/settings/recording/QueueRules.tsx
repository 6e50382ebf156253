import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordingRule } from '@/api/recording-policy';
import { QueryView } from '@/parts/QueryView';
import { useQueues } from '@/parts/settings';
import { paths } from '@/paths';
import styles from './Recording.module.css';
import { type Days, daysOfQueue } from './retention';

interface QueueRulesProps {
  /** Not known yet while undefined. */
  readonly tenantDays: Days | undefined;
}

/** What each queue says of itself, to be changed there. */
export function QueueRules({ tenantDays }: QueueRulesProps) {
  const { t } = useTranslation();
  const query = useQueues();
  const ruleWords = ({ mode, share_percent }: RecordingRule): string =>
    mode === 'share' ? t('recording.share_short', { percent: share_percent ?? 0 }) : t(`recording.mode.${mode}`);
  const daysWords = (days: Days): string =>
    days === null ? t('recording.ever') : t('recording.days_count', { count: days });
  return (
    <aside className={styles.queues} aria-label={t('recording.queues')}>
      <h3>{t('recording.queues')}</h3>
      <p className={styles.quiet}>{t('recording.queues_hint')}</p>
      <QueryView query={query} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t('settings.queue.empty_title')}</p>
          ) : (
            <ul>
              {items.map((queue) => (
                <li key={queue.id} data-testid="queue-rule">
                  <Link to={paths.settingsQueue(queue.id)} title={queue.name}>
                    {queue.name}
                  </Link>
                  <span className={styles.quiet}>
                    {ruleWords(queue.recording)}
                    {tenantDays === undefined ? null : ` · ${daysWords(daysOfQueue(queue.retention_days, tenantDays))}`}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </aside>
  );
}
