import { useEffect, useState } from 'react';
import { audioInstead, openChosenMicrophone } from '@/live/audio-devices';
import { MicrophoneFailure, type MicrophoneFault } from '@/live/microphone';
import { useStore } from '@/parts/live';
import { useSession } from '@/parts/session';

export interface Microphone {
  readonly track: MediaStreamTrack | null;
  readonly fault: MicrophoneFault | null;
}

const NONE: Microphone = { track: null, fault: null };

/**
 * What the chosen microphone hears, for as long as it is shown: a copy of the phone's own track where there is one,
 * because some browsers take the microphone from the call when it is opened a second time. `turn` opens it anew.
 */
export function useMicrophone(turn: number): Microphone {
  const { phone } = useSession();
  const state = useStore(phone.state);
  const instead = useStore(audioInstead).microphone?.label;
  const [microphone, setMicrophone] = useState(NONE);
  const [pulled, setPulled] = useState(0);
  useEffect(() => {
    let gone = false;
    let track = phone.listen();
    const show = (one: MediaStreamTrack): void => {
      track = one;
      if (gone) return one.stop();
      // Pulled out: look what serves in its place.
      one.onended = () => setPulled((now) => now + 1);
      setMicrophone({ track: one, fault: null });
    };
    const fail = (error: unknown): void => {
      const fault = error instanceof MicrophoneFailure ? error.fault : 'device_busy';
      if (!gone) setMicrophone({ track: null, fault });
    };
    (track === null ? openChosenMicrophone() : Promise.resolve(track)).then(show, fail);
    return () => {
      gone = true;
      if (track !== null) track.onended = null;
      track?.stop();
    };
  }, [phone, state, instead, turn, pulled]);
  return microphone;
}
