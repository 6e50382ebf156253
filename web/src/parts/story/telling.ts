import type { EventKind, LiveEvent } from '@/api/types';
import type { story } from '@/i18n/zh/story';

type Words = typeof story;
type Told = { [K in EventKind]: `${K}.${Extract<keyof Words[K], string>}` };
export type SentenceKey = Told[EventKind];

/** What a sentence needs; durations in milliseconds, codes still as codes. */
export interface Sentence {
  readonly key: SentenceKey;
  readonly names: Readonly<Record<string, string>>;
  readonly durations: Readonly<Record<string, number>>;
  readonly codes: {
    readonly by?: string;
    readonly reason?: string;
    readonly wait?: string;
    readonly why?: string;
    readonly block?: string;
  };
  readonly quality?: { readonly lost: number; readonly jitterMs: number };
  readonly route?: Route;
  readonly known?: Known;
}

/** By what the result of a call is known: a code of the network, a tone, or silence. */
export interface Known {
  readonly kind: 'cause' | 'tone' | 'silence';
  readonly code: string;
}

/** By which rule and trunk a call goes outside, and the better trunks that could not be taken. */
export interface Route {
  readonly trunk: string;
  readonly rule?: string | undefined;
  readonly passed: readonly { readonly trunk: string; readonly block: string }[];
}

export const text = (data: Record<string, unknown>, ...names: string[]): string | undefined => {
  for (const name of names) {
    const value = data[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
};

export const number = (data: Record<string, unknown>, name: string): number | undefined => {
  const value = data[name];
  return typeof value === 'number' ? value : undefined;
};

/** Remembers what later events refer back to. */
export class Memory {
  private readonly since = new Map<string, number>();
  private readonly labels = new Map<string, string>();
  mark(what: string, atUs: number): void {
    this.since.set(what, atUs);
  }
  passedMs(what: string, atUs: number): number {
    const from = this.since.get(what);
    return from === undefined ? 0 : Math.max(0, (atUs - from) / 1000);
  }
  has(what: string): boolean {
    return this.since.has(what);
  }
  forget(what: string): void {
    this.since.delete(what);
  }
  name(what: string, label: string | undefined): string {
    if (label !== undefined) this.labels.set(what, label);
    return this.labels.get(what) ?? '';
  }
}

export type Teller = (event: LiveEvent, memory: Memory, language: 'zh' | 'en') => Sentence;

export const say = (
  key: SentenceKey,
  names: Record<string, string> = {},
  durations: Record<string, number> = {},
  codes: Sentence['codes'] = {},
): Sentence => ({ key, names, durations, codes });

export const agentOf = (event: LiveEvent, memory: Memory): string =>
  memory.name(`agent:${text(event.data, 'agent_id', 'agent') ?? ''}`, text(event.data, 'agent_name'));

export const codesOf = (event: LiveEvent): { by: string; reason: string } => ({
  by: text(event.data, 'by') ?? 'system',
  reason: text(event.data, 'reason') ?? 'hung_up',
});

/** A code as part of a key; a code this client does not know falls back. */
export const pick = <T extends string>(value: unknown, known: readonly T[], fallback: T): T =>
  known.find((one) => one === value) ?? fallback;
