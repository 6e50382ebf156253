import { useState } from 'react';
import type { Brief } from '@/api/types';
import type { Focus } from '@/live/can';

export interface Subject {
  readonly brief: Brief;
  /** Whether the agent is at it, or it is the one just finished. */
  readonly current: boolean;
}

/** The conversation the desk shows: the one in hand, else the last one until the next comes. */
export function useSubject(focus: Focus): Subject | null {
  const [last, setLast] = useState<Brief | null>(null);
  const brief =
    focus.kind === 'handling' ? focus.handling.conversation : focus.kind === 'offer' ? focus.offer.conversation : null;
  // An offer that was missed does not stay on the desk, work that was done does.
  const kept = focus.kind === 'handling' ? focus.handling.conversation : last;
  if (kept !== last) setLast(kept);
  if (brief !== null) return { brief, current: true };
  return last === null ? null : { brief: last, current: false };
}
