import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { conversations } from '@/api/conversations';
import { ConversationRow } from '@/parts/ConversationRow';
import { CustomerCard } from '@/parts/customer/CustomerCard';
import { useCustomer } from '@/parts/customer/queries';
import { QueryView } from '@/parts/QueryView';
import { BackLink } from '@/parts/BackLink';
import { paths } from '@/paths';
import { Page } from '@/ui/Page';
import table from '@/ui/table.module.css';
import styles from './Customers.module.css';

export function CustomerPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const query = useCustomer(id);
  return (
    <Page title={t('customers.profile')} before={<BackLink to={paths.customers} label={t('customers.title')} />}>
      <QueryView query={query} rows={4}>
        {(customer) => (
          <div className={styles.columns}>
            <div className={styles.panel}>
              <CustomerCard key={customer.id} customer={customer} />
            </div>
            <History customerId={customer.id} />
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function History({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: ['conversations', 'list', { customer_id: customerId }],
    queryFn: ({ pageParam }) => conversations.list({ customer_id: customerId }, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  return (
    <section aria-label={t('customers.history')}>
      <h2 className={styles.heading}>{t('customers.history')}</h2>
      <div className={styles.list}>
        <QueryView query={query} rows={5} rowHeight={46}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <p className={styles.quiet}>{t('desk.pane.earlier_empty')}</p>;
            return items.map((one) => <ConversationRow key={one.id} conversation={one} showWho={false} />);
          }}
        </QueryView>
      </div>
      {query.hasNextPage ? (
        <div className={table.more}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
