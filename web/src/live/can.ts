import type {
  AgentRow,
  AgentState,
  ForcedPresence,
  Handling,
  MeState,
  Offer,
  Parked,
  PhoneKind,
  Presence,
} from '@/api/types';
import type { PhoneState } from './phone-state';

/** `yes`, or the one reason why not; the client puts the reason into words beside the disabled control. */
export type Verdict =
  | 'yes'
  | 'ringing_now'
  | 'talk_going_on'
  | 'already'
  | 'offer_over'
  | 'not_in_talk'
  | 'in_consult'
  | 'in_conference'
  | 'on_hold'
  | 'wrapping_up'
  | 'not_signed_in'
  | 'no_phone'
  | 'by_key';

const PRESENCE_OF: Record<'ready' | 'not_ready' | 'sign_in' | 'sign_out', Presence> = {
  ready: 'ready',
  not_ready: 'not_ready',
  sign_in: 'not_ready',
  sign_out: 'signed_out',
};

/** Talking or on hold: with somebody who has answered. */
function inTalk(handling: Handling): Verdict {
  return handling.state === 'wrap_up' || isDialling(handling) ? 'not_in_talk' : 'yes';
}

/** Nobody is held or handed over while a colleague is asked: that has buttons of its own. */
function aloneInTalk(handling: Handling): Verdict {
  return handling.consult == null ? inTalk(handling) : 'in_consult';
}

/** Others take part beside the customer. */
export const inConference = ({ parties }: Handling): boolean => (parties?.length ?? 0) > 0;

/** Others are in the talk already: they go on when this agent leaves or steps out. */
export const othersGoOn = ({ parties }: Handling): boolean =>
  parties?.some(({ state }) => state !== 'ringing' && state !== 'private') ?? false;

/** Of a conference whoever has the customer decides. */
function leading(handling: Handling): Verdict {
  const leads = !(handling.parties ?? []).some((party) => party.leads);
  return leads ? aloneInTalk(handling) : 'in_conference';
}

/** Nothing in hand, at work and with a phone; the wrap-up of a customer leaves the agent free for that very one. */
function freeFor(me: MeState | null, conversationId: string | null): Verdict {
  if (me === null || me.agent.presence === 'signed_out') return 'not_signed_in';
  if (me.offers.length > 0) return 'ringing_now';
  if (me.supervision != null || me.handlings.some(({ state }) => state !== 'wrap_up')) return 'talk_going_on';
  if (me.handlings.some(({ conversation }) => conversation.id !== conversationId)) return 'wrapping_up';
  return me.agent.phone ? 'yes' : 'no_phone';
}

/** Why an agent on the floor can neither be given a customer nor be sent home. */
function inWork({ state }: AgentRow): 'ringing_now' | 'talk_going_on' | null {
  if (state === 'ringing') return 'ringing_now';
  return state === 'talking' || state === 'held' || state === 'supervising' ? 'talk_going_on' : null;
}

