/** Full-jitter back-off: the n-th try (from 0) waits a random part of `base × 2ⁿ`, never more than `max`, never less than a quarter of it. */
export function backoffMs(attempt: number, random: number, base = 500, max = 10_000): number {
  const ceiling = Math.min(max, base * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling * (0.25 + 0.75 * random));
}
