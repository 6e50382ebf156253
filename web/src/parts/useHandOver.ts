import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { conversations } from '@/api/conversations';
import type { Offer } from '@/api/types';
import { wasParked } from './story/transfer';

/** Why a customer comes who is not simply next in a queue: handed over, asked about, parked, chosen for; null for one who is. */
export function useHandOver(offer: Offer | undefined): string | null {
  const { t } = useTranslation();
  const isBackFromPark = useIsBackFromPark(offer);
  if (offer?.reason === 'returned') return isBackFromPark ? t('desk.offer.unparked') : t('desk.offer.returned');
  if (offer?.reason === 'came_back') return t('desk.offer.came_back');
  if (offer?.reason === 'assigned') return t('desk.offer.assigned');
  if (offer?.reason !== 'transferred' && offer?.reason !== 'consulted' && offer?.reason !== 'picked_up') return null;
  const name = offer.transfer?.from.name ?? t('common.somebody');
  if (offer.transfer?.kind === 'conference') return t('desk.offer.conference', { name });
  const reason = offer.transfer?.reason;
  return reason == null
    ? t(`desk.offer.${offer.reason}`, { name })
    : t(`desk.offer.${offer.reason}_why`, { name, reason: t(`desk.transfer.reason.${reason}`) });
}

/** The offer does not say from where a customer comes back; the conversation does. */
function useIsBackFromPark(offer: Offer | undefined): boolean {
  const id = offer?.conversation.id ?? '';
  const { data } = useQuery({
    queryKey: ['conversation', id],
    queryFn: () => conversations.detail(id),
    enabled: offer?.reason === 'returned',
  });
  return data !== undefined && wasParked(data.timeline);
}
