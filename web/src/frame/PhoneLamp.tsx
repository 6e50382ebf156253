import { useTranslation } from 'react-i18next';
import { Hint } from '@/parts/Hint';
import { usePhone } from '@/parts/live';
import { Icon } from '@/ui/icons';
import styles from './CallBar.module.css';

/** Whether this window can speak and hear. */
export function PhoneLamp() {
  const { t } = useTranslation();
  const phone = usePhone();
  const text = `${t('desk.phone.title')}${t('frame.colon')}${t(`desk.phone.${phone.kind}`)}`;
  return (
    <Hint text={text}>
      <span className={styles.lamp} role="img" aria-label={text} data-testid="phone-state" data-state={phone.kind}>
        <Icon name={phone.kind === 'connected' ? 'mic' : 'mic_off'} size={16} />
      </span>
    </Hint>
  );
}
