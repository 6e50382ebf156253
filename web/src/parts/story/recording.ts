import type { EventKind } from '@/api/types';
import { agentOf, number, pick, say, type Teller, text } from './telling';

type RecordingKind = Extract<EventKind, `recording_${string}`>;

const REASONS = ['card_data', 'personal_data', 'other'] as const;
const CAUSES = ['overflow', 'disk_full', 'disk_failed', 'torn_off'] as const;
const ERASURES = ['retention', 'request'] as const;
const FAULTS = ['no_key', 'lost', 'disk_failed', 'unreadable'] as const;

/** What is said of recording; a pause remembers when it began. */
export const RECORDING: Record<RecordingKind, Teller> = {
  recording_started: ({ data }) =>
    say(data.tracks === 'customer' ? 'recording_started.customer' : 'recording_started.heard'),
  recording_paused: (event, memory) => {
    memory.mark(`paused:${text(event.data, 'recording_id') ?? ''}`, event.at_us);
    const reason = pick(event.data.reason, REASONS, 'other');
    return say(`recording_paused.${reason}`, { agent: agentOf(event, memory) });
  },
  recording_resumed: (event, memory) => {
    const paused = memory.passedMs(`paused:${text(event.data, 'recording_id') ?? ''}`, event.at_us);
    const byAgent = text(event.data, 'agent_id') !== undefined;
    return byAgent
      ? say('recording_resumed.agent', { agent: agentOf(event, memory) }, { paused })
      : say('recording_resumed.talk_over', {}, { paused });
  },
  recording_gap: ({ data }) =>
    say(`recording_gap.${pick(data.cause, CAUSES, 'overflow')}`, {}, { length: number(data, 'length_ms') ?? 0 }),
  recording_sealed: ({ data }) =>
    say(
      data.recovered === true ? 'recording_sealed.recovered' : 'recording_sealed.plain',
      {},
      { length: number(data, 'duration_ms') ?? 0 },
    ),
  recording_failed: ({ data }) => say(`recording_failed.${pick(data.fault, FAULTS, 'lost')}`),
  recording_erased: ({ data }) => say(`recording_erased.${pick(data.cause, ERASURES, 'request')}`),
};
