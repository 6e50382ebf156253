import { expect, test } from 'vitest';
import type { PhoneNumber } from '@/api/types';
import { changed, draftOf } from './draft';

const NUMBER: PhoneNumber = {
  id: 'num_1',
  number: '4008001000',
  name: 'Hotline',
  flow_id: 'flw_1',
  language: 'zh',
  calendar_id: null,
  site_id: 'sit_1',
  version: 3,
};

test('only what was typed is sent, so that what others changed meanwhile stays', () => {
  const draft = draftOf(NUMBER, 'flw_9', 'en');
  expect(changed(draft, NUMBER)).toEqual({});
  expect(changed({ ...draft, name: 'Sales' }, NUMBER)).toEqual({ name: 'Sales' });
  expect(changed({ ...draft, language: 'en' }, { ...NUMBER, flow_id: 'flw_2' })).toEqual({
    flow_id: 'flw_1',
    language: 'en',
  });
});

test('a new number begins with the first flow and the language asked for', () => {
  expect(draftOf(null, 'flw_9', 'en')).toEqual({ number: '', name: '', flow_id: 'flw_9', language: 'en' });
});
