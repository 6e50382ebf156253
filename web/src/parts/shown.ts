/** What can be seen of something that opens: nothing, that it is on its way, or itself. */
export type Shown = 'closed' | 'coming' | 'open';

/** Whoever asked for it too early is not asked to do it again. */
export function shownOf(wanted: boolean, may: boolean, loaded: boolean): Shown {
  if (!wanted || !may) return 'closed';
  return loaded ? 'open' : 'coming';
}
