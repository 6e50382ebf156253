import { useTranslation } from 'react-i18next';
import type { Offer } from '@/api/types';

/** Who hands the customer over or asks about them, and why, or that nobody took them; null for a customer of a queue. */
export function useHandOver(offer: Offer | undefined): string | null {
  const { t } = useTranslation();
  if (offer?.reason === 'returned') return t('desk.offer.returned');
  if (offer?.reason !== 'transferred' && offer?.reason !== 'consulted') return null;
  const name = offer.transfer?.from.name ?? t('story.somebody');
  const reason = offer.transfer?.reason;
  return reason == null
    ? t(`desk.offer.${offer.reason}`, { name })
    : t(`desk.offer.${offer.reason}_why`, { name, reason: t(`desk.transfer.reason.${reason}`) });
}
