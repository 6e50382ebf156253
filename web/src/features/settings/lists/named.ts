import type { NumberListEntry } from '@/api/lists';
import { readableNumber } from '@/lib/phone';

/** What an entry stands for as people read it: a number, how numbers begin, or the name of an area. */
export function named(
  { kind, value, area }: Pick<NumberListEntry, 'kind' | 'value' | 'area'>,
  language: string,
): string {
  if (kind !== 'area') return readableNumber(value);
  // An area that the data does not know any more is told as it was put in.
  return area === null ? value : language === 'zh' ? area.zh : area.en;
}
