import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { settings } from '@/api/settings';
import type { BilingualName } from '@/api/types';
import { useMay } from './session';

const NO_NAMES: readonly BilingualName[] = [];
const RARELY_MS = 5 * 60_000;

interface Names {
  readonly items: readonly BilingualName[];
}

const inUse = ({ items }: Names): readonly BilingualName[] => items.filter((item) => item.active);
const whole = ({ items }: Names): readonly BilingualName[] => items;

function useNotReadyReasons(select: (names: Names) => readonly BilingualName[]): readonly BilingualName[] {
  const may = useMay('settings.read');
  const { data } = useQuery({
    queryKey: ['not-ready-reasons'],
    queryFn: () => settings.notReadyReasons(),
    staleTime: RARELY_MS,
    enabled: may,
    select,
  });
  return data ?? NO_NAMES;
}

/** The reasons to choose from. */
export const useReasons = (): readonly BilingualName[] => useNotReadyReasons(inUse);

/** The outcomes to choose from. */
export function useDispositions(): { readonly items: readonly BilingualName[]; readonly loaded: boolean } {
  const may = useMay('settings.read');
  const { data } = useQuery({
    queryKey: ['dispositions'],
    queryFn: () => settings.dispositions(),
    staleTime: RARELY_MS,
    enabled: may,
    select: inUse,
  });
  return { items: data ?? NO_NAMES, loaded: data !== undefined };
}

/** The reason's name in the chosen language. */
export function useReasonName(id: string | null | undefined): string | null {
  const { i18n } = useTranslation();
  const reason = useNotReadyReasons(whole).find((one) => one.id === id);
  if (reason === undefined) return null;
  return i18n.language === 'zh' ? reason.name_zh : reason.name_en;
}
