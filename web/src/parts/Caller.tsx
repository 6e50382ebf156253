import { useTranslation } from 'react-i18next';
import type { Brief } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import styles from './Caller.module.css';
import { Whence } from './Whence';

interface CallerProps {
  readonly who: Pick<Brief, 'customer' | 'from' | 'location'>;
  readonly stacked?: boolean;
}

/** Name and number of the one who calls; long names give way, the number never does. */
export function Caller({ who, stacked = false }: CallerProps) {
  const { t } = useTranslation();
  const number = who.from == null || who.from === '' ? t('common.withheld') : readableNumber(who.from);
  const vip = who.customer?.level === 'vip';
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
    </span>
  );
}

export function Vip() {
  const { t } = useTranslation();
  return <span className={styles.vip}>{t('common.vip')}</span>;
}
