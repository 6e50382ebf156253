import { expect, test } from 'vitest';
import type { PhoneNumber } from '@/api/types';
import { draftOf, newNumber } from './draft';

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
    site: '',
    calendar: '',
    answer: 'with_agent',
  });
});

test('a new number begins with the first flow and the language asked for', () => {
  const rest = { answer: 'at_once', site: '', calendar: '' } as const;
  const draft = { number: '', name: '', flow_id: 'flw_9', language: 'en', ...rest } as const;
  expect(draftOf(null, 'flw_9', 'en')).toEqual(draft);
});

test('site and hours are asked for only when they were chosen', () => {
  const asked = {
    number: '4008001000',
    name: 'Hotline',
    flow_id: 'flw_1',
    language: 'zh',
    answer: 'with_agent',
  } as const;
  expect(newNumber({ ...asked, site: '', calendar: '' })).toEqual(asked);
  expect(newNumber({ ...asked, site: 'sit_2', calendar: 'cal_1' })).toEqual({
    ...asked,
    site_id: 'sit_2',
    calendar_id: 'cal_1',
  });
});
