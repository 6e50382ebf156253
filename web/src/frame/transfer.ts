import type { Named, Transfer, TransferAgent, TransferQueue, TransferReason, TransferTargets } from '@/api/types';

/** To whom, or where, a customer can be handed over. */
export type Target =
  | (TransferAgent & { readonly kind: 'agent' })
  | (TransferQueue & { readonly kind: 'queue' })
  | (Named & { readonly kind: 'flow' })
  | (Named & { readonly kind: 'park' });

export const REASONS: readonly TransferReason[] = [
  'wrong_place',
  'specialist',
  'escalation',
  'customer_asked',
  'other',
];

const plain = (text: string): string => text.toLowerCase().replace(/\s/g, '');

/** What has the typed text in its name or extension: colleagues, then queues, then flows, then the place for whoever is free. */
export function matching(targets: TransferTargets, typed: string, park: string): readonly Target[] {
  const all: Target[] = [
    ...targets.agents.map((one) => ({ ...one, kind: 'agent' as const })),
    ...targets.queues.map((one) => ({ ...one, kind: 'queue' as const })),
    ...targets.flows.map((one) => ({ ...one, kind: 'flow' as const })),
    { kind: 'park', id: 'park', name: park },
  ];
  const wanted = plain(typed);
  return all.filter((one) => plain(one.kind === 'agent' ? one.name + one.extension : one.name).includes(wanted));
}

/** A colleague must be reachable; the others always are, unless the server says otherwise. */
export function canTake(target: Target): boolean {
  return target.kind !== 'agent' || target.available;
}

/** The neighbour of a target among those that can take the customer; from none, the one at the end it comes from. */
export function step(shown: readonly Target[], from: Target | undefined, by: 1 | -1): Target | undefined {
  const open = shown.filter(canTake);
  const at = open.findIndex(({ id }) => id === from?.id);
  const first = by === 1 ? 0 : open.length - 1;
  return open[at === -1 ? first : (at + by + open.length) % open.length];
}

/** What is asked of the server. */
export function transferTo(target: Exclude<Target, { kind: 'park' }>, reason: TransferReason | null): Transfer {
  const why = reason === null ? {} : { reason };
  switch (target.kind) {
    case 'agent':
      return { agent_id: target.id, ...why };
    case 'queue':
      return { queue_id: target.id, ...why };
    case 'flow':
      return { flow_id: target.id, ...why };
  }
}
