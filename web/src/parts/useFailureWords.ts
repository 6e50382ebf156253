import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFailure, failureCode } from '@/api/problem';
import { useFormat } from './format';
import { useSession } from './session';

/** Nearer than this the seconds matter to whoever waits for it. */
const NEAR_US = 3_600_000_000;

/** What a failure means, in words; with the time, where trying again later helps. */
export function useFailureWords(): (error: unknown) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const { clock } = useSession();
  return useCallback(
    (error) => {
      const code = failureCode(error);
      const until = error instanceof ApiFailure ? error.untilUs : null;
      if (code !== 'limit_reached' || until === null) return t(`errors.${code}`);
      const now = clock.nowUs();
      const at = until - now < NEAR_US ? format.time(until) : format.dateTime(until);
      return t('errors.limit_reached_until', { at });
    },
    [t, format, clock],
  );
}
