import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConversationSummary } from '@/api/types';
import { clock } from '@/lib/duration';
import { paths } from '@/paths';
import { Caller } from './Caller';
import styles from './ConversationRow.module.css';
import { RowCall } from './RowCall';
import { Moment } from './Times';
import { useDispositions } from './useReasonName';

interface ConversationRowProps {
  readonly conversation: ConversationSummary;
  /** The list is of one customer, so the name is left out. */
  readonly showWho: boolean;
  /** The list is the agent's own, so the agent is left out. */
  readonly showAgent?: boolean;
}

/** A conversation in two lines, for narrow lists. */
export function ConversationRow({ conversation, showWho, showAgent = true }: ConversationRowProps) {
  const { t } = useTranslation();
  const outcome = useDispositionName(conversation.disposition_id);
  const facts = [
    conversation.queue?.name,
    showAgent ? conversation.agent?.name : null,
    outcome ?? (conversation.end == null ? null : t(`common.end.${conversation.end.reason}`)),
  ].filter((fact) => fact != null && fact !== '');
  return (
    <div className={styles.frame} data-row data-testid="conversation-row">
      <Link to={paths.conversation(conversation.id)} className={styles.row}>
        <span className={styles.first}>
          {showWho ? (
            <span className={styles.who}>
              <Caller who={conversation} />
            </span>
          ) : null}
          <span className={styles.when}>
            <Moment atUs={conversation.started_at_us} />
          </span>
          {showWho || conversation.talk_ms == null ? null : (
            <span className={styles.talk}>{clock(conversation.talk_ms)}</span>
          )}
        </span>
        <span className={styles.facts}>
          {conversation.state === 'live' ? (
            <span className={styles.live}>{t('common.conversation_state.live')}</span>
          ) : null}
          {facts.join(' · ')}
        </span>
      </Link>
      {showWho ? <RowCall corner number={conversation.from} /> : null}
    </div>
  );
}

export function useDispositionName(id: string | null | undefined): string | null {
  const { i18n } = useTranslation();
  const one = useDispositions().items.find((item) => item.id === id);
  if (one === undefined) return null;
  return i18n.language === 'zh' ? one.name_zh : one.name_en;
}
