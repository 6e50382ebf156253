import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgentQuality, AgentRow, QueueRow } from '@/api/types';
import { Hint } from '@/parts/Hint';
import { Elapsed } from '@/parts/Times';
import { useReasonName } from '@/parts/useReasonName';
import { paths } from '@/paths';
import { Icon } from '@/ui/icons';
import { StateGlyph } from '@/ui/StateGlyph';
import styles from './Floor.module.css';
import { ForceControl } from './ForceControl';
import { SuperviseControl } from './SuperviseControl';
import { TileSound } from './TileSound';

interface AgentTileProps {
  readonly agent: AgentRow;
  readonly queues: readonly QueueRow[];
  readonly quality: AgentQuality | undefined;
}

/** One agent: state, time in it, whom they serve. Opens the conversation in hand, else the agent's list. */
export function AgentTile({ agent, queues, quality }: AgentTileProps) {
  const { t } = useTranslation();
  const reason = useReasonName(agent.reason_id);
  const queue = queues.find((one) => one.id === agent.queue_id);
  const serving = [agent.customer_label, queue?.name].filter(Boolean).join(' · ');
  const to =
    agent.conversation_id == null
      ? `${paths.conversations}?agent=${agent.id}`
      : paths.conversation(agent.conversation_id);
  return (
    <div
      className={styles.tile}
      style={{ borderLeftColor: `var(--${agent.state})` }}
      data-testid="floor-agent-tile"
      data-agent={agent.id}
      data-state={agent.state}
      data-sound={agent.bad_sound == null ? undefined : 'bad'}
    >
      <Link to={to} className={styles.open}>
        <span className={styles.who}>
          <strong title={agent.name}>{agent.name}</strong>
          <span className={styles.meta}>{agent.extension}</span>
          {agent.phone ? null : (
            <Hint text={t('floor.phone_off')}>
              <span className={styles.phone} role="img" aria-label={t('floor.phone_off')}>
                <Icon name="mic_off" size={14} />
              </span>
            </Hint>
          )}
          {agent.phone_kind === 'mobile' && agent.phone ? (
            <Hint text={t('floor.phone_mobile')}>
              <span
                className={styles.meta}
                role="img"
                aria-label={t('floor.phone_mobile')}
                data-testid="floor-agent-mobile"
              >
                <Icon name="phone" size={14} />
              </span>
            </Hint>
          ) : null}
        </span>
        <span className={styles.state} style={{ color: `var(--${agent.state})` }}>
          <StateGlyph state={agent.state} />
          <span>
            {t(`common.state.${agent.state}`)}
            {agent.state === 'not_ready' && reason !== null ? ` · ${reason}` : null}
          </span>
          <Elapsed sinceUs={agent.since_at_us} />
          <TileSound agent={agent} quality={quality} />
        </span>
        <span className={styles.serving} title={serving}>
          {serving}
        </span>
      </Link>
      <span className={styles.controls}>
        {/* A menu that was opened over one call must not act on the next. */}
        <SuperviseControl key={agent.conversation_id ?? agent.id} agent={agent} />
        <ForceControl agent={agent} />
      </span>
    </div>
  );
}
