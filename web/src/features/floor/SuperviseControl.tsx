import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { AgentRow, SupervisionMode } from '@/api/types';
import { can } from '@/live/can';
import { useMeState } from '@/parts/live';
import { PopoverControl } from '@/parts/PopoverControl';
import { useMay, useSession } from '@/parts/session';
import { Sure } from '@/parts/Sure';
import { useAction } from '@/parts/useAction';
import { Icon } from '@/ui/icons';
import styles from './Floor.module.css';

const MODES: readonly SupervisionMode[] = ['listen', 'whisper', 'barge'];

/** What a supervisor can do with the talk of an agent; nothing is shown of an agent who does not talk. */
export function SuperviseControl({ agent }: { readonly agent: AgentRow }) {
  const { t } = useTranslation();
  const me = useMeState();
  const own = useSession().me.user.agent_id;
  const may = useMay('floor.supervise');
  if (!may || agent.id === own || can.supervise(me, agent) === 'not_in_talk') return null;
  return (
    <PopoverControl
      size="small"
      type="text"
      icon={<Icon name="listen" size={16} />}
      aria-label={t('supervise.open', { name: agent.name })}
      data-testid="floor-supervise"
      content={(close) => <Actions agent={agent} onDone={close} />}
    />
  );
}

function Actions({ agent, onDone }: { readonly agent: AgentRow; onDone(): void }) {
  const { t } = useTranslation();
  const me = useMeState();
  const { busy, run } = useAction();
  const verdict = can.supervise(me, agent);
  const current = me?.supervision?.of.id === agent.id ? me.supervision.mode : null;
  const { id, name } = agent;
  const conversation = agent.conversation_id ?? '';
  const ask = (what: () => Promise<unknown>) => (): void =>
    run(async () => {
      await what();
      onDone();
    });
  return (
    <div className={styles.actions} role="dialog" aria-label={t('supervise.open', { name })} tabIndex={-1} data-first>
      {MODES.map((mode) => (
        <Button
          key={mode}
          block
          type={mode === current ? 'primary' : 'default'}
          disabled={busy || verdict !== 'yes'}
          className={styles.action ?? ''}
          onClick={ask(() => desk.supervise(id, conversation, mode))}
          data-testid={`supervise-${mode}`}
        >
          <span>{t(`supervise.${mode}`)}</span>
          <span className={styles.means}>{t(`supervise.hears.${mode}`, { name })}</span>
        </Button>
      ))}
      <Button
        block
        disabled={busy || verdict !== 'yes'}
        className={styles.action ?? ''}
        onClick={ask(() => desk.takeOver(id, conversation))}
        data-testid="supervise-take-over"
      >
        <span>{t('supervise.take_over')}</span>
        <span className={styles.means}>{t('supervise.take_over_hint', { name })}</span>
      </Button>
      <Sure
        title={t('supervise.release_sure', { name })}
        okText={t('supervise.release')}
        onConfirm={ask(() => desk.release(id, conversation))}
      >
        <Button block danger disabled={busy} className={styles.action ?? ''} data-testid="supervise-release">
          <span>{t('supervise.release')}</span>
          <span className={styles.means}>{t('supervise.release_hint')}</span>
        </Button>
      </Sure>
      {verdict === 'yes' ? null : <p className={styles.meta}>{t(`desk.agent.verdict.${verdict}`)}</p>}
    </div>
  );
}
