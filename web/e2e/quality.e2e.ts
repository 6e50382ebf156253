import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { closeAll, GIVER_HZ, talking } from './support/handover';
import { conversationFrom, endedConversationFrom, expectSound } from './support/story';
import { pass, until } from './support/until';

const here = centre();
/** Far beyond what conceals itself: 15 of 100 packets lost make a score of about 2.9. */
const LOST_PERCENT = 15;
/** So much that two seconds of it are bad whatever else the line is like. */
const BROWSER_LOST_PERCENT = 30;
/** A leg is rated every ten seconds, and the floor is told within one more. */
const MARKED_WITHIN_MS = 20_000;
/** Above this nothing was lost. */
const CLEAN = 4.2;
const BAD = 3.6;

interface Quality {
  legs: {
    leg_id: string;
    role: string;
    agent?: { name: string };
    interval_s: number;
    samples: { mos?: number; loss_in?: number }[];
    mean?: number;
    worst?: number;
    live: boolean;
  }[];
}

const qualityOf = (id: string) => here.server.api<Quality>('GET', `/api/v1/conversations/${id}/quality`);

async function kept(id: string, legs: number): Promise<Quality> {
  let last: Quality | undefined;
  await until('the courses are kept', 5_000, async () => {
    last = await qualityOf(id);
    return last.legs.length === legs && last.legs.every((leg) => !leg.live);
  });
  return last!;
}

test('a call that loses packets is marked on the floor while it lasts, and its bad stretch stands in its course', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  const sunyue = await here.desk('sunyue');
  await sunyue.ready();
  await sunyue.page.goto(`${here.server.manifest.http_url}/floor`);
  const tile = sunyue.id('floor-agent-tile').filter({ hasText: '陈晓' });
  await tile.waitFor();
  expect(await tile.getAttribute('data-sound')).toBeNull();

  call.lose(LOST_PERCENT);
  const began = Date.now();
  await until('the tile is marked', MARKED_WITHIN_MS, async () => (await tile.getAttribute('data-sound')) === 'bad');
  expect(Date.now() - began).toBeLessThan(MARKED_WITHIN_MS);
  await until('the tile tells the customer’s score', 15_000, async () => {
    const label = (await tile.getByTestId('floor-agent-sound').getAttribute('aria-label')) ?? '';
    return /音质差.*客户 [12]\.\d/.test(label);
  });
  const live = await qualityOf((await conversationFrom(here.server, from)).id);
  expect(live.legs.every((leg) => leg.live)).toBe(true);

  call.lose(0);
  await until('the mark is gone', 25_000, async () => (await tile.getAttribute('data-sound')) === null);
  const { id } = await conversationFrom(here.server, from);
  await until('a whole interval without loss is rated', 25_000, async () => {
    const customers = (await qualityOf(id)).legs.find((leg) => leg.role === 'customer');
    return (customers?.samples.at(-1)?.mos ?? 0) > CLEAN;
  });
  call.bye();
  await chenxiao.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const turns = conversation.timeline.filter(({ kind }) => kind === 'leg_degraded');
  expect(turns.map(({ data }) => data.on)).toEqual([true, false]);
  const { legs } = await kept(conversation.id, 2);
  const customer = legs.find((leg) => leg.role === 'customer')!;
  const agent = legs.find((leg) => leg.role === 'agent')!;
  expect(customer.worst).toBeLessThan(BAD);
  expect(Math.max(...customer.samples.map((sample) => sample.loss_in ?? 0))).toBeGreaterThan(0.08);
  expect(customer.samples.at(-1)!.mos ?? 5).toBeGreaterThan(BAD);
  // What the customer's network lost is not the agent's fault.
  expect(agent.worst).toBeGreaterThan(BAD);
  const left = conversation.timeline.find(({ kind, data }) => kind === 'leg_left' && data.leg_id === customer.leg_id)!;
  expect(Number(left.data.mos_hundredths_min)).toBe(Math.round(customer.worst! * 100));

  await sunyue.page.goto(`${here.server.manifest.http_url}/conversations/${conversation.id}`);
  const strip = sunyue.id('sound-strip').first();
  await strip.waitFor();
  expect(await strip.getAttribute('aria-label')).toMatch(/客户 的音质：平均 \d\.\d 分，最差 [123]\.\d 分/);
  const grades = await strip
    .locator('span')
    .evaluateAll((bars) => bars.map((bar) => (bar as HTMLElement).dataset.grade));
  expect(grades).toContain('bad');
  expect(grades).toContain('good');
  const hover = await strip.locator('[data-grade="bad"]').first().getAttribute('title');
  expect(hover).toMatch(/差 [123]\.\d 分[^]*收到方向丢包/);
  await closeAll(here, chenxiao, sunyue);
});

test('packets that never reach the browser turn the light in the call bar, until they come again', async () => {
  const { desk: chenxiao, call } = await talking(here);
  const light = chenxiao.id('voice-quality').first();
  const tone = () => light.getAttribute('data-tone');
  await until('a clean line shines green', 15_000, async () => (await light.isVisible()) && (await tone()) === 'good');
  // The server passes on what comes, and the gaps in it.
  call.lose(BROWSER_LOST_PERCENT);
  await until('the light turns', 15_000, async () => (await tone()) === 'bad');
  expect(await light.getAttribute('aria-label')).toMatch(/丢包/);
  call.lose(0);
  await until('the light is green again', 15_000, async () => (await tone()) === 'good');
  call.bye();
  await chenxiao.finishWrapUp();
  await closeAll(here, chenxiao);
});

test('a clean call sounds good on every leg, and the leg of a browser that goes on has its sum in the story', async () => {
  const { desk: chenxiao, call, from } = await talking(here);
  // A second of sound is the least that can be rated, and a busy machine is late with it.
  await pass(3_000);
  await call.hearsClearly(GIVER_HZ);
  // The agent hangs up: both legs are let go by us.
  await chenxiao.id('call-hang-up').first().click();
  await chenxiao.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  const { legs } = await kept(conversation.id, 2);
  for (const leg of legs) {
    expect(leg.worst, leg.role).toBeGreaterThan(4);
    expect(leg.mean, leg.role).toBeGreaterThan(4);
  }
  const rated = async () =>
    (await conversationFrom(here.server, from)).timeline.filter(({ kind }) => kind === 'leg_rated');
  await until('the sum of the browser is told', 5_000, async () => (await rated()).length === 1);
  const [sum] = await rated();
  expect(sum!.data.leg_id).toBe(legs.find((leg) => leg.role === 'agent')!.leg_id);
  expect(Number(sum!.data.mos_hundredths)).toBeGreaterThan(400);
  const left = conversation.timeline.find(({ kind, data }) => kind === 'leg_left' && data.leg_id !== sum!.data.leg_id)!;
  expect(Number(left.data.mos_hundredths)).toBeGreaterThan(400);
  await closeAll(here, chenxiao);
});
