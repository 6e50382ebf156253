import { useTranslation } from 'react-i18next';
import type { Brief } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import styles from './Caller.module.css';
import { Whence } from './Whence';

type Who = Pick<Brief, 'customer' | 'from' | 'location'> & Partial<Pick<Brief, 'vip'>>;

/** Whether the record or the list of numbers says so. */
export const isVip = (who: Pick<Who, 'customer' | 'vip'>): boolean => who.vip === true || who.customer?.level === 'vip';

interface CallerProps {
  readonly who: Who;
  readonly stacked?: boolean;
}

/** Name and number of the one who calls; long names give way, the number only where both have no room. */
export function Caller({ who, stacked = false }: CallerProps) {
  const { t } = useTranslation();
  const number = who.from == null || who.from === '' ? t('common.withheld') : readableNumber(who.from);
  const vip = isVip(who);
  return (
    <span className={stacked ? styles.stacked : styles.inline}>
      {who.customer == null ? null : (
        <span className={styles.name}>
          <strong title={who.customer.name}>{who.customer.name}</strong>
          {vip ? <Vip /> : null}
        </span>
      )}
      <span className={who.customer == null ? styles.only : styles.number}>{number}</span>
      <Whence of={who.location} />
      {who.customer == null && vip ? <Vip /> : null}
    </span>
  );
}

export function Vip() {
  const { t } = useTranslation();
  return <span className={styles.vip}>{t('common.vip')}</span>;
}
