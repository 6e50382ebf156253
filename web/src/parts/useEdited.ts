import { useState } from 'react';
import { isSame, rebase } from '@/lib/rebase';

interface Versioned {
  readonly version: number;
}

/** What is typed in a form over what is kept. */
export interface Edited<K, D> {
  readonly draft: D;
  /** What it was made from, to be handed back with the change; 0 for something new. */
  readonly version: number;
  readonly dirty: boolean;
  /** Somebody else saved something since, and nobody has said yet whose is to stay. */
  readonly beaten: boolean;
  set(change: Partial<D>): void;
  /** What was saved is what is worked at from then on. */
  settle(after: K): void;
  takeTheirs(): void;
  /** Mine where I changed something, theirs everywhere else. */
  keepMine(): void;
}

/** What is newer is shown by itself while nothing was typed; otherwise whoever types is asked, and loses nothing. */
export function useEdited<K extends Versioned, D extends object>(
  kept: K | null,
  draftOf: (kept: K | null) => D,
): Edited<K, D> {
  const [base, setBase] = useState(kept);
  const [draft, setDraft] = useState(() => draftOf(kept));
  const was = draftOf(base);
  const dirty = !isSame(draft, was);
  const isNewer = (kept?.version ?? 0) > (base?.version ?? 0);
  const stand = (on: D, from = kept): void => {
    setBase(from);
    setDraft(on);
  };
  // What somebody saved themselves comes back as it was typed.
  if (isNewer && (!dirty || isSame(draft, draftOf(kept)))) stand(draftOf(kept));
  return {
    draft,
    version: base?.version ?? 0,
    dirty,
    beaten: isNewer && dirty,
    set: (change) => setDraft((now) => ({ ...now, ...change })),
    settle: (after) => stand(draftOf(after), after),
    takeTheirs: () => stand(draftOf(kept)),
    keepMine: () => stand(rebase(draft, was, draftOf(kept))),
  };
}
