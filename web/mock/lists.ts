import type {
  EntryChange,
  NewEntry,
  NumberArea,
  NumberCheck,
  NumberList,
  NumberListEntry,
  ScreeningPolicy,
} from '@/api/lists';
import { id } from './data';

const DAY_MS = 86_400_000;
const at = (days: number): number => Math.round((Date.now() + days * DAY_MS) * 1_000);

const AREAS: readonly NumberArea[] = [
  { value: 'CN', name: { zh: '中国', en: 'China' } },
  { value: 'CN/广东', name: { zh: '广东', en: 'Guangdong' } },
  { value: 'CN/广东/深圳', name: { zh: '广东深圳', en: 'Shenzhen, Guangdong' } },
  { value: 'US', name: { zh: '美国', en: 'United States' } },
];

const areaOf = (kind: NumberListEntry['kind'], value: string): NumberListEntry['area'] =>
  kind === 'area' ? (AREAS.find((one) => one.value === value)?.name ?? null) : null;

const entry = (
  n: number,
  list: NumberList,
  value: string,
  note: string | null,
  days: number | null,
  kind: NumberListEntry['kind'] = 'number',
): NumberListEntry => ({
  id: id('lse', n),
  list,
  kind,
  value,
  area: areaOf(kind, value),
  note,
  expires_at_us: days === null ? null : at(days),
  created_at_us: at(-n * 1.3),
  created_by: n === 3 ? null : { id: id('usr', 8), name: '孙丽' },
});

let entries: NumberListEntry[] = [
  entry(1, 'block', '13266668888', '多次辱骂坐席', 6.99),
  entry(2, 'block', '1700', '虚拟运营商推销，开头整段拦截；投诉单 2026-0311 之后每周复核一次', null, 'prefix'),
  entry(3, 'block', '02156781234', null, 0.02),
  entry(4, 'block', '+85223456789', '冒充客服', 29.5),
  entry(7, 'block', 'US', null, null, 'area'),
  entry(5, 'allow', '17001234567', '合作快递的客服热线', null),
  entry(6, 'vip', '13800138000', '年度大客户，采购总监', null),
];

let policy: ScreeningPolicy = {
  version: 3,
  block: { action: 'refuse', flow_id: null },
  anonymous: { action: 'flow', flow_id: id('flw', 2) },
  nuisance: {
    on: true,
    calls: 5,
    within_minutes: 10,
    shorter_than_s: 10,
    for_minutes: 60,
    action: 'refuse',
    flow_id: null,
  },
  dead_air: { on: false, after_s: 30, action: 'end', flow_id: null },
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const fault = (field: string, code: string): Answer => ({
  status: 422,
  body: { code: 'validation', fields: [{ field, code }] },
});

/** Answers for the lists of numbers and for what is done about callers nobody wants. */
export function listsRoute(
  method: string,
  path: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
  empty: boolean,
): Answer {
  const [, kind, which] = path.split('/');
  if (kind === 'screening-policy') {
    if (method === 'PUT') policy = { ...(body as unknown as ScreeningPolicy), version: policy.version + 1 };
    return { status: 200, body: policy };
  }
  if (which === 'areas') return { status: 200, body: { items: AREAS, next_cursor: null } };
  if (which === 'check') return { status: 200, body: checked(String(body.number)) };
  if (method === 'POST') return added(body as unknown as NewEntry);
  const known = entries.find((one) => one.id === which);
  if (method === 'DELETE') {
    entries = entries.filter((one) => one.id !== which);
    return { status: 204, body: null };
  }
  if (method === 'PATCH' && known !== undefined) {
    const after = { ...known, ...(body as EntryChange) };
    entries = entries.map((one) => (one.id === which ? after : one));
    return { status: 200, body: after };
  }
  const q = query.get('q') ?? '';
  const items = empty
    ? []
    : entries.filter((one) => one.list === query.get('list') && `${one.value} ${one.note ?? ''}`.includes(q));
  return { status: 200, body: { items, next_cursor: null } };
}

export function blockCaller(number: string, body: Record<string, unknown>): Answer {
  const days = typeof body.days === 'number' ? at(body.days) : null;
  const note = typeof body.note === 'string' ? body.note : null;
  return added({ list: 'block', kind: 'number', value: number, note, expires_at_us: days });
}

function added(wanted: NewEntry): Answer {
  const area = areaOf(wanted.kind, wanted.value);
  const isRead = wanted.kind === 'area' ? area !== null : /^\+?[\d\s-]{3,}$/.test(wanted.value);
  if (!isRead) return fault('value', 'malformed');
  if (wanted.list === 'block' && wanted.value === 'CN') return fault('value', 'own_country');
  if (wanted.value === '110') return fault('value', 'emergency_number');
  if (entries.some((one) => one.value === wanted.value && one.list === wanted.list)) return fault('value', 'taken');
  const made: NumberListEntry = {
    ...wanted,
    area,
    note: wanted.note ?? null,
    expires_at_us: wanted.expires_at_us ?? null,
    id: id('lse', 50 + entries.length),
    created_at_us: at(0),
    created_by: { id: id('usr', 1), name: '陈静' },
  };
  entries = [made, ...entries];
  return { status: 201, body: made };
}

function checked(typed: string): NumberCheck {
  const number = typed.replace(/[\s-]/g, '');
  if (number === '') {
    const { action } = policy.anonymous;
    const outcome = action === 'accept' ? 'accepted' : action === 'refuse' ? 'refused' : 'diverted';
    return { normalised: '', entry: null, outcome, reason: action === 'accept' ? null : 'anonymous', vip: false };
  }
  const fits = (list: NumberList) =>
    entries
      .filter(
        (one) => one.list === list && (one.kind === 'number' ? one.value === number : number.startsWith(one.value)),
      )
      .sort((a, b) => b.value.length - a.value.length)[0];
  const [block, allow, vip] = [fits('block'), fits('allow'), fits('vip')];
  const blocked = block !== undefined && block.value.length > (allow?.value.length ?? 0);
  return {
    normalised: `+86${number}`,
    entry: (blocked ? block : allow) ?? vip ?? null,
    outcome: blocked ? 'refused' : 'accepted',
    reason: blocked ? 'block_list' : null,
    vip: vip !== undefined,
  };
}
