import type { LiveEvent } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { text } from '@/parts/story/telling';

export type SpanKind = 'flow' | 'waiting' | 'ringing' | 'talking' | 'held' | 'wrap_up' | 'gap' | 'parked';

export interface Span {
  readonly kind: SpanKind;
  /** A name of the business (a node, a queue), when it says more than the kind. */
  readonly label: string | null;
  readonly fromUs: number;
  toUs: number;
}

export interface Mark {
  readonly kind: 'key' | 'mute' | 'transfer' | 'consult' | 'join' | 'park';
  readonly label: string;
  readonly atUs: number;
}

export interface Lane {
  readonly id: string;
  readonly kind: 'caller' | 'flow' | 'queue' | 'agent' | 'outside';
  /** The agent's name, or the number outside. */
  readonly name: string;
  readonly spans: Span[];
  readonly marks: Mark[];
}

export interface Lanes {
  readonly startUs: number;
  readonly endUs: number;
  readonly lanes: readonly Lane[];
}

/** Lays a conversation out in lanes over one axis. What is still open ends at `nowUs`. */
export function layLanes(events: readonly LiveEvent[], nowUs: number): Lanes {
  const startUs = events[0]?.at_us ?? nowUs;
  // What is told after the end, of recordings, is not part of the conversation's time.
  const over = events.find((event) => event.kind === 'conversation_ended');
  const endUs = Math.max(startUs + 1_000_000, over?.at_us ?? nowUs);
  const caller = lane('caller', 'caller', '');
  const flow = lane('flow', 'flow', '');
  const queue = lane('queue', 'queue', '');
  const agents = new Map<string, Lane>();
  const roles = new Map<string, string>();
  /** The colleague who is asked; the customer's lane is that of the agent who asks. */
  let asked: string | null = null;
  let asker: Lane | null = null;
  const outside = new Map<string, Lane>();
  /** The number outside that is called, or was reached. */
  let far: Lane | null = null;
  const every = (): Lane[] => [caller, flow, queue, ...agents.values(), ...outside.values()];

  const agentLane = (event: LiveEvent): Lane => {
    const id = text(event.data, 'agent_id', 'agent') ?? '';
    const known = agents.get(id) ?? lane(id, 'agent', text(event.data, 'agent_name') ?? '');
    agents.set(id, known);
    return known;
  };

  const outsideLane = (number: string): Lane => {
    const known = outside.get(number) ?? lane(`outside:${number}`, 'outside', number);
    outside.set(number, known);
    return known;
  };
  const reached = (at: number): void => {
    if (far === null) return;
    if (open(far)?.kind === 'ringing') begin(far, 'talking', at, endUs);
    if (open(caller)?.kind === 'waiting') begin(caller, 'talking', at, endUs);
  };

  for (const event of events) {
    const { at_us: at, data } = event;
    switch (event.kind) {
      case 'leg_joined':
        roles.set(text(data, 'leg_id', 'leg') ?? '', text(data, 'role') ?? '');
        if (data.role === 'outside') reached(at);
        break;
      case 'flow_node_entered':
        if (open(caller)?.kind !== 'flow') begin(caller, 'flow', at, endUs);
        begin(flow, 'flow', at, endUs, text(data, 'node_label'));
        break;
      case 'flow_node_left':
        if (data.exit === 'choice')
          caller.marks.push({ kind: 'key', label: text(data, 'choice_label') ?? '', atUs: at });
        close(flow, at);
        break;
      case 'queued':
        if (open(caller)?.kind !== 'waiting') begin(caller, 'waiting', at, endUs);
        if (open(queue) === undefined) begin(queue, 'waiting', at, endUs, text(data, 'queue_name'));
        break;
      case 'left_queue':
        close(queue, at);
        break;
      case 'agent_offered':
        begin(agentLane(event), 'ringing', at, endUs);
        break;
      case 'offer_ended':
        close(agentLane(event), at);
        break;
      case 'handling_started':
      case 'handling_resumed':
        begin(agentLane(event), 'talking', at, endUs);
        if (agentLane(event).id !== asked) begin(caller, 'talking', at, endUs);
        break;
      case 'handling_held':
        begin(agentLane(event), data.device_lost === true ? 'gap' : 'held', at, endUs);
        begin(caller, 'held', at, endUs);
        break;
      case 'handling_muted':
        if (data.on === true) agentLane(event).marks.push({ kind: 'mute', label: '', atUs: at });
        break;
      case 'handling_ended':
        close(agentLane(event), at);
        break;
      case 'transfer_started': {
        const label = readableNumber(text(data, 'to_name') ?? '');
        if (data.target === 'outside') {
          far = outsideLane(label);
          begin(far, 'ringing', at, endUs);
        } else far = null;
        if (data.kind === 'consult') {
          asked = text(data, 'to_id') ?? null;
          asker = agentLane(event);
          asker.marks.push({ kind: 'consult', label, atUs: at });
          break;
        }
        if (data.kind === 'conference') {
          asked = text(data, 'to_id') ?? null;
          agentLane(event).marks.push({ kind: 'join', label, atUs: at });
          break;
        }
        if (data.kind === 'park') {
          agentLane(event).marks.push({ kind: 'park', label: '', atUs: at });
          begin(caller, 'parked', at, endUs);
          break;
        }
        agentLane(event).marks.push({ kind: 'transfer', label, atUs: at });
        begin(caller, 'waiting', at, endUs);
        break;
      }
      case 'transfer_joined':
        asker?.marks.push({ kind: 'join', label: '', atUs: at });
        break;
      case 'transfer_ended': {
        const isHandedOver = data.end === 'completed' || data.end === 'agent_lost';
        if (asker !== null && isHandedOver && open(caller)?.kind === 'held') begin(caller, 'talking', at, endUs);
        if (isHandedOver) reached(at);
        else if (far !== null && data.end !== 'conferenced') close(far, at);
        if (open(caller)?.kind === 'parked' && data.end !== 'customer_left') begin(caller, 'waiting', at, endUs);
        asked = null;
        asker = null;
        break;
      }
      case 'wrap_up_started':
        begin(agentLane(event), 'wrap_up', at, endUs);
        break;
      case 'wrap_up_finished':
        close(agentLane(event), at);
        break;
      case 'leg_left': {
        const role = roles.get(text(data, 'leg_id', 'leg') ?? '');
        if (role === 'customer') close(caller, at);
        if (role === 'outside' && far !== null) close(far, at);
        break;
      }
      case 'conversation_ended':
        every().forEach((each) => close(each, at));
        break;
      default:
        break;
    }
  }
  // A node that took no time (opening hours) is in the story; here it would be a speck.
  for (const each of every()) {
    const shown = each.spans.filter((span) => span.toUs > span.fromUs);
    each.spans.splice(0, each.spans.length, ...shown);
  }
  const used = [flow, queue].filter((each) => each.spans.length > 0);
  return { startUs, endUs, lanes: [caller, ...used, ...agents.values(), ...outside.values()] };
}

function lane(id: string, kind: Lane['kind'], name: string): Lane {
  return { id, kind, name, spans: [], marks: [] };
}

const OPEN = new WeakSet<Span>();

function open(of: Lane): Span | undefined {
  const last = of.spans.at(-1);
  return last !== undefined && OPEN.has(last) ? last : undefined;
}

function begin(of: Lane, kind: SpanKind, atUs: number, untilUs: number, label: string | undefined = undefined): void {
  close(of, atUs);
  const span: Span = { kind, label: label ?? null, fromUs: atUs, toUs: untilUs };
  OPEN.add(span);
  of.spans.push(span);
}

function close(of: Lane, atUs: number): void {
  const span = open(of);
  if (span === undefined) return;
  span.toUs = atUs;
  OPEN.delete(span);
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const TICKS_MAX = 8;

/** Where the axis gets its marks: round steps, at most eight. */
export function ticks(lengthMs: number): readonly number[] {
  const seconds = lengthMs / 1000;
  const step = STEPS_S.find((one) => seconds / one <= TICKS_MAX) ?? Math.ceil(seconds / TICKS_MAX / 3600) * 3600;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, n) => n * step * 1000);
}
