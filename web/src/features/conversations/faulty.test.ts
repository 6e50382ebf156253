import { describe, expect, it } from 'vitest';
import { faultyAsked } from './faulty';

const asked = (query: string) => faultyAsked(new URLSearchParams(query), 'Asia/Shanghai');
const us = (day: string): number => Date.parse(`${day}T00:00:00+08:00`) * 1000;

describe('which recordings are asked for', () => {
  it.each([
    ['', { state: 'failed' }],
    ['state=held', { state: 'held' }],
    ['state=live', { state: 'failed' }],
    ['state=missing&from=yesterday&to=', { state: 'missing' }],
    ['from=2026-11-99', { state: 'failed' }],
    ['from=2026-11-01', { state: 'failed', from_us: us('2026-11-01') }],
    [
      'state=erased&from=2026-11-01&to=2026-11-30',
      { state: 'erased', from_us: us('2026-11-01'), to_us: us('2026-12-01') },
    ],
  ])('%s', (query, wanted) => {
    expect(asked(query)).toEqual(wanted);
  });
});
