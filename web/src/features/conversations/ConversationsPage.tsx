import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type ConversationFilter, conversations } from '@/api/conversations';
import { QueryView } from '@/parts/QueryView';
import { useMay } from '@/parts/session';
import { useAgents, useQueues } from '@/parts/settings';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Page } from '@/ui/Page';
import table from '@/ui/table.module.css';
import styles from './Conversations.module.css';
import { ConversationTable } from './ConversationTable';

const LIVE_REFRESH_MS = 5_000;

/** Filters live in the address, so that a list can be sent to a colleague. */
function filterOf(search: URLSearchParams): ConversationFilter {
  const state = search.get('state');
  const entry = (name: 'queue_id' | 'agent_id' | 'customer_id', value: string | null) =>
    value === null ? {} : { [name]: value };
  return {
    ...(state === 'live' || state === 'ended' ? { state } : {}),
    ...entry('queue_id', search.get('queue')),
    ...entry('agent_id', search.get('agent')),
    ...entry('customer_id', search.get('customer')),
  };
}

export function ConversationsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const filtered = Object.keys(filter).length > 0;
  const query = useInfiniteQuery({
    queryKey: ['conversations', 'list', filter],
    queryFn: ({ pageParam }) => conversations.list(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: filter.state === 'ended' ? false : LIVE_REFRESH_MS,
  });
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <Page title={t('conversations.title')} after={<Filters search={search} onSet={set} />}>
      <QueryView query={query} rows={12}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return filtered ? (
              <Blank
                title={t('conversations.none_title')}
                action={
                  <Button onClick={() => setSearch({}, { replace: true })}>{t('conversations.filter.clear')}</Button>
                }
              >
                {t('conversations.none_body')}
              </Blank>
            ) : (
              <Blank
                title={t('conversations.empty_title')}
                action={
                  <a href={paths.visitor} target="_blank" rel="noreferrer">
                    {t('conversations.visitor')}
                  </a>
                }
              >
                {t('conversations.empty_body')}
              </Blank>
            );
          }
          return (
            <>
              <ConversationTable items={items} />
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

interface FiltersProps {
  readonly search: URLSearchParams;
  onSet(name: string, value: string | undefined): void;
}

function Filters({ search, onSet }: FiltersProps) {
  const { t } = useTranslation();
  const queues = useQueues();
  const agents = useAgents();
  const mayPlay = useMay('recordings.play');
  const mayLook = useMay('floor.supervise') && mayPlay;
  return (
    <>
      {mayLook ? (
        <Link to={paths.recordings} className={styles.look} data-testid="recordings-link">
          {t('conversations.faulty.title')}
        </Link>
      ) : null}
      <Segmented
        aria-label={t('conversations.filter.state')}
        value={search.get('state') ?? 'all'}
        options={[
          { value: 'all', label: t('common.all') },
          { value: 'live', label: t('common.conversation_state.live') },
          { value: 'ended', label: t('common.conversation_state.ended') },
        ]}
        onChange={(value) => onSet('state', value === 'all' ? undefined : value)}
      />
      <span className={styles.choices}>
        <Choice
          label={t('conversations.filter.queue')}
          placeholder={t('conversations.filter.all_queues')}
          value={search.get('queue')}
          items={queues.data?.items ?? []}
          onChange={(value) => onSet('queue', value)}
        />
        <Choice
          label={t('conversations.filter.agent')}
          placeholder={t('conversations.filter.all_agents')}
          value={search.get('agent')}
          items={agents.data?.items ?? []}
          onChange={(value) => onSet('agent', value)}
        />
      </span>
      {search.get('customer') === null ? null : (
        <Button onClick={() => onSet('customer', undefined)}>{t('conversations.filter.clear')}</Button>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | null;
  readonly items: readonly { readonly id: string; readonly name: string }[];
  onChange(value: string | undefined): void;
}

function Choice({ label, placeholder, value, items, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={placeholder}
      value={value}
      className={styles.choice}
      options={items.map((item) => ({ value: item.id, label: item.name }))}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
    />
  );
}
