import type { OutboundPlan, PlanRule, PlanTrial, PlanWanted } from '@/api/outbound';
import { agents, id, numbers } from './data';

const rule = (n: number, more: Partial<PlanRule>): PlanRule => ({
  id: id('drl', n),
  name: '',
  prefixes: [],
  whom: { roles: [], team_ids: [], agent_ids: [] },
  says: 'allow',
  trunk_ids: [id('trk', 1), id('trk', 2)],
  shown: 'usual',
  number_id: null,
  caps: {},
  talk_per_day_s: null,
  watched: false,
  alarm: null,
  ...more,
});

const EXPENSIVE = ['1900', '+1', '+44', '+49', '+61', '+65', '+81', '+82', '+886', '+960', '+992', '+993', '+996'];

let plan: OutboundPlan = {
  version: 7,
  emergency: ['110', '119', '120', '122'],
  country: '86',
  agent_caps: { per_minute: 30, per_day: 2000 },
  agent_alarm: { distinct: 20, within_s: 300 },
  number_id: id('num', 1),
  trunks: [
    {
      trunk_id: id('trk', 1),
      name: '电信 SIP 中继（深圳）',
      channels: { total: 60, outbound: 30, inbound: null },
      caps: { per_minute: 120, per_day: null },
      withholds: true,
      rewrites: [
        { begins: '+86', becomes: '0' },
        { begins: '+861', becomes: '1' },
      ],
    },
    {
      trunk_id: id('trk', 2),
      name: '联通备用',
      channels: { total: 30, outbound: null, inbound: null },
      caps: {},
      withholds: false,
      rewrites: [],
    },
  ],
  rules: [
    rule(1, { name: '手机', prefixes: ['1'], caps: { per_minute: 60, per_day: null } }),
    rule(2, { name: '国内长途', prefixes: ['0'], shown: 'site' }),
    rule(3, {
      name: '港澳台',
      prefixes: ['+852', '+853', '+886'],
      whom: { roles: ['supervisor'], team_ids: [], agent_ids: [id('agt', 2), id('agt', 3), id('agt', 4)] },
      talk_per_day_s: 18_000,
      watched: true,
      alarm: { distinct: 10, within_s: 600 },
    }),
    rule(4, { name: '国际与声讯台', prefixes: EXPENSIVE, says: 'deny', trunk_ids: [] }),
    rule(5, { name: '前台的本地号码', prefixes: ['2', '8'], trunk_ids: [] }),
  ],
};

let beaten = false;

/** Answers for the plan; a rule called “!” is faulty, and one called “?” finds somebody else faster, once. */
export function planRoute(
  method: string,
  path: string,
  body: Record<string, unknown>,
  empty: boolean,
): { readonly status: number; readonly body: unknown } {
  if (path.endsWith('/try')) return { status: 200, body: attempt(body) };
  if (method === 'GET') return { status: 200, body: empty ? { ...plan, rules: [], trunks: [] } : plan };
  const wanted = body as unknown as PlanWanted;
  const at = wanted.rules.findIndex(({ name }) => name.includes('!'));
  if (at !== -1) {
    const fields = [
      { field: `rules.${at}.name`, code: 'malformed' },
      { field: `rules.${at}.prefixes.0`, code: 'malformed' },
    ];
    return { status: 422, body: { code: 'validation', fields } };
  }
  if (wanted.rules.some(({ name }) => name.includes('?')) && !beaten) {
    beaten = true;
    plan = { ...plan, version: plan.version + 1 };
    return { status: 409, body: { code: 'conflict' } };
  }
  if (wanted.version !== plan.version) return { status: 409, body: { code: 'conflict' } };
  plan = planOf(wanted);
  return { status: 200, body: plan };
}

function planOf(wanted: PlanWanted): OutboundPlan {
  const { emergency, country, trunks } = plan;
  return {
    ...wanted,
    version: plan.version + 1,
    emergency,
    country,
    trunks: wanted.trunks.map((one) => ({
      ...one,
      name: trunks.find((old) => old.trunk_id === one.trunk_id)?.name ?? '',
    })),
    rules: wanted.rules.map((one, n) => ({ ...one, id: one.id ?? id('drl', 90 + n) })),
  };
}

function attempt(body: Record<string, unknown>): PlanTrial {
  const { trunks, rules, emergency } = body.plan === undefined ? plan : planOf(body.plan as PlanWanted);
  const number = String(body.number).replace(/[^\d+]/g, '');
  const none = { reason: null, rule: null, trunk: null, sent: null, shown: null, emergency: false, passed: [] };
  const numberOf = (of: string | null | undefined) =>
    (numbers.find((one) => one.id === of) ?? numbers[0])?.number ?? null;
  if (emergency.includes(number)) {
    const trunk = { id: trunks[0]?.trunk_id ?? '', name: trunks[0]?.name ?? '' };
    return { ...none, allowed: true, emergency: true, trunk, sent: number, shown: numberOf(null) };
  }
  if (number.length < 3) return { ...none, allowed: false, reason: 'misspelt' };
  const fits = rules
    .flatMap((one) => one.prefixes.filter((begins) => number.startsWith(begins)).map((begins) => ({ one, begins })))
    .sort((a, b) => b.begins.length - a.begins.length || (a.one.says === 'deny' ? -1 : 1))[0]?.one;
  if (fits === undefined) return { ...none, allowed: false, reason: 'no_rule' };
  const named = { id: fits.id, name: fits.name };
  if (fits.says === 'deny') return { ...none, allowed: false, reason: 'denied_by_rule', rule: named };
  const agent = agents.find((one) => one.id === body.agent_id);
  const { roles, agent_ids } = fits.whom;
  if (roles.length + agent_ids.length > 0 && !agent_ids.includes(agent?.id ?? ''))
    return { ...none, allowed: false, reason: 'not_for_agent', rule: named };
  const way = fits.trunk_ids.map((of) => trunks.find((one) => one.trunk_id === of)).filter((one) => one !== undefined);
  const trunk = way[1] ?? way[0];
  if (trunk === undefined) return { ...none, allowed: false, reason: 'no_trunk', rule: named };
  return {
    allowed: true,
    reason: null,
    rule: named,
    trunk: { id: trunk.trunk_id, name: trunk.name },
    sent: number.replace('+86', '0'),
    shown: fits.shown === 'withheld' ? null : numberOf(fits.number_id),
    emergency: false,
    passed:
      way[1] === undefined
        ? []
        : [{ trunk: { id: way[0]?.trunk_id ?? '', name: way[0]?.name ?? '' }, why: 'outbound_full' }],
  };
}
