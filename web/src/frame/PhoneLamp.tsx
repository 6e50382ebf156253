import { useTranslation } from 'react-i18next';
import { Hint } from '@/parts/Hint';
import { useMeState, usePhone } from '@/parts/live';
import { Icon } from '@/ui/icons';
import styles from './CallBar.module.css';
import { usePhoneName } from './usePhoneName';

/** Whether this window can speak and hear, or the phone the agent works with can be rung. */
export function PhoneLamp() {
  const { t } = useTranslation();
  const phone = usePhone();
  const nameOf = usePhoneName();
  const agent = useMeState()?.agent;
  const telephone = agent?.telephone;
  if (agent !== undefined && telephone != null) {
    const state = agent.phone ? 'on' : 'off';
    const kind = telephone.kind === 'mobile' ? 'mobile' : 'sip';
    const words = `${nameOf(telephone)}${t('frame.colon')}${t(`desk.phone.${kind}.${state}`)}`;
    return (
      <Hint text={words}>
        <span
          className={styles.lamp}
          role="img"
          aria-label={words}
          data-testid="phone-state"
          data-state={agent.phone ? 'connected' : 'failed'}
        >
          <Icon name="phone" size={16} />
        </span>
      </Hint>
    );
  }
  const text = `${t('desk.phone.title')}${t('frame.colon')}${t(`desk.phone.${phone.kind}`)}`;
  return (
    <Hint text={text}>
      <span className={styles.lamp} role="img" aria-label={text} data-testid="phone-state" data-state={phone.kind}>
        <Icon name={phone.kind === 'connected' ? 'mic' : 'mic_off'} size={16} />
      </span>
    </Hint>
  );
}
