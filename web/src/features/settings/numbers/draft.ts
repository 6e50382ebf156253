import type { NewNumber, PhoneNumber } from '@/api/types';

export type Draft = Pick<NewNumber, 'number' | 'name' | 'flow_id' | 'language'> &
  Pick<PhoneNumber, 'answer'> & {
    /** Of a new number only: the others have it in the list. Empty is the head office. */
    readonly site: string;
    /** The same; empty is always open. */
    readonly calendar: string;
  };

/** What is typed: that of a number, or of a new one with this flow and language. */
export function draftOf(number: PhoneNumber | null, flow_id: string, language: NewNumber['language']): Draft {
  if (number === null) return { number: '', name: '', flow_id, language, answer: 'at_once', site: '', calendar: '' };
  const { number: digits, name, flow_id: flow, language: spoken, answer } = number;
  return { number: digits, name, flow_id: flow, language: spoken, answer, site: '', calendar: '' };
}

/** What is asked for a new number. */
export function newNumber({ site, calendar, ...asked }: Draft): NewNumber {
  return {
    ...asked,
    ...(site === '' ? {} : { site_id: site }),
    ...(calendar === '' ? {} : { calendar_id: calendar }),
  };
}
