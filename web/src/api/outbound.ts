import { client, take } from './client';
import type { Named } from './types';

export interface Caps {
  per_minute?: number | null;
  per_day?: number | null;
}

export interface Alarm {
  distinct: number;
  within_s: number;
}

export interface Channels {
  total?: number | null;
  outbound?: number | null;
  inbound?: number | null;
}

export interface PlanTrunk {
  trunk_id: string;
  name: string;
  channels: Channels;
  caps: Caps;
  withholds: boolean;
  rewrites: { begins: string; becomes: string }[];
}

export type ShownNumber = 'usual' | 'fixed' | 'dialled' | 'site' | 'withheld';

export interface PlanRule {
  id: string;
  name: string;
  prefixes: string[];
  whom: { roles: ('agent' | 'supervisor' | 'administrator')[]; team_ids: string[]; agent_ids: string[] };
  says: 'allow' | 'deny';
  trunk_ids: string[];
  shown: ShownNumber;
  number_id?: string | null;
  caps: Caps;
  talk_per_day_s?: number | null;
  watched: boolean;
  alarm?: Alarm | null;
}

export interface OutboundPlan {
  version: number;
  emergency: string[];
  country: string;
  agent_caps: Caps;
  agent_alarm?: Alarm | null;
  number_id?: string | null;
  trunks: PlanTrunk[];
  rules: PlanRule[];
}

export type PlanWanted = Omit<OutboundPlan, 'emergency' | 'country' | 'trunks' | 'rules'> & {
  trunks: Omit<PlanTrunk, 'name'>[];
  rules: (Omit<PlanRule, 'id'> & { id: string | null })[];
};

export interface PlanTrial {
  allowed: boolean;
  reason?: string | null;
  rule?: Named | null;
  trunk?: Named | null;
  sent?: string | null;
  shown?: string | null;
  emergency: boolean;
  passed: { trunk: Named; why: string }[];
}

const raw = client as unknown as Record<string, (path: string, init?: object) => never>;

/** The plan outbound calls are decided by, and the calls it stopped. */
export const outbound = {
  plan: (): Promise<OutboundPlan> => take(raw.GET!('/api/v1/outbound-plan')),
  change: (body: PlanWanted): Promise<OutboundPlan> => take(raw.PUT!('/api/v1/outbound-plan', { body })),
  attempt: (number: string, agent_id: string, plan?: PlanWanted): Promise<PlanTrial> =>
    take(
      raw.POST!('/api/v1/outbound-plan/try', { body: { number, agent_id, ...(plan === undefined ? {} : { plan }) } }),
    ),
  release: (body: { agent_id: string | null; rule_id: string | null }) =>
    take(raw.POST!('/api/v1/outbound-stops/release', { body })),
};
