import { useCallback, useState } from 'react';
import { watchLevel } from '@/live/level';

/** This long without a sound, and somebody should look. */
const QUIET_MS = 5_000;
/** On the meter; a room where nobody speaks is above it: −57 dB. */
const SILENCE = 0.05;

interface VoiceLevel {
  watch(onLevel: (level: number) => void): () => void;
  /** Nothing at all was heard for a while: muted at the headset, or the wrong microphone. */
  readonly quiet: boolean;
}

export function useVoiceLevel(track: MediaStreamTrack | null): VoiceLevel {
  const [silent, setSilent] = useState<MediaStreamTrack | null>(null);
  const watch = useCallback(
    (onLevel: (level: number) => void) => {
      if (track === null) return () => undefined;
      let heardAtMs = performance.now();
      return watchLevel(track, (level) => {
        const nowMs = performance.now();
        if (level > SILENCE) heardAtMs = nowMs;
        setSilent(nowMs - heardAtMs > QUIET_MS ? track : null);
        onLevel(level);
      });
    },
    [track],
  );
  return { watch, quiet: silent !== null && silent === track };
}
