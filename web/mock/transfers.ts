import type { TransferTargets } from '@/api/types';
import { flows, id } from './data';
import { floorOf } from './floor';
import type { World } from './world';

/** Always full, so that a refusal can be seen. */
export const FULL_QUEUE = id('que', 3);

/** Never allowed, so that a refusal can be seen. */
export const FORBIDDEN_NUMBER = '110';

/** Where the customer in hand could go: everybody but the one who is signed in. */
export function transferTargets(world: World): TransferTargets {
  const floor = floorOf(world);
  return {
    agents: floor.agents.slice(1).map(({ id, name, extension, state, phone }) => ({
      id,
      name,
      extension,
      state,
      available: phone && (state === 'ready' || state === 'not_ready'),
    })),
    queues: floor.queues.map(({ id, name, waiting, agents_ready }) => ({ id, name, waiting, agents_ready })),
    flows: flows.map(({ id, name }) => ({ id, name })),
  };
}

/** What a target is called, and of which kind it is. */
export function targetOf(world: World, asked: Record<string, unknown>) {
  if (typeof asked.number === 'string') return { target: 'outside', id: null, name: asked.number };
  const { agents, queues, flows } = transferTargets(world);
  const all = [
    ...agents.map((one) => ({ ...one, target: 'agent' })),
    ...queues.map((one) => ({ ...one, target: 'queue' })),
    ...flows.map((one) => ({ ...one, target: 'flow' })),
  ];
  return all.find((one) => one.id === asked[`${one.target}_id`]);
}
