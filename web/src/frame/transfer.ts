import type {
  ConsultWanted,
  Named,
  PartyWanted,
  Transfer,
  TransferAgent,
  TransferQueue,
  TransferReason,
  TransferTargets,
} from '@/api/types';
import { readableNumber } from '@/lib/phone';

/** To whom, or where, a customer can be handed over. */
export type Target =
  | (TransferAgent & { readonly kind: 'agent' })
  | (TransferQueue & { readonly kind: 'queue' })
  | (Named & { readonly kind: 'flow' })
  | (Named & { readonly kind: 'park' })
  | NumberOutside;

/** Called as typed, and shown as it reads best. */
type NumberOutside = Named & { readonly kind: 'number'; readonly typed: string };

/** Of those, whoever can be asked about the customer first. */
type Asked = Extract<Target, { kind: 'agent' | 'number' }>;

export const REASONS: readonly TransferReason[] = [
  'wrong_place',
  'specialist',
  'escalation',
  'customer_asked',
  'other',
];

/** Fewer digits are the beginning of an extension. */
const DIGITS_MIN = 3;

const plain = (text: string): string => text.toLowerCase().replace(/\s/g, '');

/** The number outside that the text could be; names and what is shorter are none. */
export function numberOutside(text: string): NumberOutside | null {
  const typed = text.trim();
  const isNumber = /^[\d+*#\s-]+$/.test(typed) && typed.replace(/\D/g, '').length >= DIGITS_MIN;
  return isNumber ? { kind: 'number', id: 'number', name: readableNumber(typed), typed } : null;
}

/**
 * What has the typed text in its name or extension: colleagues, whoever has just that extension first, then queues, then flows, then the
 * place for whoever is free; last, when a number was typed, that number outside.
 */
export function matching(targets: TransferTargets, typed: string, park: string): readonly Target[] {
  const wanted = plain(typed);
  const all: Target[] = [
    ...targets.agents.map((one) => ({ ...one, kind: 'agent' as const })),
    ...targets.queues.map((one) => ({ ...one, kind: 'queue' as const })),
    ...targets.flows.map((one) => ({ ...one, kind: 'flow' as const })),
    { kind: 'park', id: 'park', name: park },
  ];
  const named = all
    .filter((one) => plain(one.kind === 'agent' ? one.name + one.extension : one.name).includes(wanted))
    .sort((a, b) => Number(isAt(b, wanted)) - Number(isAt(a, wanted)));
  const number = numberOutside(typed);
  return number === null ? named : [...named, number];
}

const isAt = (target: Target, extension: string): boolean => target.kind === 'agent' && target.extension === extension;

/** A colleague must be reachable; the others always are, unless the server says otherwise. */
export function canTake(target: Target): boolean {
  return target.kind !== 'agent' || target.available;
}

export function canBeAsked(target: Target): target is Asked {
  return target.kind === 'agent' || target.kind === 'number';
}

/** Whom Enter means before the arrow keys were used: never a number instead of a colleague who cannot be rung. */
export function proposed(shown: readonly Target[]): Target | undefined {
  const first = shown.find(canTake);
  return first?.kind === 'number' && shown.length > 1 ? undefined : first;
}

/** The neighbour of a target among those that can take the customer; from none, the one at the end it comes from. */
export function step(shown: readonly Target[], from: Target | undefined, by: 1 | -1): Target | undefined {
  const open = shown.filter(canTake);
  const at = open.findIndex(({ id }) => id === from?.id);
  const first = by === 1 ? 0 : open.length - 1;
  return open[at === -1 ? first : (at + by + open.length) % open.length];
}

/** What is asked of the server. */
export function transferTo(
  target: Exclude<Target, { kind: 'park' }>,
  reason: TransferReason | null,
  comeBack = false,
): Transfer {
  const why = reason === null ? {} : { reason };
  switch (target.kind) {
    case 'queue':
      return { queue_id: target.id, ...why };
    case 'flow':
      return { flow_id: target.id, ...(comeBack ? { come_back: true } : {}), ...why };
    case 'agent':
    case 'number':
      return consultWith(target, reason);
  }
}

export function partyOf(target: Asked): PartyWanted {
  return target.kind === 'agent' ? { agent_id: target.id } : { number: target.typed };
}

export function consultWith(target: Asked, reason: TransferReason | null): ConsultWanted {
  const whom = partyOf(target);
  return reason === null ? whom : { ...whom, reason };
}
