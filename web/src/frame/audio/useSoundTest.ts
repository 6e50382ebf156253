import { useCallback, useEffect, useRef, useState } from 'react';
import { followSpeaker } from '@/live/audio-devices';
import { type Clip, levelAt, playClip, recordClip, toneClip, watchClip } from '@/live/clip';

export type TestState = 'idle' | 'recording' | 'playing' | 'playing_tone' | 'heard' | 'nothing_recorded' | 'failed';

const RECORD_MS = 3_000;
/** A whole recording quieter than this on the meter is none: −54 dB. */
const QUIET = 0.1;

export interface SoundTest {
  readonly state: TestState;
  /** How loud the test is while it plays; `null` when the microphone is to be shown. */
  readonly watch: ((onLevel: (level: number) => void) => () => void) | null;
  tryVoice(track: MediaStreamTrack): void;
  playTone(): void;
  stop(): void;
}

/** Records and plays back, or plays a tone, on the chosen speaker. One at a time, and nothing leaves the page. */
export function useSoundTest(player: HTMLAudioElement | null): SoundTest {
  const [state, setState] = useState<TestState>('idle');
  const [clip, setClip] = useState<Clip | null>(null);
  const running = useRef<AbortController | null>(null);

  const end = useCallback((): void => running.current?.abort(), []);
  useEffect(() => end, [end]);
  useEffect(() => (player === null ? undefined : followSpeaker(player)), [player]);

  const run = async (work: (stopped: AbortSignal) => Promise<TestState>): Promise<void> => {
    end();
    const mine = new AbortController();
    running.current = mine;
    const after = await work(mine.signal).catch((): TestState => 'failed');
    if (running.current !== mine) return;
    setClip(null);
    setState(mine.signal.aborted ? 'idle' : after);
  };

  const play = async (shown: 'playing' | 'playing_tone', what: Clip, stopped: AbortSignal): Promise<TestState> => {
    if (player === null) return 'failed';
    setClip(what);
    setState(shown);
    await playClip(player, what, stopped);
    return 'heard';
  };

  const watch = useCallback((onLevel: (level: number) => void) => watchClip(player, clip, onLevel), [clip, player]);

  return {
    state,
    watch: clip === null ? null : watch,
    tryVoice: (track) =>
      void run(async (stopped) => {
        setState('recording');
        const recorded = await recordClip(track, RECORD_MS, stopped);
        return isHeard(recorded) ? play('playing', recorded, stopped) : 'nothing_recorded';
      }),
    playTone: () => void run((stopped) => play('playing_tone', toneClip(), stopped)),
    stop: end,
  };
}

function isHeard(clip: Clip): boolean {
  for (let atS = 0.1; atS < clip.samples.length / clip.rateHz; atS += 0.05) if (levelAt(clip, atS) > QUIET) return true;
  return false;
}
