/** Rings with two soft tones made on the spot; there is no sound file. */
export interface Ringer {
  start(): void;
  stop(): void;
}

const EVERY_MS = 3_000;
const NOTES = [
  { hz: 659.25, atS: 0, forS: 0.34 },
  { hz: 523.25, atS: 0.3, forS: 0.5 },
] as const;

export function createRinger(): Ringer {
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;

  const strike = (): void => {
    if (context === null) return;
    for (const note of NOTES) {
      const from = context.currentTime + note.atS;
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      oscillator.type = 'sine';
      oscillator.frequency.value = note.hz;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(0.16, from + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, from + note.forS);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(from);
      oscillator.stop(from + note.forS + 0.05);
    }
  };

  return {
    start: () => {
      if (timer !== undefined || typeof AudioContext === 'undefined') return;
      context ??= new AudioContext();
      // Without a gesture since the page was loaded the browser keeps us silent; the offer card still shows.
      void context.resume().catch(() => undefined);
      strike();
      timer = setInterval(strike, EVERY_MS);
    },
    stop: () => {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
