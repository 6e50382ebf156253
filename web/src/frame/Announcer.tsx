import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
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
