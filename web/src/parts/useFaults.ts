import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure, type FailureCode, failureCode } from '@/api/problem';
import type { FieldFault } from '@/api/types';
import type { Edited } from './useEdited';

export interface Faults {
  /** What is wrong with the whole request, if anything. */
  readonly code: FailureCode | null;
  /** The words for one field, when the server found fault with it. */
  field(name: string): string | undefined;
  take(error: unknown): void;
  /**
   * The same, but when somebody else was first, what they saved is read; the form asks whose is to stay. When nothing
   * newer came, the refusal itself is shown.
   */
  orBeaten(read: () => Promise<unknown>): (error: unknown) => void | Promise<void>;
  clear(): void;
}

interface State {
  readonly code: FailureCode;
  readonly fields: readonly FieldFault[];
  /** What a refused change was made from. */
  readonly version?: number | undefined;
}

/** What renders by itself after a reading has been rendered when this is done. */
const shown = (): Promise<void> => new Promise((done) => void setTimeout(done));

/** Puts the server's answer to a form into words beside the fields it names; `edited` is what is typed over what is kept. */
export function useFaults(edited?: Pick<Edited<never, never>, 'version' | 'beaten'>): Faults {
  const { t } = useTranslation();
  const [state, setState] = useState<State | null>(null);
  const take = useCallback((error: unknown, version?: number) => {
    setState({ code: failureCode(error), fields: error instanceof ApiFailure ? error.fields : [], version });
  }, []);
  const clear = useCallback(() => setState(null), []);
  const orBeaten = (read: () => Promise<unknown>) => (error: unknown) =>
    failureCode(error) === 'conflict'
      ? read()
          .catch(() => undefined)
          .then(shown)
          .then(() => take(error, edited?.version))
      : take(error);
  // Once the newer one is there, the form asks, or shows it, and nothing has to be opened again.
  const answered = state?.version !== undefined && (edited?.beaten === true || edited?.version !== state.version);
  const field = (name: string): string | undefined => {
    const fault = state?.fields.find(
      (one) => one.field === name || one.field.startsWith(`${name}[`) || one.field.startsWith(`${name}.`),
    );
    if (fault === undefined) return undefined;
    if ((fault.code === 'too_small' || fault.code === 'too_large') && fault.limit != null)
      return t(`errors.fields.${fault.code}_limit`, { limit: fault.limit });
    return t(`errors.fields.${fault.code}`);
  };
  return { code: answered ? null : (state?.code ?? null), field, take, orBeaten, clear };
}
