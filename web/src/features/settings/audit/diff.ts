export interface Difference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const said = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The fields in which two records differ, in the order they stand; of one record alone, all that say something. */
export function differences(before: unknown, after: unknown): Difference[] {
  const was = recordOf(before);
  const is = recordOf(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => ({ field, before: said(was[field]), after: said(is[field]) }))
    .filter((one) => one.before !== one.after && one.field !== 'version');
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
