import type { Codec } from '@/api/types';

/** What calls of SIP phones may be coded with. */
export const CODECS: readonly Codec[] = ['pcma', 'pcmu', 'g722', 'opus'];

/** The names engineers know them by; the same in every language. */
const NAMES: Readonly<Record<Codec, string>> = {
  pcma: 'G.711 A-law',
  pcmu: 'G.711 µ-law',
  g722: 'G.722',
  opus: 'Opus',
};

export const codecName = (codec: Codec): string => NAMES[codec];

/** Those that are used in their order, then those that are not. */
export const withUnused = (codecs: readonly Codec[]): readonly Codec[] => [
  ...codecs,
  ...CODECS.filter((one) => !codecs.includes(one)),
];

/** The order with one of them a place further up. */
export function raised<T>(codecs: readonly T[], codec: T): T[] {
  const at = codecs.indexOf(codec);
  if (at < 1) return [...codecs];
  return codecs.map((one, n) => (n === at - 1 ? codec : n === at ? (codecs[at - 1] ?? codec) : one));
}
