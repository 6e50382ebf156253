import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Consult, Handling } from '@/api/types';
import { readableNumber } from '@/lib/phone';
import { can } from '@/live/can';
import { Hint } from '@/parts/Hint';
import { KEYS } from '@/parts/shortcuts';
import { useWork } from '@/parts/useWork';
import { paths } from '@/paths';
import { Icon } from '@/ui/icons';
import styles from './CallBar.module.css';
import { MuteButton } from './TalkButtons';

interface ConsultStateProps {
  readonly consult: Consult;
  readonly onDesk: boolean;
}

/** The other agent, or the number outside; one that may not be shown is told by its kind. */
function useName({ with: agent, number }: Consult): string {
  const { t } = useTranslation();
  return agent?.name ?? readableNumber(number ?? t('desk.transfer.kind.number'));
}

/** Who is asked, or who asks, and who hears it. */
export function ConsultState({ consult, onDesk }: ConsultStateProps) {
  const { t } = useTranslation();
  const name = useName(consult);
  const isOutside = consult.with == null;
  const { asked, state } = consult;
  const isApart = isOutside && state === 'private';
  const how = asked
    ? t(`desk.consult.asking.${isApart ? 'outside' : state}`, { name })
    : t(`desk.consult.asked.${state === 'joined' ? 'joined' : 'private'}`, { name });
  const why = consult.reason == null ? [] : [t(`desk.transfer.reason.${consult.reason}`)];
  // Whoever asks knows why.
  const told = asked ? how : [how, ...why].join(' · ');
  // Of a number outside the words say that already.
  const heard = isApart ? [] : [t(`desk.consult.customer.${state}`)];
  const title = [how, ...heard, ...why].join(' · ');
  return (
    <span className={styles.consult} data-testid="consult-state" data-state={state} title={title}>
      <Icon name={isOutside ? 'phone' : 'agent'} size={14} />
      <span className={styles.consultText}>{onDesk ? told : <Link to={paths.desk}>{told}</Link>}</span>
    </span>
  );
}

interface ConsultButtonsProps {
  readonly handling: Handling;
  readonly consult: Consult;
}

/** What can be done about it: by whoever asks, or by who is asked. */
export function ConsultButtons({ handling, consult }: ConsultButtonsProps) {
  const { t } = useTranslation();
  return (
    <span className={styles.buttons} role="group" aria-label={t('desk.call.actions')}>
      {consult.asked ? <DropButton handling={handling} consult={consult} /> : null}
      {consult.state === 'ringing' ? null : <MuteButton handling={handling} />}
      {consult.asked ? <AskingButtons handling={handling} consult={consult} /> : <LeaveButton handling={handling} />}
    </span>
  );
}

function AskingButtons({ handling, consult }: ConsultButtonsProps) {
  const { t } = useTranslation();
  const work = useWork();
  const name = useName(consult);
  return (
    <>
      {can.join(handling) === 'yes' ? (
        <Hint text={t('desk.consult.join_hint', { name })} combo={KEYS.join}>
          <Button
            icon={<Icon name="join" size={16} />}
            disabled={work.busy}
            onClick={() => work.joinConsult(handling)}
            data-testid="consult-join"
          >
            {t('desk.consult.join')}
          </Button>
        </Hint>
      ) : null}
      {can.complete(handling) === 'yes' ? (
        <Hint text={t('desk.consult.complete_hint', { name })} combo={KEYS.transfer}>
          <Button
            type="primary"
            icon={<Icon name="transfer" size={16} />}
            disabled={work.busy}
            onClick={() => work.completeConsult(handling)}
            data-testid="consult-complete"
          >
            {t('desk.consult.complete')}
          </Button>
        </Hint>
      ) : null}
    </>
  );
}

/** First, where no other button comes to lie under a second click. */
function DropButton({ handling, consult }: ConsultButtonsProps) {
  const { t } = useTranslation();
  const work = useWork();
  return (
    <Hint text={t(`desk.consult.drop_hint.${consult.state}`)} combo={KEYS.drop}>
      <Button
        danger
        icon={<Icon name="close" size={16} />}
        disabled={work.busy}
        onClick={() => work.dropConsult(handling)}
        data-testid="consult-drop"
      >
        {t(`desk.consult.drop.${consult.state}`)}
      </Button>
    </Hint>
  );
}

function LeaveButton({ handling }: { readonly handling: Handling }) {
  const { t } = useTranslation();
  const work = useWork();
  return (
    <Hint text={t('desk.consult.leave_hint')} combo={KEYS.hangUp}>
      <Button
        danger
        icon={<Icon name="close" size={16} />}
        disabled={work.busy}
        onClick={() => work.leaveConsult(handling)}
        data-testid="consult-leave"
      >
        {t('desk.consult.leave')}
      </Button>
    </Hint>
  );
}
