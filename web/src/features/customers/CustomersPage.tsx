import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { customers } from '@/api/customers';
import type { Customer } from '@/api/types';
import { looksLikeNumber, readableNumber } from '@/lib/phone';
import { Vip } from '@/parts/Caller';
import { QueryView } from '@/parts/QueryView';
import { CallCell } from '@/parts/RowCall';
import { useMay } from '@/parts/session';
import { Moment } from '@/parts/Times';
import { Whence } from '@/parts/Whence';
import { paths } from '@/paths';
import { Blank } from '@/ui/Blank';
import { Icon } from '@/ui/icons';
import { Page } from '@/ui/Page';
import table from '@/ui/table.module.css';
import styles from './Customers.module.css';

const TYPING_PAUSE_MS = 250;

export function CustomersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useMay('customers.write');
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  const [typed, setTyped] = useState(asked);

  useEffect(() => {
    if (typed === asked) return;
    const timer = setTimeout(() => setSearch(typed === '' ? {} : { q: typed }, { replace: true }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, asked, setSearch]);

  const query = useInfiniteQuery({
    queryKey: ['customers', 'list', asked],
    queryFn: ({ pageParam }) =>
      customers.list(asked === '' ? {} : looksLikeNumber(asked) ? { number: asked } : { query: asked }, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const create = mayWrite ? (
    <Button
      type="primary"
      icon={<Icon name="plus" size={16} />}
      onClick={() => void navigate(paths.newCustomer(looksLikeNumber(asked) ? asked : undefined))}
    >
      {t('customers.new')}
    </Button>
  ) : null;
  return (
    <Page
      title={t('customers.title')}
      after={
        <>
          <Input
            className={styles.search}
            prefix={<Icon name="search" size={16} />}
            placeholder={t('customers.search')}
            aria-label={t('customers.search')}
            allowClear
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            data-testid="customers-search"
          />
          {create}
        </>
      }
    >
      <QueryView query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return asked === '' ? (
              <Blank title={t('customers.empty_title')} action={create}>
                {t('customers.empty_body')}
              </Blank>
            ) : (
              <Blank title={t('customers.none_title', { text: asked })} action={create}>
                {t('customers.none_body')}
              </Blank>
            );
          }
          return (
            <>
              <CustomerTable items={items} />
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

function CustomerTable({ items }: { readonly items: readonly Customer[] }) {
  const { t } = useTranslation();
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th style={{ width: '30%' }}>{t('customers.columns.name')}</th>
            <th style={{ width: '26%' }}>{t('customers.columns.numbers')}</th>
            <th className={styles.company}>{t('customers.columns.company')}</th>
            <th className={styles.updated}>{t('customers.columns.updated')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id} data-testid="customer-row">
              <td>
                <span className={styles.name}>
                  <Link className={table.cover} to={paths.customer(one.id)} title={one.name}>
                    {one.name}
                  </Link>
                  {one.level === 'vip' ? <Vip /> : null}
                </span>
              </td>
              <td title={one.numbers.map((each) => each.number).join(t('common.list.separator'))}>
                <CallCell number={one.numbers[0]?.number}>
                  {one.numbers[0] === undefined ? null : readableNumber(one.numbers[0].number)}
                  <> </>
                  <Whence of={one.numbers[0]?.location} />
                  {one.numbers.length > 1 ? <span className={table.quiet}> +{one.numbers.length - 1}</span> : null}
                </CallCell>
              </td>
              <td className={styles.company} title={one.company ?? undefined}>
                {one.company}
              </td>
              <td className={styles.updated}>
                <Moment atUs={one.updated_at_us} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
