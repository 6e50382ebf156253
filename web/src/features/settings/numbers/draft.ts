import type { NewNumber, PhoneNumber } from '@/api/types';

export type Draft = Pick<NewNumber, 'number' | 'name' | 'flow_id' | 'language'>;

const CHANGEABLE = ['name', 'flow_id', 'language'] as const;

/** What is typed: that of a number, or of a new one with this flow and language. */
export function draftOf(number: PhoneNumber | null, flow_id: string, language: NewNumber['language']): Draft {
  if (number === null) return { number: '', name: '', flow_id, language };
  return { number: number.number, name: number.name, flow_id: number.flow_id, language: number.language };
}

/** What was typed over a number, and nothing that stayed. */
export function changed(draft: Draft, base: PhoneNumber): Partial<Omit<Draft, 'number'>> {
  const fields = CHANGEABLE.filter((field) => draft[field] !== base[field]);
  return Object.fromEntries(fields.map((field) => [field, draft[field]]));
}
