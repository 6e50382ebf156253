export type MicrophoneFault = 'insecure' | 'denied' | 'no_device' | 'device_busy';

export class MicrophoneFailure extends Error {
  constructor(readonly fault: MicrophoneFault) {
    super(fault);
    this.name = 'MicrophoneFailure';
  }
}

export interface MicrophoneOptions {
  /** Echo cancellation, noise suppression and gain control of the browser. */
  readonly processing: boolean;
  /** This one and no other; without it the system's default. */
  readonly deviceId?: string;
}

/** Whether this page may ask at all: browsers hide the microphone on plain HTTP pages, localhost aside. */
export function canHaveMicrophone(): boolean {
  return (navigator.mediaDevices as MediaDevices | undefined) !== undefined;
}

/** Opens the microphone, or says in one word why it cannot. */
export async function openMicrophone({ processing, deviceId }: MicrophoneOptions): Promise<MediaStreamTrack> {
  if (!canHaveMicrophone()) throw new MicrophoneFailure('insecure');
  const audio: MediaTrackConstraints = {
    echoCancellation: processing,
    noiseSuppression: processing,
    autoGainControl: processing,
  };
  if (deviceId !== undefined) audio.deviceId = { exact: deviceId };
  try {
    const [track] = (await navigator.mediaDevices.getUserMedia({ audio })).getAudioTracks();
    if (track === undefined) throw new MicrophoneFailure('no_device');
    return track;
  } catch (error) {
    throw error instanceof MicrophoneFailure ? error : new MicrophoneFailure(faultOf(error));
  }
}

export function faultOf(error: unknown): MicrophoneFault {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no_device';
    default:
      return 'device_busy';
  }
}
