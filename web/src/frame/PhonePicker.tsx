import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { MeState } from '@/api/types';
import { useAction } from '@/parts/useAction';
import styles from './AgentPanel.module.css';
import { usePhoneName } from './usePhoneName';

/** Which phone to talk by: the browser, a SIP phone, or a number outside. The choice is remembered. */
export function PhonePicker({ me }: { readonly me: MeState }) {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const chosen = me.agent.telephone?.id ?? null;
  const nameOf = usePhoneName();
  const phones = me.agent.telephones.map((phone) => ({ id: phone.id, name: nameOf(phone) }));
  const choices = [{ id: null, name: t('desk.phone.browser') }, ...phones];
  return (
    <div className={styles.reasons} role="group" aria-label={t('desk.phone.choose')}>
      <h3 className={styles.title}>{t('desk.phone.choose')}</h3>
      {choices.map(({ id, name }) => (
        <button
          type="button"
          key={id ?? 'browser'}
          className={styles.reason}
          disabled={busy}
          aria-pressed={chosen === id}
          data-testid={`phone-choice-${id ?? 'browser'}`}
          onClick={() => run(() => desk.choosePhone(id))}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
