import { useTranslation } from 'react-i18next';
import type { RecordingErasure } from '@/api/recordings';

/** Why a recording is gone, and by whom. */
export function useErasedWords(): (erased: RecordingErasure) => string {
  const { t } = useTranslation();
  return ({ cause, by }) => {
    if (cause === 'retention') return t('conversations.keep.erased_why.retention');
    return by == null
      ? t('conversations.keep.erased_why.request')
      : t('conversations.keep.erased_why.by', { name: by.name });
  };
}
