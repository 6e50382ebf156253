import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { conversations } from '@/api/conversations';
import { ConversationRow } from '@/parts/ConversationRow';
import { Skeleton } from '@/ui/Skeleton';
import styles from './CustomerPane.module.css';

interface EarlierConversationsProps {
  readonly customerId: string;
  readonly except: string;
}

export function EarlierConversations({ customerId, except }: EarlierConversationsProps) {
  const { t } = useTranslation();
  const { data, isPending, isError } = useQuery({
    queryKey: ['conversations', 'of', customerId],
    queryFn: () => conversations.list({ customer_id: customerId }, undefined, 20),
  });
  const earlier = data?.items.filter((one) => one.id !== except) ?? [];
  return (
    <section className={styles.earlier} aria-label={t('desk.pane.earlier')}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{t('desk.pane.earlier')}</h2>
      </div>
      {isPending ? <Skeleton rows={3} height={44} /> : null}
      {isError ? <p className={styles.none}>{t('errors.list')}</p> : null}
      {data !== undefined && earlier.length === 0 ? (
        <p className={styles.none}>{t('desk.pane.earlier_empty')}</p>
      ) : null}
      {earlier.map((conversation) => (
        <ConversationRow key={conversation.id} conversation={conversation} showWho={false} />
      ))}
    </section>
  );
}
