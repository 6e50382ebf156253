import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QueueRow, WaitingRow } from '@/api/types';
import { Elapsed } from '@/parts/Times';
import { paths } from '@/paths';
import styles from './Floor.module.css';

const SHOWN_MAX = 50;

interface WaitingListProps {
  readonly rows: readonly WaitingRow[];
  readonly queues: readonly QueueRow[];
}

/** Everybody who waits, longest first. */
export function WaitingList({ rows, queues }: WaitingListProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  const sorted = [...rows].sort((a, b) => a.since_at_us - b.since_at_us).slice(0, SHOWN_MAX);
  return (
    <>
      <h2 className={styles.heading}>
        {t('floor.waiting_list')}
        <span className={styles.meta}>{t('common.people', { count: rows.length })}</span>
      </h2>
      <ul className={styles.waiting}>
        {sorted.map((row) => (
          <li key={row.conversation_id}>
            <Link to={paths.conversation(row.conversation_id)}>
              <span className={styles.label}>{row.customer_label}</span>
              <span className={styles.meta}>{queues.find((queue) => queue.id === row.queue_id)?.name}</span>
              <Elapsed sinceUs={row.since_at_us} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
