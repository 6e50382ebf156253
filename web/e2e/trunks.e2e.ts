import dgram from 'node:dgram';

import { expect, test } from 'vitest';

import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { opened } from './support/opened';
import { freePort } from './support/ports';
import { Server } from './support/server';
import { Sipp } from './support/sipp';
import type { Conversation, TimelineEvent } from './support/story';
import { until } from './support/until';

/** Carriers' own addresses, by which the server tells them apart. */
const SECOND_HOST = '127.0.0.3';
const SILENT_HOST = '127.0.0.4';
const STORY_MS_MAX = 120_000;
/** A carrier is left after four seconds of silence, at one address or several; the rest is for a busy machine. */
const WITHIN_S = 6;
const TYPED = '021 6123 4567';

interface Plan {
  version: number;
  trunks: { trunk_id: string; name: string }[];
  [field: string]: unknown;
}

/** Takes every datagram and says nothing. */
class Silence {
  private readonly socket = dgram.createSocket('udp4');
  invites = 0;

  static async at(port: number, host: string): Promise<Silence> {
    const silence = new Silence();
    silence.socket.on('message', (bytes) => {
      if (bytes.toString().startsWith('INVITE ')) silence.invites += 1;
    });
    await new Promise<void>((done) => silence.socket.bind(port, host, done));
    return silence;
  }

  stop() {
    this.socket.close();
  }
}

let server: Server;
let desk: Desk;
let port: number;
let fullPort: number;
let dead: Silence;
let silent: Silence;

async function open() {
  const [deadPort, silentPort] = [await freePort(), await freePort()];
  [fullPort, port] = [await freePort(), await freePort()];
  dead = await Silence.at(deadPort, '127.0.0.1');
  silent = await Silence.at(silentPort, SILENT_HOST);
  const trunk = (name: string, host: string, at: number) =>
    `[[trunk]]\nname = "${name}"\naddresses = ["${host}"]\ncall = "${host}:${at}"\n`;
  const others = trunk('second', SECOND_HOST, port) + trunk('silent', SILENT_HOST, silentPort);
  // The first carrier has two addresses: one is dead, the other has no channel. The last table before these is its own.
  const first = `call = ["127.0.0.1:${deadPort}", "127.0.0.1:${fullPort}"]\nprobe_s = 0\n`;
  server = await Server.start(undefined, { more: `${first}${others}[drain]\ntimeout_s = 0\n` });
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
  await desk.ready();
}

async function close() {
  await desk?.page.context().browser()?.close();
  await server?.stop();
  for (const one of [dead, silent]) one?.stop();
}

// A trunk that was silent rests for a while, also when the story about it is tried again.
opened(open, close);

/** Puts a plan with one rule for everybody, through these trunks in this order. */
async function put(names: string[], rule: object = {}, second: object = {}) {
  const plan = await server.api<Plan>('GET', '/api/v1/outbound-plan');
  const idOf = (name: string) => plan.trunks.find((trunk) => trunk.name === name)!.trunk_id;
  const plain = { channels: {}, caps: {}, withholds: false, rewrites: [] };
  await server.api('PUT', '/api/v1/outbound-plan', {
    ...plan,
    trunks: plan.trunks.map(({ trunk_id, name }) => ({ trunk_id, ...plain, ...(name === 'second' ? second : {}) })),
    rules: [
      {
        name: 'everything at home',
        prefixes: ['0'],
        whom: { roles: [], team_ids: [], agent_ids: [] },
        says: 'allow',
        trunk_ids: names.map(idOf),
        shown: 'usual',
        number_id: null,
        caps: {},
        talk_per_day_s: null,
        watched: false,
        alarm: null,
        ...rule,
      },
    ],
    agent_alarm: null,
  });
}

async function newestConversation(): Promise<Conversation> {
  const list = await server.api<{ items: { id: string }[] }>('GET', '/api/v1/conversations?limit=1');
  return server.api<Conversation>('GET', `/api/v1/conversations/${list.items[0]!.id}`);
}

