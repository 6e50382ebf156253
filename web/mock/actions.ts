import type { Handling, PauseReason } from '@/api/types';
import { id } from './data';
import { park } from './parking';
import { answered, arrival, event, handedOver, heldAndBack, hungUp, offered, wrappedUp } from './story';
import { FORBIDDEN_NUMBER, FULL_QUEUE, targetOf } from './transfers';
import { CAST, handlingOf, nowUs, offerOf, settle, type World } from './world';

const SECOND = 1_000_000;
const RING_AFTER_MS = 3_000;

const since = (): number => (nowUs() - CAST.startUs) / 1000;

/** What the server would do with a request of the desk. Returns a problem code, or nothing. */
export function act(world: World, path: string, body: Record<string, unknown>): string | undefined {
  const { state } = world;
  if (path === '/me/agent/state') return setPresence(world, String(body.state), body.reason_id);
  if (path === '/me/phone') {
    state.agent = { ...state.agent, phone: true };
    setTimeout(() => settle(world), 60);
    return undefined;
  }
  const [, kind, , verb] = path.split('/');
  if (kind === 'offers') return answer(world, verb === 'accept');
  const handling = state.handlings[0];
  if (handling === undefined) return 'handling_over';
  switch (verb) {
    case 'hold':
    case 'resume': {
      const held = verb === 'hold';
      state.handlings = [{ ...handling, state: held ? 'held' : 'talking', state_since_us: nowUs() }];
      if (!held) world.live.push(...heldAndBack(CAST, since() - 5_000, 5_000, false));
      break;
    }
    case 'mute':
    case 'unmute':
      state.handlings = [{ ...handling, muted: verb === 'mute' }];
      world.live.push(
        event(CAST.startUs, since(), 'handling_muted', { agent_name: CAST.agentName, on: verb === 'mute' }),
      );
      break;
    case 'pause-recording':
    case 'resume-recording': {
      const paused = verb === 'pause-recording';
      const recording = {
        id: id('rec', 1),
        state: paused ? ('paused' as const) : ('on' as const),
        ...(paused ? { paused: body.reason as PauseReason } : {}),
        may_start: false,
        may_stop: false,
      };
      state.handlings = [{ ...handling, recording }];
      const told = { recording_id: id('rec', 1), agent_id: id('agt', 1), agent_name: CAST.agentName };
      world.live.push(
        event(CAST.startUs, since(), paused ? 'recording_paused' : 'recording_resumed', {
          ...told,
          ...(paused ? { reason: body.reason } : {}),
        }),
      );
      break;
    }
    case 'transfer': {
      if (body.queue_id === FULL_QUEUE) return 'queue_full';
      if (body.number === FORBIDDEN_NUMBER) return 'number_not_allowed';
      const to = targetOf(world, body);
      if (to === undefined) return 'unknown_reference';
      state.handlings = [wrappingUp(handling)];
      world.live.push(...handedOver(CAST, since(), { target: to.target, to_name: to.name, reason: body.reason }));
      break;
    }
    case 'park':
      park(world, body.reason);
      state.handlings = [wrappingUp(handling)];
      break;
    case 'digits':
      break;
    case 'consult':
      if (body.number === FORBIDDEN_NUMBER) return 'number_not_allowed';
      consult(world, handling, body, path.split('/')[4]);
      break;
    case 'hang-up':
      state.handlings = [wrappingUp(handling)];
      world.live.push(...hungUp(CAST, since(), 'agent'));
      break;
    case 'disposition':
      state.handlings = [{ ...handling, disposition_id: String(body.disposition_id) }];
      break;
    case 'finish-wrap-up':
      state.handlings = [];
      world.live.push(...wrappedUp(CAST, since()));
      ringLater(world);
      break;
    default:
      return 'not_found';
  }
  settle(world);
  return undefined;
}

/** Whoever is asked answers at once. */
function consult(world: World, handling: Handling, body: Record<string, unknown>, step: string | undefined): void {
  const { state } = world;
  const before = handling.consult;
  if (step === 'complete') state.handlings = [wrappingUp(handling)];
  else if (step === 'drop') state.handlings = [{ ...handling, state: 'talking', consult: null }];
  else if (step === 'join' && before != null)
    state.handlings = [{ ...handling, state: 'talking', consult: { ...before, state: 'joined' } }];
  else {
    const to = targetOf(world, body);
    if (to === undefined) return;
    const whom = to.id === null ? { number: to.name } : { with: { id: to.id, name: to.name } };
    const asked = { ...whom, asked: true, state: 'private' as const };
    state.handlings = [{ ...handling, state: 'held', state_since_us: nowUs(), consult: asked }];
  }
}

const wrappingUp = (handling: Handling): Handling => ({
  ...handling,
  state: 'wrap_up',
  consult: null,
  muted: false,
  recording: null,
  state_since_us: nowUs(),
  wrap_up_until_us: nowUs() + 60 * SECOND,
});

function setPresence(world: World, wanted: string, reason: unknown): string | undefined {
  const { agent } = world.state;
  if (wanted === 'ready' && !agent.phone) return 'no_device';
  const presence = wanted === 'signed_in' ? 'not_ready' : wanted;
  if (presence !== 'ready' && presence !== 'not_ready' && presence !== 'signed_out') return 'validation';
  world.state.agent = {
    ...agent,
    presence,
    since_at_us: nowUs(),
    cause: 'asked',
    reason_id: typeof reason === 'string' ? reason : null,
    phone: presence === 'signed_out' ? false : agent.phone,
  };
  settle(world);
  ringLater(world);
  return undefined;
}

function answer(world: World, yes: boolean): string | undefined {
  if (world.state.offers.length === 0) return 'offer_over';
  const offer = world.state.offers[0];
  world.state.offers = [];
  if (yes && offer !== undefined) {
    world.state.handlings = [
      handlingOf('talking', {
        started_at_us: nowUs(),
        state_since_us: nowUs(),
        conversation: { ...offer.conversation, queued_at_us: null, waited_ms: 32_000 },
      }),
    ];
    world.live.push(...answered(CAST, since()));
  } else {
    world.state.agent = { ...world.state.agent, presence: 'not_ready', cause: 'offer_declined' };
  }
  settle(world);
  return undefined;
}

/** In the scenario with calls, a ready agent is rung after three seconds. */
function ringLater(world: World): void {
  if (world.scenario !== 'calls') return;
  setTimeout(() => {
    const { agent, offers, handlings } = world.state;
    if (agent.presence !== 'ready' || offers.length + handlings.length > 0) return;
    world.live = [...arrival(CAST), offered(CAST, since())];
    world.state.offers = [
      { ...offerOf(true), id: id('off', 1), offered_at_us: nowUs(), ring_until_us: nowUs() + 20 * SECOND },
    ];
    settle(world);
  }, RING_AFTER_MS);
}
