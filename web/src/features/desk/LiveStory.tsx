import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { conversations } from '@/api/conversations';
import { useSession } from '@/parts/session';
import { LazyStory } from '@/parts/story/LazyStory';
import { paths } from '@/paths';
import { Skeleton } from '@/ui/Skeleton';
import styles from './CustomerPane.module.css';

/** Events of the caller's side do not pass the agent's own stream. */
const REFRESH_MS = 4_000;

interface LiveStoryProps {
  readonly conversationId: string;
  readonly live: boolean;
}

/** The conversation as it happens: read again whenever the agent's stream moves. */
export function LiveStory({ conversationId, live }: LiveStoryProps) {
  const { t } = useTranslation();
  const { onUpdate } = useSession();
  const cache = useQueryClient();
  const { data, isPending, isError } = useQuery({
    queryKey: ['conversation', conversationId],
    queryFn: () => conversations.detail(conversationId),
    refetchInterval: live ? REFRESH_MS : false,
  });
  useEffect(
    () =>
      onUpdate((update) => {
        if (update.topic === 'me') void cache.invalidateQueries({ queryKey: ['conversation', conversationId] });
      }),
    [onUpdate, cache, conversationId],
  );
  return (
    <section className={styles.section} aria-label={t('desk.pane.conversation')}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{t('desk.pane.conversation')}</h2>
        <Link className={styles.link} to={paths.conversation(conversationId)}>
          {t('desk.pane.open')}
        </Link>
      </div>
      {isPending ? <Skeleton rows={4} height={28} /> : null}
      {isError && data === undefined ? <p className={styles.none}>{t('errors.page')}</p> : null}
      {data === undefined ? null : <LazyStory events={data.timeline} />}
    </section>
  );
}
