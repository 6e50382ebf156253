import { describe, expect, it } from 'vitest';
import { momentFormat } from './moment';

const AT_US = Date.UTC(2026, 10, 23, 6, 3, 27, 42) * 1000;
const DAY_US = 86_400_000_000;

describe('momentFormat', () => {
  it.each([
    ['zh-CN', 'Asia/Shanghai', '2026-11-23 14:03:27.042 GMT+8'],
    ['en-GB', 'Asia/Shanghai', '2026-11-23 14:03:27.042 GMT+8'],
    ['en-GB', 'UTC', '2026-11-23 06:03:27.042 UTC'],
  ])('%s in %s is exactly %s', (locale, zone, text) => expect(momentFormat(locale, zone).exact(AT_US)).toBe(text));

  it('leaves out the day when it is today there, whatever the day is elsewhere', () => {
    const format = momentFormat('en-GB', 'Asia/Shanghai');
    expect(format.when(AT_US, AT_US + 9 * 3_600_000_000)).toBe('14:03');
    expect(format.when(AT_US, AT_US + 10 * 3_600_000_000)).toContain('23 Nov');
    expect(format.when(AT_US, AT_US + 60 * DAY_US)).toContain('2026');
  });
});
