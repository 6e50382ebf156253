import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type ListedRecording, recordings } from '@/api/recordings';
import { BackLink } from '@/parts/BackLink';
import { QueryView } from '@/parts/QueryView';
import { useSession } from '@/parts/session';
import { Moment } from '@/parts/Times';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Page } from '@/ui/Page';
import table from '@/ui/table.module.css';
import { FAULTY, faultyAsked, type FaultyState } from './faulty';
import styles from './RecordingsPage.module.css';
import { useErasedWords } from './useErasedWords';

/** Recordings that failed, are missing, were erased or are held. The filter stands in the address. */
export function RecordingsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const { me } = useSession();
  const asked = faultyAsked(search, me.tenant.time_zone);
  const { state } = asked;
  const query = useInfiniteQuery({
    queryKey: ['recordings', 'list', asked],
    queryFn: ({ pageParam }) => recordings.page(asked, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  const narrowed = asked.from_us !== undefined || asked.to_us !== undefined;
  return (
    <Page
      title={t('conversations.faulty.title')}
      before={<BackLink to={paths.conversations} label={t('conversations.title')} />}
      after={
        <>
          <Segmented<FaultyState>
            aria-label={t('conversations.filter.state')}
            value={state}
            options={FAULTY.map((one) => ({ value: one, label: t(`conversations.faulty.of.${one}`) }))}
            onChange={(value) => set('state', value)}
            data-testid="recordings-state"
          />
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className={styles.day}>
              <span>{t(`conversations.faulty.${end}`)}</span>
              <Input type="date" value={search.get(end) ?? ''} onChange={(event) => set(end, event.target.value)} />
            </label>
          ))}
        </>
      }
    >
      <p className={styles.lead}>{t(`conversations.faulty.means.${state}`)}</p>
      <QueryView query={query}>
        {({ pages }) => {
          const items = pages.flatMap((one) => one.items);
          if (items.length === 0) {
            return query.isPlaceholderData ? null : (
              <Blank title={t(`conversations.faulty.empty.${state}`)}>
                {narrowed ? t('conversations.faulty.narrowed') : undefined}
              </Blank>
            );
          }
          return (
            <>
              <List items={items} state={state} />
              {query.hasNextPage ? (
                <div className={table.more}>
                  <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {t('common.more')}
                  </Button>
                </div>
              ) : null}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

interface ListProps {
  readonly items: readonly ListedRecording[];
  readonly state: FaultyState;
}

function List({ items, state }: ListProps) {
  const { t } = useTranslation();
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th className={styles.started}>{t('conversations.columns.started')}</th>
            <th className={styles.named}>{t('conversations.columns.queue')}</th>
            <th className={styles.named}>{t('conversations.columns.agent')}</th>
            <th>{t(`conversations.faulty.what.${state}`)}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.conversation.id} ${one.id}`} data-testid="faulty-row">
              <td>
                <Link className={table.cover} to={paths.conversation(one.conversation.id)}>
                  <Moment atUs={one.conversation.started_at_us} />
                </Link>
              </td>
              <td className={styles.named} title={one.conversation.queue?.name}>
                {one.conversation.queue?.name}
              </td>
              <td className={styles.named} title={one.conversation.agent?.name}>
                {one.conversation.agent?.name}
              </td>
              <td className={styles.what}>
                <What one={one} state={state} />
                <span className={styles.where}>
                  {[one.conversation.queue?.name, one.conversation.agent?.name].filter(Boolean).join(' · ')}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function What({ one, state }: { readonly one: ListedRecording; readonly state: FaultyState }) {
  const { t } = useTranslation();
  const words = useErasedWords();
  const { hold, erased } = one;
  if (state === 'held' && hold != null) {
    return (
      <>
        {hold.reason}
        <span className={styles.quiet}>
          {hold.by.name} · <Moment atUs={hold.at_us} />
        </span>
      </>
    );
  }
  if (state === 'erased' && erased != null) {
    return (
      <>
        {words(erased)}
        <span className={styles.quiet}>
          <Moment atUs={erased.at_us} />
          {erased.reason == null ? null : ` · ${erased.reason}`}
        </span>
      </>
    );
  }
  if (one.fault != null) return t(`story.recording_failed.${one.fault}`);
  return t(state === 'missing' ? 'conversations.keep.missing' : 'conversations.faulty.unknown');
}
