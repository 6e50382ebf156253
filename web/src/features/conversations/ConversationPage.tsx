import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { conversations } from '@/api/conversations';
import type { ConversationDetail } from '@/api/types';
import { BackLink } from '@/parts/BackLink';
import { CallButton } from '@/parts/CallButton';
import { Caller } from '@/parts/Caller';
import { CustomerCard } from '@/parts/customer/CustomerCard';
import { useCustomer } from '@/parts/customer/queries';
import { NoteEditor } from '@/parts/NoteEditor';
import { QueryView } from '@/parts/QueryView';
import { useSession } from '@/parts/session';
import { Story } from '@/parts/story/Story';
import { paths } from '@/paths';
import { Skeleton } from '@/ui/Skeleton';
import { BlockCaller } from './BlockCaller';
import { HeldConversation, HoldConversation } from './ConversationHold';
import styles from './ConversationPage.module.css';
import { Course } from './Course';
import { FactStrip } from './FactStrip';
import type { Pick } from './RecordingPanel';

const LIVE_REFRESH_MS = 2_000;
/** The player is fetched with the first conversation that is opened. */
const RecordingPanel = lazy(async () => ({ default: (await import('./RecordingPanel')).RecordingPanel }));

export function ConversationPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['conversation', id],
    queryFn: () => conversations.detail(id),
    refetchInterval: ({ state }) => (state.data?.state === 'live' ? LIVE_REFRESH_MS : false),
  });
  return (
    <div className={styles.page}>
      {query.isError && query.data === undefined ? (
        <header className={styles.head}>
          <BackLink to={paths.conversations} label={t('conversations.title')} />
          <h1 className={styles.title}>{t('conversations.title')}</h1>
        </header>
      ) : null}
      <QueryView query={query}>{(detail) => <Detail detail={detail} readAtMs={query.dataUpdatedAt} />}</QueryView>
    </div>
  );
}

interface DetailProps {
  readonly detail: ConversationDetail;
  readonly readAtMs: number;
}

function Detail({ detail, readAtMs }: DetailProps) {
  const { t } = useTranslation();
  const { clock } = useSession();
  // What is live ends, on the axis, at the moment it was read.
  const nowUs = clock.atUs(readAtMs);
  const [pick, setPick] = useState<Pick | null>(null);
  const [playedUs, setPlayedUs] = useState<number | null>(null);
  return (
    <>
      <header className={styles.head}>
        <BackLink to={paths.conversations} label={t('conversations.title')} />
        <h1 className={styles.title}>
          <Caller who={detail} />
        </h1>
        {detail.from == null ? null : <CallButton number={detail.from} word={t('dial.call_back')} />}
        <BlockCaller detail={detail} />
        <HoldConversation detail={detail} />
        {detail.state === 'live' ? <span className={styles.live}>{t('common.conversation_state.live')}</span> : null}
      </header>
      <FactStrip detail={detail} />
      <HeldConversation detail={detail} />
      <div className={styles.columns}>
        <div className={styles.story}>
          <h2 className={styles.heading}>{t('conversations.lanes.title')}</h2>
          <Course
            detail={detail}
            nowUs={nowUs}
            playedUs={playedUs}
            onPick={(atUs) => setPick((before) => ({ atUs, count: (before?.count ?? 0) + 1 }))}
          />
          <Suspense fallback={<Skeleton rows={2} height={84} />}>
            <RecordingPanel
              conversationId={detail.id}
              live={detail.state === 'live'}
              pick={pick}
              onTime={setPlayedUs}
            />
          </Suspense>
          <h2 className={styles.heading}>{t('conversations.story')}</h2>
          <div className={styles.panel}>
            <Story events={detail.timeline} />
          </div>
        </div>
        <aside className={styles.side} aria-label={t('customers.profile')}>
          <h2 className={styles.heading}>{t('customers.profile')}</h2>
          <div className={styles.panel}>
            <Who id={detail.customer?.id} vip={detail.vip} />
          </div>
          <NoteEditor key={detail.id} conversationId={detail.id} />
        </aside>
      </div>
    </>
  );
}

function Who({ id, vip }: { readonly id: string | undefined; readonly vip: boolean | undefined }) {
  const { t } = useTranslation();
  const query = useCustomer(id);
  if (id === undefined) return <p className={styles.quiet}>{t('conversations.no_customer')}</p>;
  return (
    <QueryView query={query} rows={3} rowHeight={28}>
      {(customer) => (
        <>
          <CustomerCard key={customer.id} customer={customer} vip={vip} />
          <p className={styles.more}>
            <Link to={paths.customer(customer.id)}>{t('customers.history')}</Link>
          </p>
        </>
      )}
    </QueryView>
  );
}
