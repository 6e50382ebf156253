import { useCallback, useEffect, useRef, useState } from 'react';
import { desk } from '@/api/desk';
import type { PeerCounters } from '@/live/peer';
import { voiceQuality } from '@/live/quality';
import type { Softphone } from '@/live/softphone';

/** As long as the server lets it be. */
const ECHO_MAX_MS = 30_000;

/** What a line has counted that never carried anything. */
const NOTHING: PeerCounters = { received: 0, lost: 0, jitterMs: 0, roundTripMs: 0 };

export interface EchoFigures {
  readonly roundTripMs: number;
  /** Share of packets lost on the way back, 0–1. */
  readonly loss: number;
}

export type EchoState = 'idle' | 'running' | 'over' | 'failed';

export interface EchoTest {
  readonly state: EchoState;
  /** What was measured, once it is over; `null` when nothing came back, or by a SIP phone. */
  readonly figures: EchoFigures | null;
  start(): void;
  stop(): void;
}

interface Run {
  before: PeerCounters;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Hears oneself by way of the server. `working` ends it: the server has done so already. */
export function useEchoTest(phone: Softphone, working: boolean): EchoTest {
  const [state, setState] = useState<EchoState>('idle');
  const [figures, setFigures] = useState<EchoFigures | null>(null);
  const run = useRef<Run | null>(null);

  const end = useCallback(
    (asked: boolean): void => {
      const over = run.current;
      if (over === null) return;
      run.current = null;
      clearTimeout(over.timer);
      if (asked) void desk.stopEcho().catch(() => undefined);
      void phone
        .counters()
        .catch(() => null)
        .then((after) => {
          const quality = after === null ? null : voiceQuality(over.before, after);
          setFigures(quality === null ? null : { roundTripMs: quality.roundTripMs, loss: quality.loss });
        });
      phone.tryVoice(false);
      setState('over');
    },
    [phone],
  );
  const stop = useCallback((): void => end(true), [end]);
  useEffect(() => stop, [stop]);
  useEffect(() => {
    if (working) end(false);
  }, [working, end]);

  const start = (): void => {
    if (run.current !== null) return;
    const own: Run = { before: NOTHING, timer: setTimeout(() => end(false), ECHO_MAX_MS) };
    run.current = own;
    // Whoever closes the panel meanwhile has ended it.
    const isOver = (): boolean => run.current !== own;
    void (async () => {
      setFigures(null);
      own.before = (await phone.counters().catch(() => null)) ?? NOTHING;
      if (isOver()) return;
      setState('running');
      phone.tryVoice(true);
      try {
        await desk.startEcho();
        // The stop may have come to the server before the start.
        if (isOver()) await desk.stopEcho();
      } catch {
        if (isOver()) return;
        end(false);
        setState('failed');
      }
    })();
  };
  return { state, figures, start, stop };
}
