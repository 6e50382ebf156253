import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { quality } from '@/api/quality';
import type { ConversationDetail } from '@/api/types';
import styles from './SoundStrip.module.css';
import { withEnds } from './strips';
import { SwimLanes } from './SwimLanes';

/** A leg is rated every ten seconds. */
const RATED_EVERY_MS = 10_000;

interface CourseProps {
  readonly detail: ConversationDetail;
  readonly nowUs: number;
  readonly playedUs: number | null;
  onPick(atUs: number): void;
}

/** Who was where, when, and how it sounded. */
export function Course({ detail, ...lanes }: CourseProps) {
  const { t } = useTranslation();
  const live = detail.state === 'live';
  const query = useQuery({
    // What is over is read once more: the last legs are kept when they have left.
    queryKey: ['conversation-quality', detail.id, detail.state],
    queryFn: () => quality.ofConversation(detail.id),
    refetchInterval: live ? RATED_EVERY_MS : false,
  });
  const legs = query.data?.legs ?? [];
  const nothing = query.isSuccess && !live && legs.every((leg) => leg.samples.length === 0);
  return (
    <>
      <SwimLanes events={detail.timeline} sound={withEnds(legs, detail.legs)} {...lanes} />
      {legs.some((leg) => leg.samples.length > 0) ? <p className={styles.note}>{t('sound.legend')}</p> : null}
      {nothing ? <p className={styles.note}>{t('sound.nothing')}</p> : null}
    </>
  );
}
