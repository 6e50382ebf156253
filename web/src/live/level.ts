/** Quieter than this is nothing on the meter, in dB below full scale. */
const FLOOR_DB = -60;

/** How loud samples are on a meter: 0 for −60 dB or less, 1 for full scale. */
export function loudness(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let power = 0;
  for (const sample of samples) power += sample * sample;
  const db = 10 * Math.log10(power / samples.length + 1e-12);
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}

/** Tells how loud a track is with every frame that is drawn; a page nobody sees draws none. */
export function watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  void context.resume().catch(() => undefined);
  const samples = new Float32Array(analyser.fftSize);
  const stop = eachFrame(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(loudness(samples));
  });
  return () => {
    stop();
    void context.close();
  };
}

export function eachFrame(draw: () => void): () => void {
  const again = (): void => {
    draw();
    frame = requestAnimationFrame(again);
  };
  let frame = requestAnimationFrame(again);
  return () => cancelAnimationFrame(frame);
}
