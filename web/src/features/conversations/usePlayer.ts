import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { skipFrom, type Stretch } from './silence';

export const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

export interface Player {
  readonly playing: boolean;
  readonly failed: boolean;
  readonly atMs: number;
  readonly speed: number;
  readonly skipping: boolean;
  toggle(): void;
  seek(ms: number): void;
  setSpeed(speed: number): void;
  setSkipping(on: boolean): void;
}

/** Drives the audio element: what it plays, how fast, and past which silences. */
export function usePlayer(
  stretches: readonly Stretch[],
  onTime: (ms: number) => void,
): readonly [RefObject<HTMLAudioElement | null>, Player] {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [atMs, setAtMs] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [skipping, setSkipping] = useState(false);
  const latest = useRef({ stretches, skipping, onTime });
  useEffect(() => {
    latest.current = { stretches, skipping, onTime };
  });

  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    const told = (): void => {
      const ms = element.currentTime * 1000;
      const { stretches: silent, skipping: skip, onTime: tell } = latest.current;
      const next = skip && !element.paused ? skipFrom(silent, ms) : null;
      if (next !== null) element.currentTime = next / 1000;
      setAtMs(next ?? ms);
      tell(next ?? ms);
    };
    const state = (): void => setPlaying(!element.paused && !element.ended);
    const error = (): void => setFailed(true);
    const events: [string, () => void][] = [
      ['timeupdate', told],
      ['seeked', told],
      ['play', state],
      ['pause', state],
      ['ended', state],
      ['emptied', state],
      ['error', error],
    ];
    for (const [name, heard] of events) element.addEventListener(name, heard);
    return () => {
      for (const [name, heard] of events) element.removeEventListener(name, heard);
    };
  }, []);

  useEffect(() => {
    if (audio.current !== null) audio.current.playbackRate = speed;
  }, [speed]);

  const toggle = useCallback(() => {
    const element = audio.current;
    if (element === null) return;
    setFailed(false);
    // A play that is refused tells by the error event.
    if (element.paused) element.play().catch(() => setFailed(true));
    else element.pause();
  }, []);
  const seek = useCallback((ms: number) => {
    const element = audio.current;
    if (element !== null) element.currentTime = Math.max(0, ms / 1000);
    setAtMs(ms);
  }, []);
  return [audio, { playing, failed, atMs, speed, skipping, toggle, seek, setSpeed, setSkipping }];
}
