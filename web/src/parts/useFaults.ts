import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure, type FailureCode, failureCode } from '@/api/problem';
import type { FieldFault } from '@/api/types';

export interface Faults {
  /** What is wrong with the whole request, if anything. */
  readonly code: FailureCode | null;
  /** The words for one field, when the server found fault with it. */
  field(name: string): string | undefined;
  take(error: unknown): void;
  /** The same, but when somebody else was first, what they saved is read; the form asks whose is to stay. */
  orBeaten(read: () => Promise<unknown>): (error: unknown) => void | Promise<void>;
  clear(): void;
}

/** Puts the server's answer to a form into words beside the fields it names. */
export function useFaults(): Faults {
  const { t } = useTranslation();
  const [state, setState] = useState<{ code: FailureCode; fields: readonly FieldFault[] } | null>(null);
  const take = useCallback((error: unknown) => {
    setState({ code: failureCode(error), fields: error instanceof ApiFailure ? error.fields : [] });
  }, []);
  const clear = useCallback(() => setState(null), []);
  const orBeaten = (read: () => Promise<unknown>) => (error: unknown) =>
    failureCode(error) === 'conflict' ? read().then(() => undefined, take) : take(error);
  const field = (name: string): string | undefined => {
    const fault = state?.fields.find(
      (one) => one.field === name || one.field.startsWith(`${name}[`) || one.field.startsWith(`${name}.`),
    );
    if (fault === undefined) return undefined;
    if ((fault.code === 'too_small' || fault.code === 'too_large') && fault.limit != null)
      return t(`errors.fields.${fault.code}_limit`, { limit: fault.limit });
    return t(`errors.fields.${fault.code}`);
  };
  return { code: state?.code ?? null, field, take, orBeaten, clear };
}
