import { useTranslation } from 'react-i18next';
import type { AgentQuality, AgentRow } from '@/api/types';
import { Hint } from '@/parts/Hint';
import { Icon } from '@/ui/icons';
import styles from './Floor.module.css';

interface TileSoundProps {
  readonly agent: AgentRow;
  /** The last ten seconds of the agent's talk. */
  readonly quality: AgentQuality | undefined;
}

/** How a talk sounds: the agent's score and the customer's, and a mark when it is bad. */
export function TileSound({ agent, quality }: TileSoundProps) {
  const { t } = useTranslation();
  const bad = agent.bad_sound;
  const now = quality?.conversation_id === agent.conversation_id ? quality : undefined;
  if (bad == null && now === undefined) return null;
  const score = (mos: number | null | undefined): string => (mos == null ? t('common.na') : mos.toFixed(1));
  const said = [
    bad == null ? null : t('sound.floor.bad', { mos: bad.toFixed(1) }),
    now === undefined ? null : t('sound.floor.now', { agent: score(now.agent_mos), customer: score(now.customer_mos) }),
  ]
    .filter((one) => one !== null)
    .join(' · ');
  return (
    <Hint text={said}>
      <span
        className={styles.sound}
        data-bad={bad != null}
        role="img"
        aria-label={said}
        data-testid="floor-agent-sound"
      >
        {bad == null ? null : <Icon name="alert" size={14} />}
        {now === undefined ? null : `${score(now.agent_mos)} / ${score(now.customer_mos)}`}
      </span>
    </Hint>
  );
}
