/** Whether two values of a form would be kept as the same. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What was typed over what somebody else saved meanwhile: mine where I changed something, theirs everywhere else. */
export function rebase<D extends object>(mine: D, base: D, theirs: D): D {
  const changed = (Object.keys(mine) as (keyof D)[]).filter((name) => !isSame(mine[name], base[name]));
  return { ...theirs, ...Object.fromEntries(changed.map((name) => [name, mine[name]])) };
}
