import { useTranslation } from 'react-i18next';
import type { Calendar } from '@/api/types';
import { momentFormat } from '@/lib/moment';
import { useSession } from '@/parts/session';
import styles from './Hours.module.css';

/** Open or closed at this moment, why, and until when, by the clock of the calendar. */
export function StandingText({ calendar }: { readonly calendar: Calendar }) {
  const { t, i18n } = useTranslation();
  const { clock } = useSession();
  const { open, reason, exception_id, until_at_us } = calendar.standing;
  const format = momentFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', calendar.time_zone);
  const name = calendar.exceptions.find((one) => one.id === exception_id)?.name;
  const why = name ?? (reason === 'weekly' && !open ? t('hours.outside') : undefined);
  const until = until_at_us == null ? undefined : { us: until_at_us, text: format.when(until_at_us, clock.nowUs()) };
  return (
    <span className={styles.standing} data-testid="hours-standing" data-open={open}>
      <span className={open ? styles.isOpen : styles.isClosed}>
        <span aria-hidden="true">{open ? '●' : '○'}</span> {t(open ? 'hours.is_open' : 'hours.is_closed')}
      </span>
      {why === undefined ? null : <span className={styles.why}>{why}</span>}
      <span className={styles.until}>
        {until === undefined ? (
          t('hours.no_change')
        ) : (
          <time title={format.exact(until.us)}>
            {t(open ? 'hours.until_closed' : 'hours.until_open', { at: until.text })}
          </time>
        )}
      </span>
    </span>
  );
}
