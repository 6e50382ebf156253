import { describe, expect, it } from 'vitest';
import type { SiteRow } from '@/api/sites';
import { lineOf, sitesByNeed } from './lines';

const trunk = {
  id: 'trk_1',
  name: 'Carrier',
  working: true,
  since: null,
  registration: null,
  registration_since: null,
  channels_in: 3,
  channels_out: 2,
  cap: {},
};

describe('what is shown of a trunk', () => {
  it.each([
    [true, 'up'],
    [false, 'down'],
    [null, 'unknown'],
  ] as const)('working %s is %s', (working, state) => expect(lineOf({ ...trunk, working }).state).toBe(state));

  it.each([
    [true, 'refused', 'unregistered', 7],
    [null, 'unreachable', 'unregistered', 7],
    [false, 'unreachable', 'down', 5],
    [null, 'registered', 'up', null],
    [true, 'asking', 'up', null],
    [null, 'asking', 'unknown', null],
  ] as const)('working %s and registration %s is %s since %s', (working, registration, state, sinceUs) =>
    expect(lineOf({ ...trunk, working, since: 5, registration, registration_since: 7 })).toMatchObject({
      state,
      sinceUs,
    }),
  );

  it('adds both directions up only where together they have a cap', () => {
    expect(lineOf(trunk).figures.map(({ name, used, cap }) => [name, used, cap])).toEqual([
      ['in', 3, null],
      ['out', 2, null],
    ]);
    const together = lineOf({ ...trunk, cap: { total: 6, outbound: 2, inbound: null } }).figures;
    expect(together.at(-1)).toEqual({ name: 'total', used: 5, cap: 6, full: false });
  });

  it('is full from the cap on', () => {
    const full = ({ channels_out }: { channels_out: number }) =>
      lineOf({ ...trunk, channels_out, cap: { outbound: 4 } }).figures[1]?.full;
    expect([3, 4, 5].map((channels_out) => full({ channels_out }))).toEqual([false, true, true]);
  });
});

describe('sites', () => {
  const site = (id: string, link: SiteRow['link'], since_at_us = 0): SiteRow => ({
    id,
    name: id,
    link,
    since_at_us,
    registered: 0,
    devices: 0,
    calls: 0,
    calls_max: null,
  });

  it('that are lost come first, the longest lost before the others; the rest keep their order', () => {
    const sites = [
      site('a', 'up'),
      site('b', 'none', 9),
      site('c', 'down', 5),
      site('d', 'up', 3),
      site('e', 'down', 2),
    ];
    expect(sitesByNeed(sites).map(({ id }) => id)).toEqual(['e', 'c', 'a', 'b', 'd']);
  });
});
