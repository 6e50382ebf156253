import { client, take } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];

export type Caps = Schemas['CallCaps'];
export type Alarm = Schemas['CallAlarm'];
export type Channels = Schemas['CallChannels'];
export type PlanTrunk = Schemas['OutboundTrunk'] & { name: string };
export type ShownNumber = Schemas['ShownCode'];
export type PlanTrial = Schemas['OutboundTrial'];
export type PlanWanted = Schemas['OutboundPlanWanted'];

/** A rule that is there has an id; a new one has one of its own until it is saved. */
export type PlanRule = Schemas['OutboundRule'] & { id: string };

export type OutboundPlan = Omit<Schemas['OutboundPlan'], 'rules' | 'trunks'> & {
  rules: PlanRule[];
  trunks: PlanTrunk[];
};

/** The schema has one shape for rules that are there and those that are wanted. */
const known = async (plan: Promise<Schemas['OutboundPlan']>): Promise<OutboundPlan> => (await plan) as OutboundPlan;

/** The plan outbound calls are decided by, and the calls it stopped. */
export const outbound = {
  plan: () => known(take(client.GET('/api/v1/outbound-plan'))),
  change: (body: PlanWanted) => known(take(client.PUT('/api/v1/outbound-plan', { body }))),
  attempt: (number: string, agent_id: string, plan?: PlanWanted) =>
    take(
      client.POST('/api/v1/outbound-plan/try', {
        body: { number, agent_id, ...(plan === undefined ? {} : { plan }) },
      }),
    ),
  stops: () => take(client.GET('/api/v1/outbound-stops')),
  release: (body: { agent_id: string | null; rule_id: string | null }) =>
    take(client.POST('/api/v1/outbound-stops/release', { body })),
};
