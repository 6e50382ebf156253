/** What calls of SIP phones may be coded with. */
export const CODECS = ['pcma', 'pcmu'] as const;

/** The names engineers know them by; the same in every language. */
const NAMES: Readonly<Record<string, string>> = {
  pcma: 'G.711 A-law',
  pcmu: 'G.711 µ-law',
  g722: 'G.722',
  opus: 'Opus',
};

export const codecName = (codec: string): string => NAMES[codec] ?? codec;

/** Those that are used in their order, then those that are not. */
export const withUnused = (codecs: readonly string[]): readonly string[] => [
  ...codecs,
  ...CODECS.filter((one) => !codecs.includes(one)),
];

/** The order with one of them a place further up. */
export function raised(codecs: readonly string[], codec: string): string[] {
  const at = codecs.indexOf(codec);
  if (at < 1) return [...codecs];
  return codecs.map((one, n) => (n === at - 1 ? codec : n === at ? (codecs[at - 1] ?? codec) : one));
}
