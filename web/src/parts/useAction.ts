import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureCode } from '@/api/problem';
import { PhoneNotReady } from '@/live/softphone';
import { toast } from './toast';

export interface Action {
  readonly busy: boolean;
  run(work: () => Promise<unknown>): void;
}

/** Runs one request at a time for a control and puts a failure into words. The phone speaks for itself. */
export function useAction(): Action {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = useCallback(
    (work: () => Promise<unknown>) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      work()
        .catch((error: unknown) => {
          if (error instanceof PhoneNotReady) return;
          toast.bad(t(`errors.${failureCode(error)}`));
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
