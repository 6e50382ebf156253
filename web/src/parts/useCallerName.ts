import { useTranslation } from 'react-i18next';
import type { Brief } from '@/api/types';
import { readableNumber } from '@/lib/phone';

/** Name, else number, else a word for a withheld one. */
export function useCallerName(brief: Pick<Brief, 'customer' | 'from'> | undefined): string {
  const { t } = useTranslation();
  if (brief === undefined) return '';
  if (brief.customer != null) return brief.customer.name;
  return brief.from == null || brief.from === '' ? t('common.withheld') : readableNumber(brief.from);
}
