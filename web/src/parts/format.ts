import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { durationParts } from '@/lib/duration';
import { type MomentFormat, momentFormat } from '@/lib/moment';
import { useSession } from './session';

export interface Format extends MomentFormat {
  /** A length of time in words: 3 min 5 s. */
  duration(ms: number): string;
  /** How long ago. */
  ago(us: number): string;
  percent(share: number): string;
}

/** Numbers and times in the chosen language and the centre's time zone. */
export function useFormat(): Format {
  const { t, i18n } = useTranslation();
  const { me, clock } = useSession();
  const zone = me.tenant.time_zone;
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB';
  return useMemo(() => {
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const duration = (ms: number): string => {
      const { unit, first, second } = durationParts(ms);
      if (second === 0 && (unit === 'minutes' || unit === 'hours')) return t(`common.duration.${unit}_even`, { first });
      return t(`common.duration.${unit}`, { first, second });
    };
    return {
      ...momentFormat(locale, zone),
      duration,
      ago: (us) => {
        const passed = (clock.nowUs() - us) / 1000;
        if (passed < 60_000) return t('common.ago.now');
        return t('common.ago.ago', { text: duration(Math.floor(passed / 60_000) * 60_000) });
      },
      percent: (share) => percent.format(share),
    };
  }, [t, locale, zone, clock]);
}
