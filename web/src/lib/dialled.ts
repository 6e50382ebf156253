import { createStore } from './store';

/** As many as lie under the field of the dial pad without a look for one of them. */
const KEPT_MAX = 5;

const plain = (number: string): string => number.replace(/[\s-]/g, '');

/** One more number before the others; one that is among them already, however it is spaced, moves to the front. */
export function withDialled(list: readonly string[], number: string): readonly string[] {
  const typed = number.trim();
  if (plain(typed) === '') return list;
  return [typed, ...list.filter((one) => plain(one) !== plain(typed))].slice(0, KEPT_MAX);
}

/** What was dialled in this tab, reached or not, newest first. In memory only, until the sign-out: computers are shared. */
export const dialled = createStore<readonly string[]>([]);
