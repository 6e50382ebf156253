import type { NumberCheck } from '@/api/lists';

/** What becomes of a call, and by what; keys below `lists.check`. */
export interface Verdict {
  readonly tone: 'in' | 'out';
  readonly outcome: NumberCheck['outcome'];
  readonly because: 'block_list' | 'anonymous' | 'nuisance' | 'allow_list' | 'nothing' | 'withheld_nothing';
  readonly vip: boolean;
}

/** Reads the answer to a check: why a call is kept out, or what lets it in. */
export function verdictOf({ normalised, outcome, reason, entry, vip }: NumberCheck): Verdict {
  const because =
    outcome !== 'accepted' && reason !== null
      ? reason
      : entry?.list === 'allow'
        ? 'allow_list'
        : normalised === ''
          ? 'withheld_nothing'
          : 'nothing';
  return { tone: outcome === 'accepted' ? 'in' : 'out', outcome, because, vip };
}
