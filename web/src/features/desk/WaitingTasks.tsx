import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTasksState } from '@/parts/live';
import { useMay } from '@/parts/session';
import { useTasks } from '@/parts/task/queries';
import { LazyTaskCard } from '@/parts/task/LazyTaskCard';
import { TaskRow } from '@/parts/task/TaskRow';
import { paths } from '@/paths';
import styles from './WorkPane.module.css';

/** More are a press away; the desk must leave room for calls. */
const SHOWN = 5;

/** Messages and other tasks that wait for anybody, and one's own. */
export function WaitingTasks() {
  return useMay('tasks.read') ? <List /> : null;
}

function List() {
  const { t } = useTranslation();
  const state = useTasksState();
  const { data, isError } = useTasks({ state: 'pending', owner: 'me_or_nobody' }, SHOWN);
  const [open, setOpen] = useState<string | null>(null);
  const items = data?.pages[0]?.items ?? [];
  const count = (state?.open ?? 0) + (state?.mine ?? 0);
  return (
    <section aria-label={t('tasks.waiting')} data-testid="waiting-tasks">
      <h2 className={styles.title}>
        {t('tasks.waiting')}
        {count === 0 ? null : (
          <span className={styles.count} data-testid="waiting-tasks-count">
            {t('tasks.count', { count })}
          </span>
        )}
      </h2>
      {isError ? <p className={styles.empty}>{t('errors.list')}</p> : null}
      {data !== undefined && items.length === 0 ? <p className={styles.empty}>{t('tasks.empty')}</p> : null}
      {items.length === 0 ? null : (
        <ul className={styles.recent}>
          {items.map((task) => (
            <li key={task.id}>
              <TaskRow
                task={task}
                open={task.id === open}
                onToggle={() => setOpen(task.id === open ? null : task.id)}
              />
              {task.id === open ? <LazyTaskCard task={task} /> : null}
            </li>
          ))}
        </ul>
      )}
      {count > items.length ? (
        <p className={styles.empty}>
          <Link to={paths.tasks}>{t('tasks.all')}</Link>
        </p>
      ) : null}
    </section>
  );
}
