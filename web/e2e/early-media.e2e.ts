import { afterAll, beforeAll, expect, test } from 'vitest';

import { callTone } from './support/call-tone';
import { Desk, openBrowser } from './support/desk';
import { Ear } from './support/ear';
import { dial, newest, timelineSays } from './support/outcome';
import { freePort } from './support/ports';
import { Server } from './support/server';
import { Sipp } from './support/sipp';
import {
  type Conversation,
  conversationFrom,
  endedConversationFrom,
  expectAtRest,
  expectSound,
  kinds,
} from './support/story';
import { until } from './support/until';

const STORY_MS_MAX = 90_000;
/** A number whose flow leads to the service queue without a word, once its hours say that it is open. */
const STRAIGHT = '4008001237';
/** Loud packets that are no accident: half a second of music. */
const HEARD = 25;
const CARRIER_HZ = 800;

interface Row {
  id: string;
  number: string;
  name: string;
  version: number;
}

let port: number;
let server: Server;
let desk: Desk;
let ear: Ear;

/** An administrator chooses it on the page of the number. */
async function answeredWithTheAgent(number: Row) {
  const { username } = server.manifest.users.find((user) => user.role === 'administrator')!;
  const admin = await Desk.signIn(desk.context.browser()!, server, username);
  await admin.page.goto(`${server.manifest.http_url}/settings/numbers/${number.id}`);
  await admin.id('number-answer').first().click();
  await admin.page.locator('.ant-select-dropdown:visible .ant-select-item-option').getByText('坐席接起时').click();
  await admin.id('number-save').click();
  await admin.id('number-row').first().waitFor();
  expect(admin.complaints).toEqual([]);
  await admin.context.close();
}

beforeAll(async () => {
  port = await freePort();
  server = await Server.start(`127.0.0.1:${port}`);
  ear = await Ear.open();
  desk = await Desk.signIn(await openBrowser(1_000), server, 'chenxiao');
  const { items } = await server.api<{ items: Row[] }>('GET', '/api/v1/numbers');
  const { items: calendars } = await server.api<{ items: Row[] }>('GET', '/api/v1/calendars');
  const calendar_id = calendars.find(({ name }) => name === '全天 Always open')!.id;
  const straight = items.find(({ number }) => number === STRAIGHT)!;
  const hotline = items.find(({ number }) => number === server.hotline)!;
  for (const { id } of [straight, hotline]) await server.api('PUT', `/api/v1/numbers/${id}/calendar`, { calendar_id });
  await answeredWithTheAgent(straight);
  const now = await server.api<{ items: Row[] }>('GET', '/api/v1/numbers');
  const { version } = now.items.find(({ id }) => id === hotline.id)!;
  await server.api('PATCH', `/api/v1/numbers/${hotline.id}`, { version, answer: 'with_agent' });
}, STORY_MS_MAX);
afterAll(async () => {
  await desk?.context.browser()?.close();
  ear?.close();
  await server?.stop();
});

const target = () => server.manifest.sip_uri.replace('sip:', '');
const at = (conversation: Conversation, kind: string) => conversation.timeline.find((one) => one.kind === kind)!.at_us;

/** Waits until the caller has heard something for a while since `since`. */
const hears = (what: string, since: number) =>
  until(what, 10_000, () => Promise.resolve(ear.loud.filter((when) => when >= since).length > HEARD));

/** The caller hears sound and has not been answered. */
async function hearsUnanswered(from: string, since: number) {
  await hears('the caller hears sound', since);
  const live = await conversationFrom(server, from);
  expect(kinds(live)).toContain('early_media_started');
  expect(kinds(live)).not.toContain('leg_answered');
}

test('a caller hears the queue before the answer, which comes with the agent', { timeout: STORY_MS_MAX }, async () => {
  const from = '13700000001';
  const caller = await Sipp.unanswered(target(), STRAIGHT, from, ear.port);
  try {
    await hearsUnanswered(from, Date.now());
    await desk.ready('ringing');
    expect(kinds(await conversationFrom(server, from))).not.toContain('leg_answered');
    await desk.accept();
    await until('the caller is answered', 5_000, async () =>
      kinds(await conversationFrom(server, from)).includes('leg_answered'),
    );
    // What the agent says is heard.
    const talking = Date.now();
    await hears('the caller hears the agent', talking);
    await desk.id('call-hang-up').first().click();
    await caller.ended();
    await desk.finishWrapUp();
    const conversation = await endedConversationFrom(server, from);
    expectSound(conversation);
    expect(kinds(conversation).filter((kind) => kind === 'leg_answered')).toHaveLength(1);
    const order = ['early_media_started', 'queued', 'agent_offered', 'leg_answered'];
    expect(kinds(conversation).filter((kind) => order.includes(kind))).toEqual(order);
    await timelineSays({ desk, server }, conversation.id, '尚未接听，来电者先听到提示音和音乐', '来电已应答');
  } finally {
    caller.stop();
  }
});

test(
  'whoever gives up before the answer has abandoned the queue and was never answered',
  { timeout: STORY_MS_MAX },
  async () => {
    const from = '13700000002';
    const caller = await Sipp.givesUp(target(), STRAIGHT, from, ear.port);
    try {
      await hearsUnanswered(from, Date.now());
      // CANCEL, its 200, and 487 for the call.
      await caller.ended();
      const conversation = await endedConversationFrom(server, from);
      expectSound(conversation);
      expect(conversation.end).toEqual({ by: 'customer', reason: 'cancelled' });
      expect(kinds(conversation)).not.toContain('leg_answered');
      const left = conversation.timeline.find(({ kind }) => kind === 'left_queue')!;
      expect(left.data.reason).toBe('abandoned');
    } finally {
      caller.stop();
    }
  },
);

test(
  'a greeting is heard before the answer, and the menu after it brings the answer',
  { timeout: STORY_MS_MAX },
  async () => {
    const from = '13700000003';
    const caller = await Sipp.unanswered(target(), server.hotline, from, ear.port, true);
    try {
      await hearsUnanswered(from, Date.now());
      await caller.ended();
      const conversation = await endedConversationFrom(server, from);
      expectSound(conversation);
      const nodes = conversation.timeline.filter(({ kind }) => kind === 'flow_node_entered');
      const menu = nodes.find(({ data }) => String(data.node_label).includes('Main menu'))!;
      const waited = at(conversation, 'leg_answered') - menu.at_us;
      expect(waited).toBeGreaterThanOrEqual(0);
      expect(waited).toBeLessThan(1_000_000);
      await expectAtRest(server, 1);
    } finally {
      caller.stop();
    }
  },
);

test('what a carrier plays before the answer is heard by the agent who dials', { timeout: STORY_MS_MAX }, async () => {
  const carrier = await Sipp.plays(port, callTone([{ hz: CARRIER_HZ, ms: 1_000 }]));
  try {
    await dial(desk, '138 0013 8000');
    await desk.hearsClearly(CARRIER_HZ);
    const live = await newest(server);
    const rings = live.timeline.find(({ kind }) => kind === 'outbound_ringing')!;
    expect(rings.data.early_media).toBe(true);
    expect(kinds(live)).not.toContain('leg_answered');
    await desk.id('call-hang-up').first().click();
    await carrier.ended();
    await desk.inState('wrap_up');
    await desk.id('wrap-up-finish').first().click();
    await desk.leavesState('wrap_up');
    const conversation = await newest(server);
    expectSound(conversation);
    expect(conversation.outbound).toMatchObject({ result: 'cancelled' });
  } finally {
    carrier.stop();
  }
});
