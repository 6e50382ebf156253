/** Tones in files, and in what was heard: mono, 16 bits. */

const HEADER_BYTES = 44;

/** A WAV of one tone. */
export function toneWav(hz: number, rateHz: number, seconds: number): Buffer {
  const samples = rateHz * seconds;
  const wav = Buffer.alloc(HEADER_BYTES + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rateHz, 24);
  wav.writeUInt32LE(rateHz * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let n = 0; n < samples; n++) {
    wav.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * hz * n) / rateHz)), HEADER_BYTES + n * 2);
  }
  return wav;
}

/** The last `windowMs` of a WAV that may still grow. */
export function wavTail(bytes: Buffer, rateHz: number, windowMs: number): Int16Array {
  const wanted = (rateHz * windowMs) / 1_000;
  const count = Math.max(0, Math.min(wanted, Math.floor((bytes.length - HEADER_BYTES) / 2)));
  const samples = new Int16Array(count);
  for (let n = 0; n < count; n++) samples[n] = bytes.readInt16LE(bytes.length - 2 * (count - n));
  return samples;
}

/** Power of a tone against the rest, dB. */
export function snr(samples: Int16Array, hz: number, rateHz: number): number {
  if (samples.length === 0) return -200;
  let [real, imaginary, total] = [0, 0, 0];
  samples.forEach((sample, n) => {
    const angle = (2 * Math.PI * hz * n) / rateHz;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
    total += sample * sample;
  });
  const tone = (2 * (real * real + imaginary * imaginary)) / samples.length;
  return 10 * Math.log10((tone + 1e-9) / (Math.max(0, total - tone) + 1e-9));
}