async function dials() {
  const refused = await desk.page.evaluate(async (to) => {
    const me = (await (await fetch('/api/v1/me')).json()) as { csrf_token: string };
    const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf_token };
    const answer = await fetch('/api/v1/calls', { method: 'POST', headers, body: JSON.stringify({ to }) });
    return answer.ok ? null : answer.text();
  }, TYPED);
  expect(refused).toBeNull();
}

/** Dials from the desk, talks to the second carrier, hangs up; what the server kept, and the INVITE the carrier saw. */
async function talks(): Promise<{ conversation: Conversation; invite: string }> {
  const carrier = await Sipp.called(port, SECOND_HOST);
  try {
    await dials();
    await until('the carrier has answered', 30_000, async () => {
      const newest = await newestConversation();
      return newest.state === 'live' && of(newest, 'outbound_ended').some(({ data }) => data.result === 'answered');
    });
    await desk.id('call-hang-up').first().click();
    await carrier.ended();
    await desk.finishWrapUp();
    const conversation = await newestConversation();
    return { conversation, invite: carrier.invite() };
  } finally {
    carrier.stop();
  }
}

const of = ({ timeline }: Conversation, kind: string): TimelineEvent[] => timeline.filter((one) => one.kind === kind);

function secondsBetween(from: TimelineEvent, to: TimelineEvent): number {
  return (to.at_us - from.at_us) / 1e6;
}

test(
  'a call goes round a dead address, a carrier without a channel, and reaches the next',
  { timeout: STORY_MS_MAX },
  async () => {
    await put(['test', 'second']);
    const full = await Sipp.refuses(fullPort, '503 Service Unavailable', 34);
    let conversation: Conversation;
    try {
      ({ conversation } = await talks());
      await full.ended();
    } finally {
      full.stop();
    }
    expect(dead.invites).toBeGreaterThan(1);
    const [rerouted, ...more] = of(conversation, 'outbound_rerouted');
    expect(more).toEqual([]);
    const said = { failed_trunk_name: 'test', by: 'cause', status: 503, q850: 34, trunk_name: 'second' };
    expect(rerouted!.data).toMatchObject({ ...said, rule_name: 'everything at home' });
    const started = of(conversation, 'outbound_started')[0]!;
    expect(started.data).toMatchObject({ trunk_name: 'test' });
    expect(secondsBetween(started, rerouted!)).toBeLessThan(WITHIN_S);
    expect(of(conversation, 'outbound_ended').map(({ data }) => data.result)).toEqual(['answered']);
    // One call for the agent: it rang once, and the page says which trunk failed.
    expect(of(conversation, 'outbound_ringing')).toHaveLength(1);
    await desk.page.goto(`${server.manifest.http_url}/conversations/${conversation.id}`);
    const row = desk.page.locator('[data-testid="timeline-row"][data-kind="outbound_rerouted"]');
    await row.waitFor();
    const words = await row.innerText();
    for (const part of ['test 接不了这次呼叫', '503', 'second']) expect(words).toContain(part);
    await desk.page.goto(server.manifest.http_url);
    await desk.inState('ready');
    // The browser's phone comes back with the page.
    const lamp = desk.id('phone-state').first();
    await until('the phone is back', 10_000, async () => (await lamp.getAttribute('data-state')) === 'connected');
  },
);

test(
  'a carrier that is only silent is left in four seconds, and the next call does not wait for it',
  { timeout: STORY_MS_MAX },
  async () => {
    await put(['silent', 'second']);
    const { conversation } = await talks();
    const [rerouted] = of(conversation, 'outbound_rerouted');
    expect(rerouted!.data).toMatchObject({ failed_trunk_name: 'silent', trunk_name: 'second' });
    expect(rerouted!.data).not.toHaveProperty('status');
    const waited = secondsBetween(of(conversation, 'outbound_started')[0]!, rerouted!);
    expect(waited).toBeGreaterThan(3);
    expect(waited).toBeLessThan(WITHIN_S);
    const tried = silent.invites;
    expect(tried).toBeGreaterThan(1);
    const next = await talks();
    expect(of(next.conversation, 'outbound_rerouted')).toEqual([]);
    expect(of(next.conversation, 'outbound_started')[0]!.data).toMatchObject({
      trunk_name: 'second',
      passed: [{ trunk_name: 'silent', why: 'unreachable' }],
    });
    expect(silent.invites).toBe(tried);
  },
);

