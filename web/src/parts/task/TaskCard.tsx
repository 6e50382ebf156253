import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Task, TaskResult } from '@/api/types';
import { paths } from '@/paths';
import { Facts } from '@/ui/Facts';
import { Notice } from '@/ui/Notice';
import { CallButton } from '../CallButton';
import { useMay, useSession } from '../session';
import { Moment } from '../Times';
import { MessagePlayer } from './MessagePlayer';
import { type TaskActions, useTaskActions } from './queries';
import styles from './Task.module.css';

const RESULTS: readonly TaskResult[] = ['reached', 'not_reached', 'nothing_to_do'];

/** All of a task: what was left and why, the message itself, and what to do with it. */
export function TaskCard({ task }: { readonly task: Task }) {
  const { t } = useTranslation();
  const actions = useTaskActions();
  const mayWrite = useMay('tasks.write');
  const { me } = useSession();
  const mine = task.owner?.id === me.user.agent_id;
  const anothers = task.state === 'assigned' && !mine;
  return (
    <div className={styles.card} data-testid="task-card" data-state={task.state}>
      {task.recording_id == null ? null : (
        <MessagePlayer key={task.id} taskId={task.id} lengthMs={task.length_ms ?? 0} />
      )}
      <TaskFacts task={task} />
      {anothers ? <Notice tone="quiet">{t('tasks.taken_by_other', { name: task.owner?.name ?? '' })}</Notice> : null}
      <div className={styles.buttons}>
        {mayWrite && task.state === 'open' ? (
          <Button type="primary" disabled={actions.busy} onClick={() => actions.take(task)} data-testid="task-take">
            {t('tasks.take')}
          </Button>
        ) : null}
        {mine && task.state === 'assigned' && task.from !== null ? (
          <CallButton number={task.from} word={t('tasks.call_back')} taskId={task.id} size="middle" />
        ) : null}
        {mayWrite && task.state === 'assigned' ? (
          <Button disabled={actions.busy} onClick={() => actions.giveBack(task)} data-testid="task-give-back">
            {t('tasks.give_back')}
          </Button>
        ) : null}
        {mayWrite && task.state === 'done' ? (
          <Button disabled={actions.busy} onClick={() => actions.reopen(task)} data-testid="task-reopen">
            {t('tasks.reopen')}
          </Button>
        ) : null}
        {task.conversation_id == null ? null : (
          <Link to={paths.conversation(task.conversation_id)}>{t('tasks.conversation')}</Link>
        )}
      </div>
      {mayWrite && task.state !== 'done' && !anothers ? <Closing key={task.id} task={task} actions={actions} /> : null}
      {task.state === 'done' && task.note != null ? <p className={styles.said}>{task.note}</p> : null}
    </div>
  );
}

function TaskFacts({ task }: { readonly task: Task }) {
  const { t } = useTranslation();
  const items: (readonly [string, React.ReactNode])[] = [
    [t('tasks.fact.left'), <Moment key="left" atUs={task.created_at_us} />],
  ];
  if (task.reason != null) items.push([t('tasks.fact.reason'), t(`tasks.reason.${task.reason}`)]);
  if (task.number != null) items.push([t('tasks.fact.number'), `${task.number.name} ${task.number.number}`]);
  if (task.queue != null) items.push([t('tasks.fact.queue'), task.queue.name]);
  if (task.state === 'assigned' && task.owner != null) items.push([t('tasks.fact.owner'), task.owner.name]);
  if (task.result != null) items.push([t('tasks.fact.result'), t(`tasks.result.${task.result}`)]);
  if (task.closed_by != null) items.push([t('tasks.fact.closed_by'), task.closed_by.name]);
  if (task.closed_at_us != null) items.push([t('tasks.fact.closed'), <Moment key="closed" atUs={task.closed_at_us} />]);
  return <Facts items={items} />;
}

/** One press on a result closes the task, with whatever was noted. */
function Closing({ task, actions }: { readonly task: Task; readonly actions: TaskActions }) {
  const { t } = useTranslation();
  const id = useId();
  const [note, setNote] = useState(task.note ?? '');
  return (
    <div className={styles.closing} role="group" aria-labelledby={id}>
      <p id={id} className={styles.heading}>
        {t('tasks.close_title')}
      </p>
      <Input.TextArea
        aria-label={t('tasks.note')}
        value={note}
        maxLength={4000}
        placeholder={t('tasks.note_placeholder')}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => setNote(event.target.value)}
        data-testid="task-note"
      />
      <div className={styles.results}>
        {RESULTS.map((result) => (
          <Button
            key={result}
            disabled={actions.busy}
            onClick={() => actions.close(task, result, note)}
            data-testid={`task-close-${result}`}
          >
            {t(`tasks.result.${result}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
