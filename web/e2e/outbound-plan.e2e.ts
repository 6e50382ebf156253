import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { type Call, Phone } from './support/phone';
import { Server } from './support/server';
import { type Conversation, endedConversationFrom } from './support/story';
import { until } from './support/until';

/** The second carrier's own address, by which the server knows its calls. */
const SECOND_HOST = '127.0.0.3';
const SECONDS = 1_000;
/** As often as may be; an outage is known within a quarter of a minute more. */
const PROBE = 'probe_s = 5\n';

interface Plan {
  version: number;
  trunks: { trunk_id: string; name: string; channels: Record<string, number | null> }[];
  [field: string]: unknown;
}

interface Floor {
  trunks: { name: string; working: boolean | null; channels_in: number; channels_out: number }[];
  outbound_stops: { agent: { id: string; name: string } | null; distinct: number }[];
}

let first: Phone;
let second: Phone;
let secondIsGone = false;
let server: Server;
let desk: Desk;
let incoming = [0, 0];

const drain = '[drain]\ntimeout_s = 0\n';

beforeAll(async () => {
  first = await Phone.start();
  second = await Phone.at(SECOND_HOST);
  for (const carrier of [first, second]) carrier.send({ op: 'incoming', mode: 'ring' });
  const more = `${drain}[[trunk]]\nname = "second"\naddresses = ["${SECOND_HOST}"]\ncall = "${second.address}"\n`;
  server = await Server.start(first.address, { more: more + PROBE });
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
  // The browser's phone has to be there before anything is dialled.
  await desk.ready();
});
beforeEach(() => {
  incoming = [first, second].map((carrier) => carrier.incomingCount());
});
afterAll(async () => {
  await desk?.page.context().browser()?.close();
  await server?.stop();
  await first?.stop();
  if (!secondIsGone) await second?.stop();
});

/** Puts a plan with one rule for everybody through both carriers, changed by `change`. */
async function put(change: { rule?: object; first?: object; plan?: object } = {}) {
  const plan = await server.api<Plan>('GET', '/api/v1/outbound-plan');
  const ids = ['test', 'second'].map((name) => plan.trunks.find((trunk) => trunk.name === name)!.trunk_id);
  const rule = {
    name: 'everything at home',
    prefixes: ['0', '138'],
    whom: { roles: [], team_ids: [], agent_ids: [] },
    says: 'allow',
    trunk_ids: ids,
    shown: 'usual',
    number_id: null,
    caps: {},
    talk_per_day_s: null,
    watched: true,
    alarm: null,
    ...change.rule,
  };
  const trunks = ids.map((trunk_id, n) => ({
    trunk_id,
    channels: n === 0 ? (change.first ?? {}) : {},
    caps: {},
    withholds: false,
    rewrites: [],
  }));
  await server.api('PUT', '/api/v1/outbound-plan', {
    ...plan,
    trunks,
    rules: [rule],
    agent_alarm: null,
    ...change.plan,
  });
}

/** Dials as the desk does; the code of the refusal, or nothing. */
function dial(to: string): Promise<string | undefined> {
  return desk.page.evaluate(async (number) => {
    const me = (await (await fetch('/api/v1/me')).json()) as { csrf_token: string };
    const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf_token };
    const answer = await fetch('/api/v1/calls', { method: 'POST', headers, body: JSON.stringify({ to: number }) });
    return answer.ok ? undefined : ((await answer.json()) as { code: string }).code;
  }, to);
}

/** The call that came in at a carrier since the story began. */
async function at(carrier: 0 | 1): Promise<Call> {
  incoming[carrier]! += 1;
  const call = await [first, second][carrier]!.incoming(incoming[carrier]);
  await call.wait('offered');
  return call;
}

async function busy(call: Call) {
  call.reject(486);
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  await desk.inState('ready');
}

async function newest(): Promise<Conversation> {
  const list = await server.api<{ items: { id: string }[] }>('GET', '/api/v1/conversations?limit=1');
  return server.api<Conversation>('GET', `/api/v1/conversations/${list.items[0]!.id}`);
}

const started = (conversation: Conversation) =>
  conversation.timeline.find(({ kind }) => kind === 'outbound_started')!.data;

const floor = () => server.api<Floor>('GET', '/api/v1/floor');

/** Calls of the first carrier that fill its trunk, by one each way. */
async function fill(): Promise<Call> {
  const call = first.call(server.uri(server.hotline), '13700000001', { tone_hz: 800 });
  await call.wait('answered');
  await until('the channel is counted', 5 * SECONDS, async () => {
    return (await floor()).trunks.find((trunk) => trunk.name === 'test')!.channels_in === 1;
  });
  return call;
}

