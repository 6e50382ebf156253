import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  clockOf,
  dateIn,
  minuteOf,
  monthOf,
  monthText,
  nextPart,
  rangeOf,
  startOfDayUs,
} from './hours';

describe('minutes of a day', () => {
  it.each([
    ['9', 540],
    ['09:30', 570],
    ['9:30', 570],
    ['9：30', 570],
    ['930', 570],
    ['1830', 1110],
    ['24:00', 1440],
    ['24', 1440],
    [' 0:00 ', 0],
    ['24:01', null],
    ['9:60', null],
    ['25', null],
    ['nine', null],
    ['', null],
  ])('%s is read as %s', (text, minute) => {
    expect(minuteOf(text)).toBe(minute);
  });

  it('are shown with two digits, the end of the day as 24:00', () => {
    expect([0, 570, 1440].map(clockOf)).toEqual(['00:00', '09:30', '24:00']);
    expect(rangeOf({ from_minute: 540, to_minute: 1080 })).toBe('09:00–18:00');
  });

  it('a further interval follows the last while the day lasts', () => {
    expect(nextPart([])).toEqual({ from_minute: 540, to_minute: 1080 });
    expect(nextPart([{ from_minute: 540, to_minute: 720 }])).toEqual({ from_minute: 780, to_minute: 900 });
    expect(nextPart([{ from_minute: 540, to_minute: 1350 }])).toEqual({ from_minute: 1410, to_minute: 1440 });
    expect(nextPart([{ from_minute: 540, to_minute: 1400 }])).toBeNull();
  });
});

describe('dates', () => {
  it('months go over the end of the year', () => {
    expect(monthText(addMonths({ year: 2026, month: 12 }, 1))).toBe('2027-01');
    expect(monthText(addMonths({ year: 2026, month: 1 }, -1))).toBe('2025-12');
    expect(monthOf('2026-13')).toBeNull();
    expect(monthOf(null)).toBeNull();
    expect(monthOf('2026-10')).toEqual({ year: 2026, month: 10 });
  });

  it('days go over the ends of months, leap days too', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('a date is the one of the zone', () => {
    const us = Date.parse('2026-01-04T23:30:00Z') * 1000;
    expect(dateIn('Asia/Shanghai', us)).toBe('2026-01-05');
    expect(dateIn('Europe/London', us)).toBe('2026-01-04');
  });
});

it.each([
  ['Asia/Shanghai', '2026-11-01', '2026-10-31T16:00:00Z'],
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z'],
  ['America/New_York', '2026-03-09', '2026-03-09T04:00:00Z'],
  ['Pacific/Auckland', '2026-09-27', '2026-09-26T12:00:00Z'],
  ['Pacific/Auckland', '2026-09-28', '2026-09-27T11:00:00Z'],
])('a day begins in %s: %s at %s', (zone, date, at) => {
  expect(startOfDayUs(zone, date)).toBe(Date.parse(at) * 1000);
});
