import type { Desk } from './desk';

const WINDOW_MS = 400;

/** How much of what the test plays is the tone, in dB against the rest. */
export async function testPlays(desk: Desk, hz: number): Promise<number> {
  return desk.page.evaluate(
    async ({ wanted, windowMs }) => {
      const player = document.querySelector<HTMLAudioElement & { captureStream(): MediaStream }>(
        '[data-testid="audio-player"]',
      );
      if (player === null || player.paused) return -200;
      const played = player.captureStream();
      // It takes a moment until what is to be played is read.
      if (played.getAudioTracks().length === 0) return -200;
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 8_192;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(played).connect(analyser);
      await context.resume();
      await new Promise((done) => setTimeout(done, windowMs));
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const width = context.sampleRate / analyser.fftSize;
      await context.close();
      let [tone, rest] = [1e-20, 1e-20];
      bins.forEach((db, bin) => {
        if (Math.abs(bin * width - wanted) < 60) tone += 10 ** (db / 10);
        else rest += 10 ** (db / 10);
      });
      return 10 * Math.log10(tone / rest);
    },
    { wanted: hz, windowMs: WINDOW_MS },
  );
}
