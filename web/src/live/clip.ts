import { eachFrame, loudness } from './level';

/** A short piece of sound of this page, one channel. */
export interface Clip {
  readonly samples: Float32Array;
  readonly rateHz: number;
}

/** How much of a clip one reading of the meter looks at. */
const WINDOW_S = 0.05;
const TONE_RATE_HZ = 16_000;
const TONE_HZ = [523.25, 659.25, 783.99] as const;
const NOTE_S = 0.3;
const EDGE_S = 0.02;

/** Three notes going up, a second together, with soft edges. */
export function toneClip(): Clip {
  const length = Math.round(NOTE_S * TONE_RATE_HZ);
  const samples = new Float32Array(length * TONE_HZ.length);
  TONE_HZ.forEach((hz, note) => {
    for (let n = 0; n < length; n += 1) {
      const edge = Math.min(1, n / (EDGE_S * TONE_RATE_HZ), (length - n) / (EDGE_S * TONE_RATE_HZ));
      samples[note * length + n] = 0.3 * edge * Math.sin((2 * Math.PI * hz * n) / TONE_RATE_HZ);
    }
  });
  return { samples, rateHz: TONE_RATE_HZ };
}

/** How loud a clip is at a moment of it. */
export function levelAt({ samples, rateHz }: Clip, atS: number): number {
  const from = Math.max(0, Math.round((atS - WINDOW_S) * rateHz));
  return loudness(samples.subarray(from, Math.round(atS * rateHz)));
}

/** Records a track in this page alone; nothing is sent. Stops early when told to. */
export async function recordClip(track: MediaStreamTrack, ms: number, stopped: AbortSignal): Promise<Clip> {
  const bytes = await record(track, ms, stopped);
  stopped.throwIfAborted();
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await bytes.arrayBuffer());
    return { samples: sound.getChannelData(0), rateHz: sound.sampleRate };
  } finally {
    void context.close();
  }
}

function record(track: MediaStreamTrack, ms: number, stopped: AbortSignal): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const recorder = new MediaRecorder(new MediaStream([track]));
    const parts: Blob[] = [];
    const stop = (): void => {
      if (recorder.state !== 'inactive') recorder.stop();
    };
    const timer = setTimeout(stop, ms);
    stopped.addEventListener('abort', stop, { once: true });
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onerror = () => reject(new Error('the recorder failed'));
    recorder.onstop = () => {
      clearTimeout(timer);
      resolve(new Blob(parts, { type: recorder.mimeType }));
    };
    recorder.start();
  });
}

/** Plays a clip to its end, or until it is stopped. */
export async function playClip(element: HTMLAudioElement, clip: Clip, stopped: AbortSignal): Promise<void> {
  const url = URL.createObjectURL(new Blob([wavOf(clip)], { type: 'audio/wav' }));
  element.src = url;
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
}

/** Tells with every frame how loud the clip is where an element plays it. */
export function watchClip(
  element: HTMLAudioElement | null,
  clip: Clip | null,
  onLevel: (level: number) => void,
): () => void {
  return eachFrame(() => onLevel(element === null || clip === null ? 0 : levelAt(clip, element.currentTime)));
}

/** A WAV file of a clip: every browser plays it, and an audio element can play it on a chosen speaker. */
export function wavOf({ samples, rateHz }: Clip): ArrayBuffer {
  const bytes = new ArrayBuffer(44 + samples.length * 2);
  const view = new DataView(bytes);
  const text = (at: number, word: string): void => [...word].forEach((c, n) => view.setUint8(at + n, c.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, rateHz * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, n) =>
    view.setInt16(44 + n * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true),
  );
  return bytes;
}
