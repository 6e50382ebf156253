import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { desk } from '@/api/desk';
import type { AgentRow, WaitingRow } from '@/api/types';
import { can } from '@/live/can';
import { Hint } from '@/parts/Hint';
import { useMeState } from '@/parts/live';
import { PopoverControl } from '@/parts/PopoverControl';
import { useSession } from '@/parts/session';
import { Elapsed } from '@/parts/Times';
import { type Action, useAction } from '@/parts/useAction';
import { StateGlyph } from '@/ui/StateGlyph';
import { takers } from './sort';
import styles from './WaitingList.module.css';

interface AssignControlProps {
  readonly row: WaitingRow;
  readonly agents: readonly AgentRow[];
}

/** Takes a customer who waits, or gives them to an agent who is free. */
export function AssignControl({ row, agents }: AssignControlProps) {
  const { t } = useTranslation();
  const own = useSession().me.user.agent_id;
  const verdict = can.take(useMeState());
  const { busy, assign } = useAssign(row.conversation_id);
  const name = row.customer_label === '' ? t('common.withheld') : row.customer_label;
  return (
    <span className={styles.assign}>
      <Hint text={verdict === 'yes' ? t('floor.assign.take_hint') : t(`desk.agent.verdict.${verdict}`)}>
        <Button
          size="small"
          disabled={busy || verdict !== 'yes'}
          aria-label={t('floor.assign.take_of', { name })}
          onClick={() => assign(own)}
          data-testid="waiting-take"
        >
          {t('floor.assign.take')}
        </Button>
      </Hint>
      <PopoverControl
        size="small"
        aria-label={t('floor.assign.give_of', { name })}
        data-testid="waiting-give"
        content={(close) => (
          <Takers name={name} agents={takers(agents, own)} busy={busy} onChoose={(agent) => assign(agent.id, close)} />
        )}
      >
        {t('floor.assign.give')}
      </PopoverControl>
    </span>
  );
}

function useAssign(
  conversationId: string,
): Pick<Action, 'busy'> & { assign(agentId: string, done?: () => void): void } {
  const { t } = useTranslation();
  const { busy, run } = useAction();
  const words = {
    offer_over: t('floor.assign.gone'),
    not_found: t('floor.assign.gone'),
    work_in_hand: t('desk.parked.busy'),
    no_device: t('desk.agent.verdict.no_phone'),
  };
  const assign = (agentId: string, done?: () => void): void =>
    run(async () => {
      await desk.assign(conversationId, agentId);
      done?.();
    }, words);
  return { busy, assign };
}

interface TakersProps {
  readonly name: string;
  readonly agents: readonly AgentRow[];
  readonly busy: boolean;
  onChoose(agent: AgentRow): void;
}

function Takers({ name, agents, busy, onChoose }: TakersProps) {
  const { t } = useTranslation();
  const title = t('floor.assign.give_of', { name });
  return (
    <div className={styles.panel} role="dialog" aria-label={title} tabIndex={-1} data-first data-testid="give-panel">
      <p className={styles.title} title={title}>
        {title}
      </p>
      {agents.length === 0 ? <p className={styles.meta}>{t('floor.assign.nobody')}</p> : null}
      <div className={styles.agents}>
        {agents.map((agent) => {
          const may = can.give(agent) === 'yes';
          return (
            <button
              key={agent.id}
              type="button"
              className={styles.agent}
              disabled={busy || !may}
              onClick={() => onChoose(agent)}
              data-testid="give-agent"
              data-agent={agent.id}
              data-state={agent.state}
            >
              <StateGlyph state={agent.state} />
              <span className={styles.name} title={agent.name}>
                {agent.name}
              </span>
              <span className={styles.extension}>{agent.extension}</span>
              <span className={styles.standing}>
                {may ? t(`common.state.${agent.state}`) : t('floor.phone_off')}
                {may ? <Elapsed sinceUs={agent.since_at_us} /> : null}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
