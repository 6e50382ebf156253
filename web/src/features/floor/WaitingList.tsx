import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgentRow, QueueRow, WaitingRow } from '@/api/types';
import { useMay } from '@/parts/session';
import { Elapsed } from '@/parts/Times';
import { paths } from '@/paths';
import { AssignControl } from './AssignControl';
import styles from './WaitingList.module.css';

const SHOWN_MAX = 50;

interface WaitingListProps {
  readonly rows: readonly WaitingRow[];
  readonly queues: readonly QueueRow[];
  readonly agents: readonly AgentRow[];
}

/** Everybody who waits, longest first; a supervisor takes or gives them out of turn. */
export function WaitingList({ rows, queues, agents }: WaitingListProps) {
  const { t } = useTranslation();
  const may = useMay('floor.supervise');
  if (rows.length === 0) return null;
  const sorted = [...rows].sort((a, b) => a.since_at_us - b.since_at_us).slice(0, SHOWN_MAX);
  return (
    <>
      <h2 className={styles.heading}>
        {t('floor.waiting_list')}
        <span className={styles.meta}>{t('common.people', { count: rows.length })}</span>
      </h2>
      <ul className={styles.waiting}>
        {sorted.map((row) => {
          const queue = queues.find(({ id }) => id === row.queue_id)?.name;
          return (
            <li key={row.conversation_id} data-testid="floor-waiting-row" data-conversation={row.conversation_id}>
              <Link to={paths.conversation(row.conversation_id)}>
                <span className={styles.label} title={row.customer_label}>
                  {row.customer_label === '' ? t('common.withheld') : row.customer_label}
                </span>
                <span className={styles.queue} title={queue}>
                  {queue}
                </span>
                <Elapsed sinceUs={row.since_at_us} />
              </Link>
              {may ? <AssignControl row={row} agents={agents} /> : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
