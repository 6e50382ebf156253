import type { Site, SiteRow } from '@/api/sites';
import { id } from './data';

const site = (n: number, name: string, more: Partial<Site>): Site => ({
  id: id('sit', n),
  name,
  time_zone: 'Asia/Shanghai',
  address_ranges: [],
  calls_max: null,
  codecs: ['pcma', 'pcmu'],
  devices: 0,
  users: 0,
  numbers: 0,
  version: 1,
  ...more,
});

let sites: Site[] = [
  site(1, '总部', { devices: 1, users: 6, numbers: 2 }),
  site(2, '天河店', {
    address_ranges: ['10.8.0.0/24', '10.8.4.0/23', 'fd12:3456:789a:1::/64'],
    calls_max: 30,
    devices: 4,
    users: 3,
    numbers: 1,
    version: 4,
  }),
  site(3, '新疆维吾尔自治区乌鲁木齐市高新技术产业开发区经销商', {
    time_zone: 'Asia/Urumqi',
    address_ranges: ['10.9.0.0/24'],
    calls_max: 8,
    codecs: ['pcma'],
    devices: 2,
  }),
  site(4, '筹备中的番禺店', {}),
];

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const fault = (field: string, code: string): Answer => ({
  status: 422,
  body: { code: 'validation', fields: [{ field, code }] },
});

/** Answers for sites; one that is called like another is taken, and a range without a length is malformed. */
export function sitesRoute(method: string, path: string, body: Record<string, unknown>, empty: boolean): Answer {
  const which = path.split('/')[2];
  if (method === 'GET') return { status: 200, body: { items: empty ? sites.slice(0, 1) : sites, next_cursor: null } };
  const known = sites.find((one) => one.id === which);
  if (method === 'DELETE') {
    if (known !== undefined && known.devices + known.users + known.numbers > 0)
      return { status: 409, body: { code: 'in_use' } };
    sites = sites.filter((one) => one !== known);
    return { status: 204, body: null };
  }
  const wanted = body as unknown as Site;
  if (sites.some((one) => one.name === wanted.name && one !== known)) return fault('name', 'taken');
  const bad = wanted.address_ranges.findIndex((one) => !/^[\da-f.:]+\/\d+$/.test(one));
  if (bad !== -1) return fault(`address_ranges.${String(bad)}`, 'malformed');
  if (known === undefined) {
    sites = [...sites, site(10 + sites.length, wanted.name, wanted)];
    return { status: 201, body: sites.at(-1) };
  }
  if (wanted.version !== known.version) return { status: 409, body: { code: 'conflict' } };
  const after = { ...known, ...wanted, version: known.version + 1 };
  sites = sites.map((one) => (one === known ? after : one));
  return { status: 200, body: after };
}

const startedUs = Date.now() * 1000;
const LINKS: readonly SiteRow['link'][] = ['up', 'up', 'down', 'none'];

/** The sites as the floor has them: one is full, one is lost, one never had a phone. */
export const siteRows = (): SiteRow[] =>
  sites.map((one, n) => ({
    id: one.id,
    name: one.name,
    link: LINKS[n] ?? 'none',
    since_at_us: startedUs - 751_000_000,
    registered: LINKS[n] === 'up' ? one.devices : 0,
    devices: one.devices,
    calls: LINKS[n] === 'up' ? (one.calls_max ?? 11) : 0,
    calls_max: one.calls_max,
  }));
