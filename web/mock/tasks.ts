import type { Task, TaskResult, TasksState } from '@/api/types';
import { id, numbers, queues } from './data';
import { customers } from './people';
import { whence } from './places';
import { ME, nowUs, type World } from './world';

const MINUTE_US = 60_000_000;
let version = 1;

/** Two messages that wait and one that is done. */
export function firstTasks(): Task[] {
  const [customer] = customers;
  const made = (n: number, task: Partial<Task>): Task => ({
    id: id('tsk', n),
    kind: 'voicemail',
    state: 'open',
    created_at_us: nowUs() - n * 17 * MINUTE_US,
    reason: 'closed',
    from: `1381234${String(5670 + n)}`,
    location: whence('138'),
    conversation_id: id('cnv', 40 + n),
    recording_id: id('rec', n),
    length_ms: 9_000 + n * 7_500,
    version: 1,
    ...(numbers[0] === undefined ? {} : { number: numbers[0] }),
    ...task,
  });
  return [
    made(
      1,
      customer === undefined ? {} : { customer: { id: customer.id, name: customer.name, level: customer.level } },
    ),
    made(2, { reason: 'queue_full', ...(queues[0] === undefined ? {} : { queue: queues[0] }) }),
    made(3, { state: 'done', result: 'reached', note: '已回电，周五上门。', closed_at_us: nowUs() - MINUTE_US }),
  ];
}

const me = () => ({ id: ME.user.agent_id, name: ME.user.name });

export function listTasks(world: World, query: URLSearchParams): readonly Task[] {
  const state = query.get('state');
  const mine = query.get('owner') === 'me';
  return world.tasks.filter(
    (task) =>
      (state === null || (state === 'done') === (task.state === 'done')) &&
      (!mine || task.owner?.id === ME.user.agent_id),
  );
}

/** `undefined` when the step does not fit the state. */
export function answerTask(
  world: World,
  which: string,
  step: string | undefined,
  body: Record<string, unknown>,
): Task | undefined {
  const at = world.tasks.findIndex((task) => task.id === which);
  const before = world.tasks[at];
  if (before === undefined) return undefined;
  const open: Task = { ...before, state: 'open', version: before.version + 1 };
  delete open.owner;
  delete open.result;
  if (step === 'take') Object.assign(open, { state: 'assigned', owner: me() });
  if (step === 'close') {
    const done = {
      result: body.result as TaskResult,
      closed_by: me(),
      closed_at_us: nowUs(),
      note: typeof body.note === 'string' ? body.note : '',
    };
    Object.assign(open, { state: 'done', owner: me(), ...done });
  }
  world.tasks[at] = open;
  version += 1;
  world.changed();
  return open;
}

export function tasksState(world: World): TasksState {
  const count = (state: Task['state']): number => world.tasks.filter((task) => task.state === state).length;
  return { open: count('open'), mine: count('assigned'), version };
}
