import { useCallback, useRef, useState } from 'react';
import { type FailureCode, failureCode } from '@/api/problem';
import { PhoneNotReady } from '@/live/phone-state';
import { toast } from './toast';
import { useFailureWords } from './useFailureWords';

export type RefusalWords = Readonly<Partial<Record<FailureCode, string>>>;

export interface Action {
  readonly busy: boolean;
  /** `words` say for some refusals what they mean to this control. */
  run(work: () => Promise<unknown>, words?: RefusalWords): void;
}

/** Runs one request at a time for a control and puts a failure into words. The phone speaks for itself. */
export function useAction(): Action {
  const wordsOf = useFailureWords();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = useCallback(
    (work: () => Promise<unknown>, words: RefusalWords = {}) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      work()
        .catch((error: unknown) => {
          if (error instanceof PhoneNotReady) return;
          toast.bad(words[failureCode(error)] ?? wordsOf(error));
        })
        .finally(() => {
          running.current = false;
          setBusy(false);
        });
    },
    [wordsOf],
  );
  return { busy, run };
}
