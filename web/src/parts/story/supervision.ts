import type { EventKind } from '@/api/types';
import { agentOf, pick, say, type Teller, text } from './telling';

const MODES = ['listen', 'whisper', 'barge'] as const;
const ENDS = ['stopped', 'talk_over', 'took_over', 'unreachable', 'failed', 'node_restarted'] as const;

/** What is said of supervisors; the change and the end remember whose talk it is. */
export const SUPERVISION: Record<Extract<EventKind, 'supervised'>, Teller> = {
  supervised: (event, memory) => {
    const { data } = event;
    const agent = agentOf(event, memory);
    const names = { agent, to: memory.name(`supervises:${agent}`, text(data, 'of_name')) };
    switch (pick(data.what, ['began', 'changed', 'ended'] as const, 'ended')) {
      case 'began':
        return say(`supervised.began_${pick(data.mode, MODES, 'listen')}`, names);
      case 'changed':
        return say(`supervised.changed_${pick(data.mode, MODES, 'listen')}`, names);
      case 'ended':
        return say(`supervised.ended_${pick(data.end, ENDS, 'stopped')}`, names);
    }
  },
};