test(
  'a carrier gets the number as it wants it, and the number shown by the rule',
  { timeout: STORY_MS_MAX },
  async () => {
    type Numbers = { items: { id: string; number: string }[] };
    const { items: numbers } = await server.api<Numbers>('GET', '/api/v1/numbers');
    const fixed = numbers.at(-1)!;
    const header = (invite: string, name: string) =>
      invite.split(/\r?\n/).find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    const own = { rewrites: [{ begins: '+86', becomes: '9' }], withholds: true };

    await put(['second'], { shown: 'fixed', number_id: fixed.id }, own);
    const shown = (await talks()).invite;
    expect(shown).toMatch(new RegExp(`^INVITE sip:92161234567@${SECOND_HOST}:`));
    expect(header(shown, 'To')).toContain('sip:92161234567@');
    expect(header(shown, 'From')).toContain(`sip:${fixed.number}@`);
    expect(header(shown, 'P-Asserted-Identity')).toContain(`sip:${fixed.number}@`);
    expect(header(shown, 'Privacy')).toBeUndefined();

    await put(['second'], { shown: 'withheld' }, own);
    const withheld = (await talks()).invite;
    expect(header(withheld, 'From')).toContain('sip:anonymous@anonymous.invalid');
    expect(header(withheld, 'Privacy')).toMatch(/id$/);
    const asserted = header(withheld, 'P-Asserted-Identity')?.match(/sip:([^@]+)@/)?.[1];
    expect(numbers.map(({ number }) => number)).toContain(asserted);

    // Without a rewriting the number goes as it was dialled.
    await put(['second'], { shown: 'site' });
    const site = (await talks()).invite;
    expect(header(site, 'To')).toContain('sip:02161234567@');
    expect(numbers.map(({ number }) => number)).toContain(header(site, 'From')?.match(/sip:([^@]+)@/)?.[1]);
  },
);

test('the mobile of an agent is called through the next trunk', { timeout: STORY_MS_MAX }, async () => {
  await put(['test', 'second']);
  const { items } = await server.api<{ items: { id: string; username: string }[] }>('GET', '/api/v1/agents');
  const agent = items.find(({ username }) => username === 'chenxiao')!.id;
  await server.api('POST', `/api/v1/agents/${agent}/mobiles`, { number: '02161234999' });
  type Mobiles = { items: { id: string }[] };
  const [mobile] = (await server.api<Mobiles>('GET', `/api/v1/agents/${agent}/mobiles`)).items;
  await desk.id('agent-state').first().click();
  await desk.id(`phone-choice-${mobile!.id}`).first().click();
  await until('the choice is shown', 5_000, async () => {
    return (await desk.id(`phone-choice-${mobile!.id}`).first().getAttribute('aria-pressed')) === 'true';
  });
  await desk.page.keyboard.press('Escape');

  const full = await Sipp.refuses(fullPort, '503 Service Unavailable', 34);
  const carrier = await Sipp.called(port, SECOND_HOST);
  try {
    await dials();
    // Nobody at the far side presses the key.
    await carrier.ended();
    await until('the call is over', 10_000, async () => (await newestConversation()).state === 'ended');
    const conversation = await newestConversation();
    const called = of(conversation, 'mobile_called');
    expect(called.map(({ data }) => data.trunk_name)).toEqual(['test']);
    const said = { failed_trunk_name: 'test', status: 503, trunk_name: 'second' };
    expect(of(conversation, 'outbound_rerouted').map(({ data }) => data)).toMatchObject([said]);
    expect(of(conversation, 'mobile_ended').map(({ data }) => data.end)).toEqual(['no_key']);
    expect(carrier.invite()).toContain('02161234999@');
  } finally {
    carrier.stop();
    full.stop();
  }
});
