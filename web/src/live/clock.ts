/** The server's clock as seen from here. Durations on the screen are always `now() - since`, never counted ticks. */
export interface ServerClock {
  /** Microseconds UTC on the server. */
  nowUs(): number;
  /** The server's time at a moment of the local clock. */
  atUs(localMs: number): number;
  /** Takes a time the server just sent. */
  observe(serverAtUs: number): void;
  /** Forgets what was learnt; the next observation stands by itself. */
  reset(): void;
}

export function createServerClock(localMs: () => number = Date.now): ServerClock {
  let offsetMs = 0;
  let known = false;
  return {
    atUs: (ms) => Math.round((ms + offsetMs) * 1000),
    nowUs: () => Math.round((localMs() + offsetMs) * 1000),
    observe: (serverAtUs) => {
      const offset = serverAtUs / 1000 - localMs();
      // A message can only arrive late, so the greatest offset seen is the truest one.
      if (!known || offset > offsetMs) offsetMs = offset;
      known = true;
    },
    reset: () => {
      known = false;
    },
  };
}
