import type { RecordingPolicy, RetentionPolicy } from '@/api/recording-policy';
import type { ListedRecording } from '@/api/recordings';
import type { SupervisionPolicy } from '@/api/supervision';
import type { ConversationDetail, Recording, Waveform } from '@/api/types';
import { id } from './data';

const DAY_US = 86_400_000_000;
const nowUs = (): number => Date.now() * 1000;
const SUN = { id: id('usr', 8), name: '孙丽' };

let policy: RecordingPolicy = {
  version: 2,
  before_queue: true,
  outbound: { mode: 'share', share_percent: 30 },
  pause_max_s: 300,
  consent_required: true,
};

let supervision: SupervisionPolicy = { version: 1, visible: { listen: false, whisper: true, barge: true } };

let retention: RetentionPolicy = { version: 5, recordings_days: 365, messages_days: null };

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers for what is recorded and how long it is kept. A pause of 77 s finds somebody else faster, once. */
export function policyRoute(method: string, path: string, body: Record<string, unknown>): Answer {
  if (path === '/recording-policy') {
    const wanted = body as unknown as RecordingPolicy;
    if (method === 'PUT' && wanted.version !== policy.version) return { status: 409, body: { code: 'conflict' } };
    if (method === 'PUT' && wanted.pause_max_s === 77) {
      policy = { ...policy, version: policy.version + 1 };
      return { status: 409, body: { code: 'conflict' } };
    }
    if (method === 'PUT') policy = { ...wanted, version: policy.version + 1 };
    return { status: 200, body: policy };
  }
  if (path === '/supervision-policy') {
    if (method === 'PUT') supervision = { ...(body as unknown as SupervisionPolicy), version: supervision.version + 1 };
    return { status: 200, body: supervision };
  }
  if (method === 'PUT') retention = { ...(body as unknown as RetentionPolicy), version: retention.version + 1 };
  return { status: 200, body: retention };
}

/** What is held for it is held with the whole conversation. */
const CASE = '投诉仲裁案 2026-118，仲裁结束前保留';

const changed = new Map<string, Partial<Recording>>();

/** The recording of a past conversation: now and then one is held, was erased, or went wrong. */
function recordingOf(conversation: ConversationDetail, n: number): Recording {
  const plain: Recording = {
    id: id('rec', 100 + n),
    conversation_id: conversation.id,
    state: 'sealed',
    tracks: 'heard',
    started_at_us: conversation.started_at_us + 9_000_000,
    duration_ms: 222_000,
    bytes: 3_552_000,
    gaps: 1,
    gap_ms: 12_000,
    recovered: false,
    may_play: true,
    may_download: true,
    may_hold: true,
    may_erase: true,
    expires_at_us: conversation.started_at_us + 365 * DAY_US,
  };
  const at_us = nowUs() - 3 * DAY_US;
  const kinds: Partial<Recording>[] = [
    {},
    { hold: { at_us, by: SUN, reason: CASE }, expires_at_us: null },
    {
      state: 'erased',
      erased: { at_us, cause: 'request', by: SUN, reason: '客户书面要求删除其个人信息' },
      may_hold: false,
      may_erase: false,
    },
    { state: 'failed', fault: 'disk_failed', may_play: false, may_download: false, may_hold: false, may_erase: false },
    { state: 'erased', erased: { at_us, cause: 'retention' }, may_hold: false, may_erase: false },
    { bytes: 0 },
  ];
  return { ...plain, ...kinds[n % kinds.length], ...changed.get(plain.id) };
}

export function recordingsOf(past: readonly ConversationDetail[], conversationId: string): Recording[] {
  const n = past.findIndex(({ id: one }) => one === conversationId);
  const conversation = past[n];
  return conversation === undefined || conversation.agent == null ? [] : [recordingOf(conversation, n)];
}

/** Lifts the hold of a conversation. */
export function liftConversation(past: readonly ConversationDetail[], conversationId: string): Answer {
  for (const one of recordingsOf(past, conversationId))
    changed.set(one.id, { hold: null, expires_at_us: one.started_at_us + 365 * DAY_US });
  return { status: 200, body: { conversation_id: conversationId, hold: null } };
}

/** Answers for recordings by their own id, and for the list of those to look at. */
export function recordingsRoute(
  past: readonly ConversationDetail[],
  method: string,
  path: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
): Answer {
  const [, , which, verb] = path.split('/');
  const all = past.map((one, n): ListedRecording => {
    const { id: of, started_at_us, queue, agent } = one;
    return { ...recordingOf(one, n), conversation: { id: of, started_at_us, queue, agent } };
  });
  if (which === undefined) {
    const [state, from, to] = ['state', 'from_us', 'to_us'].map((name) => query.get(name));
    const items = all.filter(
      (one) =>
        (state === 'held' ? one.hold != null : state === 'missing' ? one.bytes === 0 : one.state === state) &&
        one.conversation.started_at_us >= Number(from ?? 0) &&
        one.conversation.started_at_us < Number(to ?? Infinity),
    );
    return { status: 200, body: { items, next_cursor: null } };
  }
  const one = all.find(({ id: of }) => of === which);
  if (one === undefined) return { status: 404, body: { code: 'not_found' } };
  if (verb === 'peaks') return { status: 200, body: wave(one.duration_ms ?? 0) };
  const reason = String(body.reason);
  if (verb === 'hold' && method === 'DELETE' && one.hold?.reason === CASE)
    return { status: 409, body: { code: 'on_hold' } };
  if (verb === 'hold')
    changed.set(
      which,
      method === 'PUT'
        ? { hold: { at_us: nowUs(), by: SUN, reason }, expires_at_us: null }
        : { hold: null, expires_at_us: one.started_at_us + 365 * DAY_US },
    );
  if (verb === 'erase') {
    if (one.hold != null) return { status: 409, body: { code: 'on_hold' } };
    changed.set(which, { state: 'erased', erased: { at_us: nowUs(), cause: 'request', by: SUN, reason } });
  }
  return { status: 204, body: null };
}

/** Two people who take turns, and a stretch in which nothing was kept. */
function wave(duration_ms: number): Waveform {
  const parts = 800;
  const side = (turn: number): number[] =>
    Array.from({ length: parts }, (_, n) => {
      const gap = n > 500 && n < 545;
      const speaks = Math.floor(n / 45) % 2 === turn;
      return gap ? 0 : Math.round(speaks ? 60 + 90 * Math.abs(Math.sin(n * 0.7) * Math.sin(n * 0.13)) : 3);
    });
  return {
    live: false,
    duration_ms,
    left: side(0),
    right: side(1),
    gaps: [{ from_ms: Math.round((duration_ms * 500) / parts), length_ms: 12_000, role: 'customer', cause: null }],
  };
}
