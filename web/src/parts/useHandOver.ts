import { useTranslation } from 'react-i18next';
import type { Offer } from '@/api/types';

/** Who hands the customer over and why, or that nobody took them; null for a customer of a queue. */
export function useHandOver(offer: Offer | undefined): string | null {
  const { t } = useTranslation();
  if (offer?.reason === 'returned') return t('desk.offer.returned');
  if (offer?.reason !== 'transferred') return null;
  const name = offer.transfer?.from.name ?? t('story.somebody');
  const reason = offer.transfer?.reason;
  return reason == null
    ? t('desk.offer.transferred', { name })
    : t('desk.offer.transferred_why', { name, reason: t(`desk.transfer.reason.${reason}`) });
}
