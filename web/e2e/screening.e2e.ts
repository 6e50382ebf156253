import { expect, test } from 'vitest';

import { centre } from './support/centre';
import {
  conversationFrom,
  endedConversationFrom,
  expectAtRest,
  expectSound,
  kinds,
  type Conversation,
} from './support/story';
import { pass, until } from './support/until';

const here = centre();
const STORY_MS_MAX = 120_000;

interface Entry {
  id: string;
  value: string;
}

interface Policy {
  version: number;
  anonymous: { action: string; flow_id: string | null };
  nuisance: Record<string, unknown>;
}

interface Check {
  normalised: string;
  entry: Entry | null;
  outcome: string;
  reason: string | null;
  vip: boolean;
}

function add(list: string, kind: string, value: string): Promise<Entry> {
  return here.server.api<Entry>('POST', '/api/v1/number-list', {
    list,
    kind,
    value,
    note: 'story',
    expires_at_us: null,
  });
}

function check(number: string): Promise<Check> {
  return here.server.api<Check>('POST', '/api/v1/number-list/check', { number });
}

async function policy(change: Partial<Policy>) {
  const before = await here.server.api<Policy>('GET', '/api/v1/screening-policy');
  await here.server.api('PUT', '/api/v1/screening-policy', { ...before, ...change });
}

/** What the timeline says of the judgement. */
function judged(conversation: Conversation): Record<string, unknown> | undefined {
  return conversation.timeline.find((event) => event.kind === 'screened')?.data;
}

test('a blocked number is refused in every spelling, and the timeline says why', async () => {
  const entry = await add('block', 'number', '0138 1111 2222');
  for (const from of ['13811112222', '013811112222', '+8613811112222', '8613811112222']) {
    const call = here.phone.call(here.server.uri(here.server.hotline), from);
    expect((await call.wait('rejected')).code).toBe(603);
    const conversation = await endedConversationFrom(here.server, from);
    expectSound(conversation);
    expect(judged(conversation)).toMatchObject({ reason: 'block_list', action: 'refused' });
    // Whoever reads the lists would find a withheld number by the entry.
    expect(JSON.stringify(conversation)).not.toContain(entry.id);
    expect(conversation.end).toEqual({ by: 'system', reason: 'screened' });
    expect(kinds(conversation)).not.toContain('leg_joined');
    expect(await check(from)).toMatchObject({ normalised: '+8613811112222', outcome: 'refused', reason: 'block_list' });
  }
  await here.server.api('DELETE', `/api/v1/number-list/${entry.id}`);
  const { call, from } = await here.call({ from: '13811112222' });
  call.bye();
  expect(judged(await endedConversationFrom(here.server, from))).toBeUndefined();
  await expectAtRest(here.server);
});

test('a number is let in out of a blocked beginning', async () => {
  await add('block', 'prefix', '+86 170');
  await add('allow', 'number', '17012345678');
  const refused = here.phone.call(here.server.uri(here.server.hotline), '17000000001');
  expect((await refused.wait('rejected')).code).toBe(603);
  const { call, from } = await here.call({ from: '17012345678' });
  call.bye();
  const conversation = await endedConversationFrom(here.server, from);
  expect(judged(conversation)).toMatchObject({ reason: 'allow_list', action: 'accepted' });
  expect(conversation.end).toEqual({ by: 'customer', reason: 'hung_up' });
  await expectAtRest(here.server);
});

