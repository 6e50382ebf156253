import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { AgentRow, ForcedPresence } from '@/api/types';
import { can } from '@/live/can';
import { PopoverControl } from '@/parts/PopoverControl';
import { useMay, useSession } from '@/parts/session';
import { Sure } from '@/parts/Sure';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { useReasons } from '@/parts/useReasonName';
import { Icon } from '@/ui/icons';
import styles from './ForceControl.module.css';

/** Decides about the state of another agent. */
export function ForceControl({ agent }: { readonly agent: AgentRow }) {
  const { t } = useTranslation();
  const own = useSession().me.user.agent_id;
  const may = useMay('floor.supervise');
  if (!may || agent.id === own) return null;
  const title = t('floor.force.open', { name: agent.name });
  return (
    <PopoverControl
      size="small"
      type="text"
      icon={<Icon name="more" size={16} />}
      aria-label={title}
      title={title}
      data-testid="floor-force"
      content={(close) => <Choices agent={agent} title={title} onDone={close} />}
    />
  );
}

interface ChoicesProps {
  readonly agent: AgentRow;
  readonly title: string;
  onDone(): void;
}

function Choices({ agent, title, onDone }: ChoicesProps) {
  const { t, i18n } = useTranslation();
  const reasons = useReasons();
  const { busy, force } = useForce(agent, onDone);
  const ready = can.force(agent, 'ready');
  const notReady = can.force(agent, 'not_ready');
  const signOut = can.force(agent, 'signed_out');
  return (
    <div className={styles.panel} role="dialog" aria-label={title} tabIndex={-1} data-first data-testid="force-panel">
      <p className={styles.name} title={agent.name}>
        {agent.name}
      </p>
      <Choice verdict={ready} busy={busy} text={t('floor.force.ready')} id="ready" onChoose={() => force('ready')} />
      <Choice
        verdict={notReady}
        busy={busy}
        text={t('floor.force.not_ready')}
        id="not-ready"
        onChoose={() => force('not_ready')}
      />
      {reasons.length === 0 ? null : (
        <div className={styles.reasons} role="group" aria-label={t('floor.force.because')}>
          <p className={styles.quiet}>{t('floor.force.because')}</p>
          {reasons.map((reason) => (
            <button
              key={reason.id}
              type="button"
              className={styles.reason}
              disabled={busy}
              aria-pressed={agent.state === 'not_ready' && agent.reason_id === reason.id}
              onClick={() => force('not_ready', reason.id)}
              data-testid={`force-reason-${reason.id}`}
            >
              {i18n.language === 'zh' ? reason.name_zh : reason.name_en}
            </button>
          ))}
        </div>
      )}
      <Sure
        title={t('floor.force.sign_out_sure', { name: agent.name })}
        okText={t('floor.force.sign_out')}
        disabled={signOut !== 'yes'}
        onConfirm={() => force('signed_out')}
      >
        <Button block danger disabled={busy || signOut !== 'yes'} data-testid="force-sign-out">
          {t('floor.force.sign_out')}
        </Button>
      </Sure>
      {signOut === 'yes' ? null : <p className={styles.quiet}>{t(`floor.force.verdict.${signOut}`)}</p>}
      {isAtWork(agent) ? <p className={styles.quiet}>{t('floor.force.after')}</p> : null}
    </div>
  );
}

interface ChoiceProps {
  readonly verdict: ReturnType<typeof can.force>;
  readonly busy: boolean;
  readonly text: string;
  readonly id: string;
  onChoose(): void;
}

function Choice({ verdict, busy, text, id, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <Button
      block
      disabled={busy || verdict !== 'yes'}
      title={verdict === 'yes' ? undefined : t(`floor.force.verdict.${verdict}`)}
      onClick={onChoose}
      data-testid={`force-${id}`}
    >
      {text}
      {verdict === 'yes' ? null : <span className={styles.because}>{t(`floor.force.verdict.${verdict}`)}</span>}
    </Button>
  );
}

/** What is decided shows only when the work is done. */
const isAtWork = ({ state }: AgentRow): boolean => state !== 'ready' && state !== 'not_ready' && state !== 'signed_out';

function useForce(agent: AgentRow, onDone: () => void) {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const words = {
    work_in_hand: t('floor.force.verdict.talk_going_on'),
    no_device: t('floor.force.verdict.no_phone'),
    not_signed_in: t('floor.force.verdict.not_signed_in'),
  };
  const force = (wanted: ForcedPresence, reasonId?: string): void =>
    run(async () => {
      await desk.forceState(agent.id, wanted, reasonId);
      if (wanted !== 'signed_out' && isAtWork(agent))
        toast.good(t(`floor.force.later.${wanted}`, { name: agent.name }));
      onDone();
    }, words);
  return { busy, force };
}
