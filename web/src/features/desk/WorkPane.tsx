import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { conversations } from '@/api/conversations';
import type { Handling, MeState } from '@/api/types';
import { type Focus, othersGoOn } from '@/live/can';
import { Caller } from '@/parts/Caller';
import { ConversationRow } from '@/parts/ConversationRow';
import { useSession } from '@/parts/session';
import { Countdown, Elapsed } from '@/parts/Times';
import { Skeleton } from '@/ui/Skeleton';
import { StateGlyph } from '@/ui/StateGlyph';
import { OfferCard } from './OfferCard';
import { WaitingTasks } from './WaitingTasks';
import styles from './WorkPane.module.css';

interface WorkPaneProps {
  readonly me: MeState | null;
  readonly focus: Focus;
}

export function WorkPane({ me, focus }: WorkPaneProps) {
  const { t } = useTranslation();
  return (
    <>
      {me?.offers.map((offer) => (
        <OfferCard key={offer.id} offer={offer} />
      ))}
      {me?.handlings.map((handling) => (
        <LiveItem
          key={handling.id}
          handling={handling}
          active={focus.kind === 'handling' && focus.handling === handling}
        />
      ))}
      <WaitingTasks />
      <h2 className={styles.title}>{t('desk.recent.title')}</h2>
      <Recent busy={(me?.handlings.length ?? 0) + (me?.offers.length ?? 0)} />
    </>
  );
}

function LiveItem({ handling, active }: { readonly handling: Handling; readonly active: boolean }) {
  const { t } = useTranslation();
  const { state } = handling;
  const { outbound } = handling.conversation;
  return (
    <div className={styles.item} data-active={active} style={{ borderLeftColor: `var(--${state})` }}>
      <span className={styles.line} style={{ color: `var(--${state})` }}>
        <StateGlyph state={state} />
        <strong>{t(`desk.live.${state}`)}</strong>
        <span className={styles.time}>
          {state === 'wrap_up' && handling.wrap_up_until_us != null ? (
            <Countdown untilUs={handling.wrap_up_until_us} />
          ) : (
            <Elapsed sinceUs={handling.state_since_us} />
          )}
        </span>
      </span>
      <Caller who={handling.conversation} />
      <span className={styles.meta} data-testid="live-meta">
        {outbound?.result == null ? handling.queue?.name : t(`dial.result.${outbound.result}`)}
        {outbound?.by == null ? null : ` · ${t(`dial.by.${outbound.by}`)}`}
      </span>
      {handling.conversation.unheard && state !== 'wrap_up' ? (
        <span className={styles.lost} role="status" data-testid="unheard">
          {t('desk.call.unheard')}
        </span>
      ) : null}
      {handling.device_lost ? (
        <span className={styles.lost}>{t(`desk.${othersGoOn(handling) ? 'conference' : 'call'}.device_lost`)}</span>
      ) : null}
    </div>
  );
}

/** Reloads when the work in hand changes, so that what was just finished appears. */
function Recent({ busy }: { readonly busy: number }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const { data, isPending, isError } = useQuery({
    queryKey: ['conversations', 'recent', me.user.agent_id, busy],
    queryFn: () => conversations.list({ agent_id: me.user.agent_id }, undefined, 15),
    placeholderData: (before) => before,
    enabled: me.permissions.includes('conversations.read'),
  });
  if (isPending) return <Skeleton rows={4} height={46} />;
  if (isError) return <p className={styles.empty}>{t('errors.list')}</p>;
  if (data.items.length === 0) return <p className={styles.empty}>{t('desk.recent.empty')}</p>;
  return (
    <div className={styles.recent}>
      {data.items.map((conversation) => (
        <ConversationRow key={conversation.id} conversation={conversation} showWho showAgent={false} />
      ))}
    </div>
  );
}
