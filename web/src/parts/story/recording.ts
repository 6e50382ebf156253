import type { EventKind } from '@/api/types';
import { agentOf, number, pick, say, type Teller, text } from './telling';

type RecordingKind = Extract<EventKind, `recording_${string}` | `consent_${string}`>;

const REASONS = ['card_data', 'personal_data', 'other'] as const;
const MODES = ['all', 'none', 'share', 'on_demand'] as const;
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
    if (text(event.data, 'agent_id') !== undefined) {
      return say('recording_resumed.agent', { agent: agentOf(event, memory) }, { paused });
    }
    return say(event.data.why === 'time' ? 'recording_resumed.time' : 'recording_resumed.talk_over', {}, { paused });
  },
  recording_ruled: ({ data }) => {
    const asked = data.consent_required === true;
    const percent = { percent: String(number(data, 'share_percent') ?? '') };
    switch (pick(data.mode, MODES, 'all')) {
      case 'none':
        return say('recording_ruled.none');
      case 'share':
        if (data.drawn === false) return say('recording_ruled.share_not', percent);
        return say(asked ? 'recording_ruled.share_asked' : 'recording_ruled.share', percent);
      case 'on_demand':
        return say(asked ? 'recording_ruled.on_demand_asked' : 'recording_ruled.on_demand');
      case 'all':
        return say(asked ? 'recording_ruled.all_asked' : 'recording_ruled.all');
    }
  },
  recording_switched: (event, memory) => {
    const agent = { agent: agentOf(event, memory) };
    if (event.data.on === true) return say('recording_switched.on', agent);
    return text(event.data, 'agent_id') !== undefined
      ? say('recording_switched.off', agent)
      : say('recording_switched.talk_over');
  },
  consent_given: (event, memory) =>
    event.data.how === 'spoken'
      ? say('consent_given.spoken', { agent: agentOf(event, memory) })
      : say('consent_given.key'),
  consent_refused: (event, memory) =>
    event.data.how === 'spoken'
      ? say('consent_refused.spoken', { agent: agentOf(event, memory) })
      : say('consent_refused.key'),
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
