import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { lists, type NumberList, type NumberListEntry } from '@/api/lists';
import { useTicking } from '@/parts/live';
import { QueryView } from '@/parts/QueryView';
import { toast } from '@/parts/toast';
import { useAction } from '@/parts/useAction';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import { Notice } from '@/ui/Notice';
import table from '@/ui/table.module.css';
import { EntryForm } from './EntryForm';
import { EntryTable } from './EntryTable';
import styles from './Lists.module.css';
import { named } from './named';
import { leftOf } from './until';

const LISTS: readonly NumberList[] = ['block', 'allow', 'vip'];
const TYPING_PAUSE_MS = 250;

/** The three lists, one at a time. Which one, and what is looked for, stand in the address. */
export function NumberLists({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const list = LISTS.find((one) => one === search.get('list')) ?? 'block';
  const asked = search.get('q') ?? '';
  const [typed, setTyped] = useState(asked);
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<NumberListEntry | null>(null);
  useEffect(() => {
    if (typed.trim() === asked) return;
    const timer = setTimeout(() => {
      const q = typed.trim();
      setSearch({ list, ...(q === '' ? {} : { q }) }, { replace: true });
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, asked, list, setSearch]);
  const show = (next: NumberList): void => {
    setAdding(false);
    setRemoved(null);
    setSearch({ list: next, ...(asked === '' ? {} : { q: asked }) }, { replace: true });
  };
  return (
    <section aria-label={t('lists.title')} data-testid="number-lists">
      <div className={styles.tools}>
        <Segmented<NumberList>
          aria-label={t('lists.title')}
          value={list}
          options={LISTS.map((one) => ({ value: one, label: t(`lists.of.${one}`) }))}
          onChange={show}
        />
        <Input
          className={styles.search}
          prefix={<Icon name="search" size={16} />}
          placeholder={t('lists.search')}
          aria-label={t('lists.search')}
          allowClear
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="lists-search"
        />
        {readOnly || adding ? null : (
          <Button
            type="primary"
            icon={<Icon name="plus" size={16} />}
            onClick={() => setAdding(true)}
            data-testid="entry-new"
          >
            {t('lists.add')}
          </Button>
        )}
      </div>
      <p className={styles.lead}>{t(`lists.means.${list}`)}</p>
      {adding ? (
        <div className={styles.panel}>
          <EntryForm key={list} list={list} entry={null} onDone={() => setAdding(false)} />
        </div>
      ) : null}
      {removed === null ? null : <Removed entry={removed} onGone={() => setRemoved(null)} />}
      <Entries list={list} asked={asked} readOnly={readOnly} onRemoved={setRemoved} />
    </section>
  );
}

/** Says what was taken off, and puts it back. */
function Removed({ entry, onGone }: { readonly entry: NumberListEntry; onGone(): void }) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const { busy, run } = useAction();
  const back = (): void =>
    run(async () => {
      const { list, kind, value, note, expires_at_us } = entry;
      await lists.add({ list, kind, value, note, expires_at_us });
      await cache.invalidateQueries({ queryKey: ['number-list'] });
      toast.good(t('lists.restored'));
      onGone();
    });
  // A masked number cannot be put back by whoever may not see it.
  const isMasked = entry.value.includes('*');
  // Neither can one that is over: the server wants an end in the future.
  const left = useTicking(
    useCallback((nowUs) => leftOf(entry.expires_at_us, nowUs / 1000).unit, [entry.expires_at_us]),
  );
  return (
    <div className={styles.removed} data-testid="entry-removed">
      <Notice
        tone="quiet"
        action={
          <span className={styles.buttons}>
            {isMasked || left === 'over' ? null : (
              <Button size="small" loading={busy} onClick={back} data-testid="entry-restore">
                {t('lists.undo')}
              </Button>
            )}
            <Button size="small" type="text" aria-label={t('lists.dismiss')} onClick={onGone}>
              <Icon name="close" size={14} />
            </Button>
          </span>
        }
      >
        {t('lists.removed', { value: named(entry, i18n.language), list: t(`lists.in.${entry.list}`) })}
      </Notice>
    </div>
  );
}

interface EntriesProps {
  readonly list: NumberList;
  readonly asked: string;
  readonly readOnly: boolean;
  onRemoved(entry: NumberListEntry): void;
}

function Entries({ list, asked, readOnly, onRemoved }: EntriesProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: ['number-list', list, asked],
    queryFn: ({ pageParam }) => lists.page(list, asked, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
  return (
    <QueryView query={query} rows={5}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items).filter((one) => one.list === list);
        if (items.length === 0 && query.isPlaceholderData) return null;
        if (items.length === 0) {
          return (
            <div className={styles.list}>
              {asked === '' ? (
                <Blank title={t(`lists.empty.${list}`)}>{t(`lists.empty_body.${list}`)}</Blank>
              ) : (
                <Blank title={t('lists.none', { text: asked })}>{t('lists.none_body')}</Blank>
              )}
            </div>
          );
        }
        return (
          <>
            <EntryTable items={items} readOnly={readOnly} onRemoved={onRemoved} />
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
  );
}
