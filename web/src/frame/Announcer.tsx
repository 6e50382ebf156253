import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Parked } from '@/api/types';
import { useMeState } from '@/parts/live';
import { useCallerName } from '@/parts/useCallerName';
import { useHandOver } from '@/parts/useHandOver';

/** The one live region for ringing, and the title of a page in the background. */
export function Announcer() {
  const { t } = useTranslation();
  const offer = useMeState()?.offers[0];
  const who = useCallerName(offer?.conversation);
  const from = useHandOver(offer) ?? t('desk.offer.from_queue', { queue: offer?.queue?.name ?? '' });
  useEffect(() => {
    document.title = offer === undefined ? t('frame.product') : `● ${t('desk.offer.document', { who })}`;
  }, [offer, who, t]);
  return (
    <div className="unseen" role="alert" aria-live="assertive">
      {offer === undefined ? null : t('desk.offer.announce', { who, from })}
    </div>
  );
}

/** Says once that a customer was parked, and is silent when an older one is left over. */
export function ParkedAnnouncer() {
  const { t } = useTranslation();
  const parked = useMeState()?.parked ?? [];
  const newest = parked.at(-1);
  const [told, setTold] = useState<Parked | null>(null);
  if (newest !== undefined && newest.since_at_us > (told?.since_at_us ?? 0)) setTold(newest);
  const isThere = parked.some((one) => one.conversation_id === told?.conversation_id);
  return (
    <div className="unseen" role="status" aria-live="polite">
      {told !== null && isThere ? t('desk.parked.announce', { who: told.customer_label, name: told.by.name }) : null}
    </div>
  );
}
