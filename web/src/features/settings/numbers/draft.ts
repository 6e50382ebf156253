import type { NewNumber, PhoneNumber } from '@/api/types';

export type Draft = Pick<NewNumber, 'number' | 'name' | 'flow_id' | 'language'> & Pick<PhoneNumber, 'answer'>;

/** What is typed: that of a number, or of a new one with this flow and language. */
export function draftOf(number: PhoneNumber | null, flow_id: string, language: NewNumber['language']): Draft {
  if (number === null) return { number: '', name: '', flow_id, language, answer: 'at_once' };
  const { number: digits, name, flow_id: flow, language: spoken, answer } = number;
  return { number: digits, name, flow_id: flow, language: spoken, answer };
}