test('a withheld number goes through the flow that is there for it; whom the carrier names meets the lists', async () => {
  const flows = await here.server.api<{ items: { id: string; name: string }[] }>('GET', '/api/v1/flows');
  const closed = flows.items.find((flow) => flow.name.includes('Closed'))!;
  await policy({ anonymous: { action: 'flow', flow_id: closed.id } });
  // This line takes messages; whoever withholds the number hears that it is closed instead, and that is all.
  const line = here.server.uri(here.server.manifest.numbers[3]!.number);
  const call = here.phone.call(line, 'anonymous');
  await call.wait('answered');
  await until('something is said', 3_000, async () => (await call.listen(undefined, 200)).level_dbov > -35);
  expect((await call.wait('ended', 20_000)).by).toBe('peer');
  const conversation = await endedConversationFrom(here.server, null);
  expect(judged(conversation)).toMatchObject({ reason: 'anonymous', action: 'diverted', flow_id: closed.id });
  expect(conversation.end).toEqual({ by: 'system', reason: 'closed' });
  expect(await check('')).toMatchObject({ normalised: '', outcome: 'diverted', reason: 'anonymous' });

  await add('block', 'number', '13833334444');
  const known = here.phone.call(line, '13800000000', {
    asserted: '13833334444',
    headers: { Privacy: 'id' },
  });
  expect((await known.wait('rejected')).code).toBe(603);
  const named = await endedConversationFrom(here.server, null);
  expect(judged(named)).toMatchObject({ reason: 'block_list', action: 'refused' });
  expect(JSON.stringify(named)).not.toContain('13833334444');
  await policy({ anonymous: { action: 'accept', flow_id: null } });
  await expectAtRest(here.server);
});

test('who calls again and again and is gone is kept out, after a restart too', { timeout: STORY_MS_MAX }, async () => {
  const { nuisance } = await here.server.api<Policy>('GET', '/api/v1/screening-policy');
  await policy({ nuisance: { ...nuisance, on: true, calls: 3 } });
  const from = here.nextNumber();
  for (let n = 0; n < 3; n++) {
    const { call } = await here.call({ from });
    call.bye();
    await endedConversationFrom(here.server, from);
  }
  const refused = async () => {
    const call = here.phone.call(here.server.uri(here.server.hotline), from);
    expect((await call.wait('rejected')).code).toBe(603);
    const conversation = await endedConversationFrom(here.server, from);
    expect(judged(conversation)).toMatchObject({ reason: 'nuisance', action: 'refused' });
  };
  await refused();
  await here.server.end('SIGKILL');
  await here.server.run();
  await until('the callers of the run before are known', 5_000, async () => (await check(from)).reason === 'nuisance');
  await refused();
  const { call } = await here.call();
  await pass(500);
  call.bye();
  await policy({ nuisance });
  await expectAtRest(here.server);
});

test('a VIP passes those who wait longer, and the agent rings for them first', { timeout: STORY_MS_MAX }, async () => {
  await add('vip', 'number', '13955556666');
  const first = await here.waiting();
  const waits = async (number: string) => kinds(await conversationFrom(here.server, number)).includes('queued');
  await until('the first waits', 15_000, () => waits(first.from));
  const vip = await here.waiting({ from: '13955556666' });
  await until('the VIP waits', 15_000, () => waits(vip.from));
  const desk = await here.desk('chenxiao');
  await desk.ready('ringing');
  await desk.accept();
  const served = await conversationFrom(here.server, vip.from);
  expect(kinds(served)).toContain('vip_recognised');
  expect(served).toMatchObject({ vip: true });
  expect(kinds(served)).toContain('handling_started');
  expect(kinds(await conversationFrom(here.server, first.from))).not.toContain('agent_offered');
  first.call.bye();
  vip.call.bye();
  await endedConversationFrom(here.server, first.from);
  await desk.close();
});

test('a supervisor blocks the caller of a conversation unseen', async () => {
  const { call, from } = await here.call();
  call.bye();
  const { id } = await endedConversationFrom(here.server, from);
  const entry = await here.server.api<Entry>('POST', `/api/v1/conversations/${id}/block-caller`, {
    note: null,
    days: 7,
  });
  expect(entry.value).not.toBe(from);
  const again = here.phone.call(here.server.uri(here.server.hotline), from);
  expect((await again.wait('rejected')).code).toBe(603);
  expect(judged(await endedConversationFrom(here.server, from))).toMatchObject({ reason: 'block_list' });
  await expectAtRest(here.server);
});