test('a call beyond the cap of a trunk takes the second carrier, which sees the number of the rule', async () => {
  const numbers = await server.api<{ items?: { id: string; number: string }[] }>('GET', '/api/v1/numbers');
  const shown = (numbers.items ?? (numbers as unknown as { id: string; number: string }[])).at(-1)!;
  await put({ first: { total: 1 }, rule: { shown: 'fixed', number_id: shown.id } });
  const filling = await fill();
  expect(await dial('021 6123 4567')).toBeUndefined();
  const call = await at(1);
  expect(String((await call.wait('offered')).from)).toContain(shown.number);
  await busy(call);
  expect(started(await newest())).toMatchObject({
    trunk_name: 'second',
    rule_name: 'everything at home',
    passed: [{ trunk_name: 'test', why: 'full' }],
  });
  filling.bye();
  await endedConversationFrom(server, '13700000001');
  expect(await dial('021 6123 4567')).toBeUndefined();
  await busy(await at(0));
  expect(started(await newest())).not.toHaveProperty('passed');
});

test('a call that comes in beyond the cap is told busy, and the books say why', async () => {
  await put({ first: { inbound: 1 } });
  const filling = await fill();
  const refused = first.call(server.uri(server.hotline), '13700000002', { tone_hz: 800 });
  expect((await refused.wait('rejected')).code).toBe(486);
  const conversation = await endedConversationFrom(server, '13700000002');
  expect(conversation.end).toEqual({ by: 'system', reason: 'trunk_full' });
  const full = conversation.timeline.find(({ kind }) => kind === 'trunk_full')!;
  expect(full.data).toMatchObject({ trunk_name: 'test', why: 'inbound_full' });
  filling.bye();
  await endedConversationFrom(server, '13700000001');
});

test('a script of quick calls is stopped, and goes on once a supervisor releases it', async () => {
  await put({ plan: { agent_alarm: { distinct: 3, within_s: 600 } } });
  for (const n of [1, 2, 3]) {
    expect(await dial(`021 6123 456${n}`)).toBeUndefined();
    await busy(await at(0));
  }
  expect(await dial('021 6123 4564')).toBe('calls_stopped');
  expect(await dial('021 6123 4561')).toBe('calls_stopped');
  const { items } = await server.api<{ items: Floor['outbound_stops'] }>('GET', '/api/v1/outbound-stops');
  expect(items).toMatchObject([{ agent: { name: '陈晓' }, rule: null, distinct: 3, within_s: 600 }]);
  expect((await floor()).outbound_stops).toEqual(items);
  // Whoever may release it is told wherever they are; whoever looks after the server too, and no number stands in the log.
  const sunyue = await Desks.signIn(await openBrowser(1_000), server, 'sunyue');
  await sunyue.page.goto(`${server.manifest.http_url}/conversations`);
  await sunyue.id('stops-banner').waitFor();
  const health = () => server.api<{ codes: string[] }>('GET', '/api/v1/system/health');
  await until('health says so', 5 * SECONDS, async () => (await health()).codes.includes('calls_stopped'));
  expect(server.log()).toContain('calls outside are stopped');
  expect(server.log()).not.toContain('2161234564');
  await server.api('POST', '/api/v1/outbound-stops/release', { agent_id: items[0]!.agent!.id, rule_id: null });
  expect((await floor()).outbound_stops).toEqual([]);
  await sunyue.id('stops-banner').waitFor({ state: 'detached', timeout: 20 * SECONDS });
  await sunyue.page.context().browser()?.close();
  await until('health is well again', 5 * SECONDS, async () => !(await health()).codes.includes('calls_stopped'));
  expect(await dial('021 6123 4564')).toBeUndefined();
  await busy(await at(0));
  const trail = await server.api<{ items: { action: string }[] }>('GET', '/api/v1/audit?limit=1&action=outbound.');
  expect(trail.items[0]!.action).toBe('outbound.released');
});

test('a carrier that answers no more is passed over', async () => {
  await put();
  const probed = () => floor().then(({ trunks }) => trunks.find((trunk) => trunk.name === 'second')!.working);
  await until('the second carrier is known to work', 15 * SECONDS, async () => (await probed()) === true);
  const plan = await server.api<Plan>('GET', '/api/v1/outbound-plan');
  const ids = ['second', 'test'].map((name) => plan.trunks.find((trunk) => trunk.name === name)!.trunk_id);
  await put({ rule: { trunk_ids: ids } });
  await second.stop();
  secondIsGone = true;
  await until('the second carrier is known to be down', 60 * SECONDS, async () => (await probed()) === false);
  expect(await dial('021 6123 4567')).toBeUndefined();
  await busy(await at(0));
  expect(started(await newest()).passed).toMatchObject([{ trunk_name: 'second', why: 'unreachable' }]);
});
