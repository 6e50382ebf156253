import { expect, test } from 'vitest';
import type { PhoneNumber } from '@/api/types';
import { draftOf } from './draft';

const NUMBER: PhoneNumber = {
  id: 'num_1',
  number: '4008001000',
  name: 'Hotline',
  flow_id: 'flw_1',
  language: 'zh',
  calendar_id: null,
  site_id: 'sit_1',
  answer: 'with_agent',
  version: 3,
};

test('what is typed begins as the number is, whatever a new one would begin with', () => {
  expect(draftOf(NUMBER, 'flw_9', 'en')).toEqual({
    number: '4008001000',
    name: 'Hotline',
    flow_id: 'flw_1',
    language: 'zh',
    answer: 'with_agent',
  });
});

test('a new number begins with the first flow and the language asked for', () => {
  expect(draftOf(null, 'flw_9', 'en')).toEqual({
    number: '',
    name: '',
    flow_id: 'flw_9',
    language: 'en',
    answer: 'at_once',
  });
});
