import { useTranslation } from 'react-i18next';
import type { Task } from '@/api/types';
import { clock } from '@/lib/duration';
import { Icon } from '@/ui/icons';
import { Caller } from '../Caller';
import { RowCall } from '../RowCall';
import { useSession } from '../session';
import { Moment } from '../Times';
import styles from './Task.module.css';

interface TaskRowProps {
  readonly task: Task;
  readonly open: boolean;
  onToggle(): void;
}

/** A task in two lines; a press opens it. */
export function TaskRow({ task, open, onToggle }: TaskRowProps) {
  const { t } = useTranslation();
  const { me } = useSession();
  const mine = task.state === 'assigned' && task.owner?.id === me.user.agent_id;
  const facts = [
    task.reason == null ? t(`tasks.kind.${task.kind}`) : t(`tasks.reason.${task.reason}`),
    task.queue?.name,
    task.state === 'assigned' ? task.owner?.name : undefined,
    task.result == null ? undefined : t(`tasks.result.${task.result}`),
  ].filter((fact) => fact != null && fact !== '');
  return (
    <div className={styles.frame} data-row>
      <button
        type="button"
        className={styles.row}
        aria-expanded={open}
        data-state={task.state}
        data-testid="task-row"
        onClick={onToggle}
      >
        <span className={styles.glyph} data-state={task.state}>
          <Icon name={task.kind === 'voicemail' ? 'tasks' : 'phone'} size={16} />
        </span>
        <span className={styles.lines}>
          <span className={styles.first}>
            <span className={styles.who}>
              <Caller who={task} />
            </span>
            {task.length_ms == null ? null : <span className={styles.length}>{clock(task.length_ms)}</span>}
            <span className={styles.when}>
              <Moment atUs={task.created_at_us} />
            </span>
          </span>
          <span className={styles.facts}>{facts.join(' · ')}</span>
        </span>
      </button>
      <RowCall corner number={task.from} taskId={mine ? task.id : undefined} />
    </div>
  );
}
