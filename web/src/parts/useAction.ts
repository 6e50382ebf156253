import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FailureCode, failureCode } from '@/api/problem';
import { PhoneNotReady } from '@/live/softphone';
import { toast } from './toast';

export type RefusalWords = Readonly<Partial<Record<FailureCode, string>>>;

export interface Action {
  readonly busy: boolean;
  /** `words` say for some refusals what they mean to this control. */
  run(work: () => Promise<unknown>, words?: RefusalWords): void;
}

/** Runs one request at a time for a control and puts a failure into words. The phone speaks for itself. */
export function useAction(): Action {
  const { t } = useTranslation();
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
          const code = failureCode(error);
          toast.bad(words[code] ?? t(`errors.${code}`));
        })
        .finally(() => {
          running.current = false;
          setBusy(false);
        });
    },
    [t],
  );
  return { busy, run };
}