/** The one place that knows what an agent may do; the server decides in the end. */
export const can = {
  ready: (me: MeState): Verdict => (me.agent.presence === PRESENCE_OF.ready ? 'already' : 'yes'),
  notReady: (me: MeState): Verdict => (me.agent.presence === 'signed_out' ? 'not_signed_in' : 'yes'),
  signIn: (me: MeState): Verdict => (me.agent.presence === 'signed_out' ? 'yes' : 'already'),
  signOut: (me: MeState): Verdict => {
    if (me.agent.presence === 'signed_out') return 'already';
    if (me.offers.length > 0) return 'ringing_now';
    if (me.supervision != null) return 'talk_going_on';
    return me.handlings.some((handling) => handling.state !== 'wrap_up') ? 'talk_going_on' : 'yes';
  },
  accept: (
    offer: Offer,
    phone: PhoneState,
    nowUs: number,
    telephone: { readonly on: boolean; readonly kind?: PhoneKind } | null = null,
  ): Verdict => {
    if (offer.ring_until_us <= nowUs) return 'offer_over';
    if (telephone?.kind === 'mobile') return 'by_key';
    if (telephone !== null) return telephone.on ? 'yes' : 'no_phone';
    return phone.kind === 'connected' || phone.kind === 'elsewhere' ? 'yes' : 'no_phone';
  },
  hold: leading,
  /** Hand over, ask somebody first, or add them; a conference is left, and not handed over. */
  transfer: leading,
  /** Leave the customer to whoever picks them up. */
  park: (handling: Handling): Verdict => (inConference(handling) ? 'in_conference' : aloneInTalk(handling)),
  /** Take a parked customer; whoever parked them comes straight out of the wrap-up. */
  pickUp: (me: MeState | null, parked: Parked): Verdict => freeFor(me, parked.conversation_id),
  /** Press keys towards whoever outside hears this agent: the customer, or the number that is asked in private. */
  sendDigits: (handling: Handling): Verdict => {
    const consult = handling.consult;
    if (consult?.state === 'private' && consult.with == null) return 'yes';
    if (consult != null && consult.state !== 'joined') return 'in_consult';
    return handling.state === 'held' ? 'on_hold' : inTalk(handling);
  },
  /** Bring all three together. */
  join: ({ consult }: Handling): Verdict =>
    consult?.asked === true && consult.state === 'private' ? 'yes' : 'already',
  /** Leave the customer with whoever was asked. */
  complete: ({ consult, parties }: Handling): Verdict => {
    if (consult?.state !== 'joined' && (parties?.length ?? 0) > 1) return 'in_conference';
    return consult?.asked === true && consult.state !== 'ringing' ? 'yes' : 'ringing_now';
  },
  dial: (me: MeState | null): Verdict => freeFor(me, null),
  /** Take a customer who waits, out of turn. */
  take: (me: MeState | null): Verdict => freeFor(me, null),
  /** Give an agent a customer who waits, out of turn; ready or not. */
  give: (agent: AgentRow): Verdict => {
    if (agent.state === 'signed_out') return 'not_signed_in';
    if (agent.state === 'wrap_up') return 'wrapping_up';
    return inWork(agent) ?? (agent.phone ? 'yes' : 'no_phone');
  },
  /** Decide about another agent's presence. What is decided in a talk counts from its end. */
  force: (agent: AgentRow, wanted: ForcedPresence) => {
    if (agent.state === 'signed_out') return 'not_signed_in';
    if (wanted === 'signed_out') return inWork(agent) ?? 'yes';
    if (wanted === agent.state && agent.reason_id == null) return 'already';
    return wanted === 'ready' && !agent.phone ? 'no_phone' : 'yes';
  },
  /** Hear somebody's talk; who hears one already may choose another way, or another talk once done with it. */
  supervise: (me: MeState | null, agent: AgentRow): Verdict => {
    if (agent.state !== 'talking' && agent.state !== 'held') return 'not_in_talk';
    const isSignedIn = me !== null && me.agent.presence !== 'signed_out';
    return isSignedIn && me.supervision?.of.id === agent.id ? 'yes' : freeFor(me, null);
  },
  mute: (handling: Handling): Verdict =>
    handling.state === 'talking' || (handling.consult != null && handling.consult.state !== 'ringing')
      ? 'yes'
      : 'not_in_talk',
  hangUp: (handling: Handling): Verdict => (handling.state === 'wrap_up' ? 'not_in_talk' : 'yes'),
  finishWrapUp: (handling: Handling): Verdict => (handling.state === 'wrap_up' ? 'yes' : 'talk_going_on'),
} as const;

/** Somebody is being called and has not answered. */
export const isDialling = (handling: Handling): boolean => {
  const { outbound } = handling.conversation;
  return handling.state !== 'wrap_up' && outbound != null && outbound.result == null;
};

/** What a supervisor made of the agent, as long as it is so. */
export function forcedOf({ agent }: MeState): 'not_ready' | 'signed_out' | null {
  return agent.cause !== 'supervisor' || agent.presence === 'ready' ? null : agent.presence;
}

/** What the microphone has to do for the work in hand. */
export function voiceFor(me: MeState | null): 'idle' | 'open' | 'muted' {
  if (me === null) return 'idle';
  const talk = me.handlings.find((handling) => handling.state !== 'wrap_up');
  if (talk !== undefined) return talk.muted ? 'muted' : 'open';
  if (me.supervision != null) return me.supervision.mode === 'listen' ? 'muted' : 'open';
  return me.offers.length > 0 ? 'open' : 'idle';
}

/** The work that has the agent's attention: a talk before an offer before wrap-up. */
export type Focus =
  | { readonly kind: 'handling'; readonly handling: Handling }
  | { readonly kind: 'offer'; readonly offer: Offer }
  | { readonly kind: 'none' };

export function focusOf(me: MeState | null): Focus {
  const talk = me?.handlings.find((handling) => handling.state !== 'wrap_up');
  if (talk !== undefined) return { kind: 'handling', handling: talk };
  const offer = me?.offers[0];
  if (offer !== undefined) return { kind: 'offer', offer };
  const wrapUp = me?.handlings[0];
  return wrapUp === undefined ? { kind: 'none' } : { kind: 'handling', handling: wrapUp };
}

/** States by how much a supervisor should look at them: trouble and work first. */
export const ATTENTION: readonly AgentState[] = [
  'ringing',
  'held',
  'talking',
  'wrap_up',
  'supervising',
  'not_ready',
  'ready',
  'signed_out',
];
