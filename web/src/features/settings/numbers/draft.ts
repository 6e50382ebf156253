import type { NewNumber, PhoneNumber } from '@/api/types';

export type Draft = Pick<NewNumber, 'number' | 'name' | 'flow_id' | 'language'> & {
  /** Of a new number only: the others have it in the list. Empty is the head office. */
  readonly site: string;
  /** The same; empty is always open. */
  readonly calendar: string;
};

/** What is typed: that of a number, or of a new one with this flow and language. */
export function draftOf(number: PhoneNumber | null, flow_id: string, language: NewNumber['language']): Draft {
  if (number === null) return { number: '', name: '', flow_id, language, site: '', calendar: '' };
  const { name, language: spoken } = number;
  return { number: number.number, name, flow_id: number.flow_id, language: spoken, site: '', calendar: '' };
}

/** What is asked for a new number. */
export function newNumber({ site, calendar, ...asked }: Draft): NewNumber {
  return {
    ...asked,
    ...(site === '' ? {} : { site_id: site }),
    ...(calendar === '' ? {} : { calendar_id: calendar }),
  };
}
