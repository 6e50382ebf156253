import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { followSpeaker } from '@/live/audio-devices';
import { type Clip, levelAt, recordClip, toneClip, wavOf } from '@/live/clip';
import { eachFrame } from '@/live/level';

export type TestState = 'idle' | 'recording' | 'playing' | 'playing_tone' | 'heard' | 'nothing_recorded' | 'failed';

const RECORD_MS = 3_000;
/** A whole recording quieter than this on the meter is none: −54 dB. */
const QUIET = 0.1;

export interface SoundTest {
  readonly state: TestState;
  readonly player: RefObject<HTMLAudioElement | null>;
  /** How loud the test is while it plays; `null` when the microphone is to be shown. */
  readonly watch: ((onLevel: (level: number) => void) => () => void) | null;
  tryVoice(track: MediaStreamTrack): void;
  playTone(): void;
  stop(): void;
}

/** Records and plays back, or plays a tone, on the chosen speaker. One at a time, and nothing leaves the page. */
export function useSoundTest(): SoundTest {
  const [state, setState] = useState<TestState>('idle');
  const [clip, setClip] = useState<Clip | null>(null);
  const player = useRef<HTMLAudioElement>(null);
  const running = useRef<AbortController | null>(null);

  const end = useCallback((): void => running.current?.abort(), []);
  useEffect(() => end, [end]);
  useEffect(() => (player.current === null ? undefined : followSpeaker(player.current)), []);

  const run = async (work: (stopped: AbortSignal) => Promise<TestState>): Promise<void> => {
    end();
    const mine = new AbortController();
    running.current = mine;
    const after = await work(mine.signal).catch((): TestState => 'failed');
    if (running.current !== mine) return;
    setClip(null);
    setState(mine.signal.aborted ? 'idle' : after);
  };

  const play = async (shown: 'playing' | 'playing_tone', what: Clip, stopped: AbortSignal): Promise<void> => {
    const element = player.current;
    if (element === null) return;
    const url = URL.createObjectURL(new Blob([wavOf(what)], { type: 'audio/wav' }));
    element.src = url;
    setClip(what);
    setState(shown);
    try {
      await element.play();
      await new Promise<void>((resolve) => {
        element.onended = () => resolve();
        stopped.addEventListener('abort', () => resolve(), { once: true });
      });
    } finally {
      element.pause();
      URL.revokeObjectURL(url);
    }
  };

  const watch = useCallback(
    (onLevel: (level: number) => void) =>
      eachFrame(() => onLevel(clip === null ? 0 : levelAt(clip, player.current?.currentTime ?? 0))),
    [clip],
  );

  return {
    state,
    player,
    watch: clip === null ? null : watch,
    tryVoice: (track) =>
      void run(async (stopped) => {
        setState('recording');
        const recorded = await recordClip(track, RECORD_MS, stopped);
        if (!isHeard(recorded)) return 'nothing_recorded';
        await play('playing', recorded, stopped);
        return 'heard';
      }),
    playTone: () =>
      void run(async (stopped) => {
        await play('playing_tone', toneClip(), stopped);
        return 'heard';
      }),
    stop: end,
  };
}

function isHeard(clip: Clip): boolean {
  for (let atS = 0.1; atS < clip.samples.length / clip.rateHz; atS += 0.05) if (levelAt(clip, atS) > QUIET) return true;
  return false;
}
