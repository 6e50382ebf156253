import { useTranslation } from 'react-i18next';
import type { MeState } from '@/api/types';
import { readableNumber } from '@/lib/phone';

type DeskPhone = MeState['agent']['telephones'][number];

/** What a phone is called on its agent's own desk: a number outside is read as people say it. */
export function usePhoneName(): (phone: DeskPhone) => string {
  const { t } = useTranslation();
  return (phone) =>
    phone.kind === 'mobile' ? t('desk.phone.mobile.name', { number: readableNumber(phone.name) }) : phone.name;
}
