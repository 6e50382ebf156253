import type { OutboundPlan, PlanRule, PlanTrunk, PlanWanted } from '@/api/outbound';

/** No id of the server begins so. */
const FRESH = 'new:';

/** What is said of a plan while it is worked at: the plan as it would be, and the version it began from. */
export type Draft = OutboundPlan;

/** A rule that allows nothing yet, with an id of its own until the server gives it one. */
export function freshRule(rules: readonly PlanRule[], trunks: readonly PlanTrunk[]): PlanRule {
  const taken = new Set(rules.map(({ id }) => id));
  let n = rules.length + 1;
  while (taken.has(`${FRESH}${n}`)) n += 1;
  return {
    id: `${FRESH}${n}`,
    name: '',
    prefixes: [],
    whom: { roles: [], team_ids: [], agent_ids: [] },
    says: 'allow',
    trunk_ids: trunks.map(({ trunk_id }) => trunk_id).slice(0, 1),
    shown: 'usual',
    number_id: null,
    caps: {},
    talk_per_day_s: null,
    watched: false,
    alarm: null,
  };
}

export function withRule(plan: Draft, id: string, change: Partial<PlanRule>): Draft {
  return { ...plan, rules: plan.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) };
}

export function withTrunk(plan: Draft, id: string, change: Partial<PlanTrunk>): Draft {
  return { ...plan, trunks: plan.trunks.map((one) => (one.trunk_id === id ? { ...one, ...change } : one)) };
}

/** The list with one of it `by` places further down; past an end it stays as it is. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  const after = [...list];
  const one = after[from];
  if (one === undefined || to < 0 || to >= list.length) return after;
  after.splice(from, 1);
  after.splice(to, 0, one);
  return after;
}

/** Only what a rule that allows has; one that denies needs a beginning and whom it is for. */
function ruleWanted(rule: PlanRule): PlanWanted['rules'][number] {
  const base = {
    id: rule.id.startsWith(FRESH) ? null : rule.id,
    name: rule.name.trim(),
    prefixes: rule.prefixes.map((one) => one.trim()).filter((one) => one !== ''),
    whom: rule.whom,
  };
  if (rule.says === 'deny') {
    const nothing = { trunk_ids: [], shown: 'usual' as const, number_id: null, caps: {}, talk_per_day_s: null };
    return { ...base, says: 'deny', ...nothing, watched: false, alarm: null };
  }
  return {
    ...base,
    says: 'allow',
    trunk_ids: rule.trunk_ids,
    shown: rule.shown,
    number_id: rule.shown === 'fixed' ? (rule.number_id ?? null) : null,
    caps: rule.caps,
    talk_per_day_s: rule.talk_per_day_s ?? null,
    watched: rule.watched,
    alarm: rule.alarm ?? null,
  };
}

/** The plan as the server takes it. */
export function wantedOf(plan: Draft): PlanWanted {
  return {
    version: plan.version,
    agent_caps: plan.agent_caps,
    agent_alarm: plan.agent_alarm ?? null,
    number_id: plan.number_id ?? null,
    trunks: plan.trunks.map(({ trunk_id, site_id, channels, caps, withholds, rewrites }) => ({
      trunk_id,
      site_id: site_id ?? null,
      channels,
      caps,
      withholds,
      rewrites,
    })),
    rules: plan.rules.map(ruleWanted),
  };
}

/** The plan in place of one that somebody else saved: a rule that is not in theirs is a fresh one. */
export function wantedOver(plan: Draft, theirs: OutboundPlan): PlanWanted {
  const known = new Set(theirs.rules.map(({ id }) => id));
  const wanted = wantedOf(plan);
  const rules = wanted.rules.map((rule) => (rule.id != null && known.has(rule.id) ? rule : { ...rule, id: null }));
  return { ...wanted, version: theirs.version, rules };
}

/** Whether the two would be kept as the same plan, whichever version they began from. */
export function sameAs(a: Draft, b: Draft): boolean {
  return settled({ ...wantedOf(a), version: 0 }) === settled({ ...wantedOf(b), version: 0 });
}

/** One text for all that mean the same: what is absent is null, and the order of names says nothing. */
function settled(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    const entries = Object.entries(each).filter(([, inner]) => inner !== null && inner !== undefined);
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}

/** Trunks in the order a rule tries them; those it no longer knows are left out. */
export function trunksOf(rule: PlanRule, trunks: readonly PlanTrunk[]): PlanTrunk[] {
  return rule.trunk_ids.flatMap((id) => trunks.find((one) => one.trunk_id === id) ?? []);
}
