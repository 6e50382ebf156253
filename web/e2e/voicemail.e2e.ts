import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { faultsOf } from './support/look';
import type { Call } from './support/phone';
import { conversationFrom, endedConversationFrom, expectAtRest, plot } from './support/story';
import { pass, until } from './support/until';

const CALL_BACK_HZ = 700;
/** In the range the example may dial. */
const CUSTOMER = '13800138000';

const here = centre(CALL_BACK_HZ);
const TONE_HZ = 800;
const BEEP_HZ = 1_000;
const AGENT_HZ = 1_000;
const SNR_DB_MIN = 20;

/** Listens to the greeting until the tone that follows it. */
async function hearBeep(call: Call) {
  await until('the greeting is heard', 5_000, async () => (await call.listen(undefined, 200)).level_dbov > -35);
  await until('the beep is heard', 20_000, async () => (await call.listen(BEEP_HZ, 200)).snr_db > SNR_DB_MIN);
}

/** What the page gets when it asks for the message: how much the left side is the tone, in dB, and how long it is. */
async function messageOf(page: Page, hz: number) {
  return page.evaluate(async (hz) => {
    const source = document.querySelector<HTMLAudioElement>('[data-testid="task-audio"]')!.src;
    const answer = await fetch(source);
    const context = new OfflineAudioContext(1, 1, 8_000);
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    const left = sound.getChannelData(0);
    const rate = sound.sampleRate;
    let sin = 0;
    let cos = 0;
    let all = 0;
    left.forEach((sample, n) => {
      sin += sample * Math.sin((2 * Math.PI * hz * n) / rate);
      cos += sample * Math.cos((2 * Math.PI * hz * n) / rate);
      all += sample * sample;
    });
    const tone = (2 * (sin * sin + cos * cos)) / left.length;
    return { snr_db: 10 * Math.log10(tone / Math.max(all - tone, 1e-12)), seconds: sound.duration };
  }, hz);
}

test('a caller out of hours leaves a message; it is on the desk within two seconds, is played there, called back and closed', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  await desk.page.getByText('没有待处理的任务').first().waitFor();
  const { call, from } = await here.call({
    to: here.server.manifest.numbers[3]!.number,
    from: CUSTOMER,
    tone_hz: TONE_HZ,
  });
  await hearBeep(call);
  await pass(3_000);
  await call.press('#');
  const ended = Date.now();
  await desk.id('task-row').waitFor({ timeout: 2_000 });
  expect(Date.now() - ended).toBeLessThan(2_000);
  await until('the caller is thanked', 5_000, async () => (await call.listen(undefined, 200)).level_dbov > -35);
  await call.wait('ended', 20_000);
  const conversation = await endedConversationFrom(here.server, from);
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^flow_node_left .*exit=closed/));
  const left = conversation.timeline.find(({ kind }) => kind === 'voicemail_left')!;
  expect(left.data.cause).toBe('closed');
  expect(left.data.length_ms).toBeGreaterThan(2_500);
  expect(left.data.length_ms).toBeLessThan(5_000);

  await desk.id('task-row').click();
  await desk.id('task-take').click();
  await desk.id('task-give-back').waitFor();
  await desk.id('task-play').click();
  await until('the message plays', 5_000, async () => {
    return desk.page.evaluate(
      () => document.querySelector<HTMLAudioElement>('[data-testid="task-audio"]')!.currentTime > 1,
    );
  });
  const message = await messageOf(desk.page, TONE_HZ);
  expect(message.snr_db).toBeGreaterThan(SNR_DB_MIN);
  expect(Math.abs(message.seconds * 1_000 - Number(left.data.length_ms))).toBeLessThan(1_000);

  await desk.id('call-number').click();
  const back = await here.phone.incoming();
  await desk.inState('talking');
  await desk.hearsClearly(CALL_BACK_HZ, 2);
  await back.hearsClearly(AGENT_HZ);
  await desk.id('call-hang-up').first().click();
  await back.wait('ended');
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();

  await desk.page.goto(`${here.server.manifest.http_url}/tasks`);
  await desk.id('task-row').click();
  expect(await faultsOf(desk.page, 'task-open')).toEqual([]);
  await desk.id('task-note').fill('周五回访');
  await desk.id('task-close-reached').click();
  await desk.page.getByText('没有待处理的任务').first().waitFor();
  const { items } = await here.server.api<{ items: Record<string, unknown>[] }>('GET', '/api/v1/tasks?state=done');
  expect(items[0]).toMatchObject({ state: 'done', result: 'reached', note: '周五回访', from });
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});

test('a full queue leads to a message, and so does a key', async () => {
  const { items } = await here.server.api<{ items: { id: string; name: string; version: number }[] }>(
    'GET',
    '/api/v1/queues',
  );
  const sales = items.find(({ name }) => name.includes('Sales'))!;
  await here.server.api('PATCH', `/api/v1/queues/${sales.id}`, { version: sales.version, waiting_max: 1 });
  const first = await here.waiting();
  await until('the first waits', 10_000, async () => {
    return (await conversationFrom(here.server, first.from)).queue !== undefined;
  });
  const causes: unknown[] = [];
  for (const key of ['1', '6']) {
    const { call, from } = await here.call();
    await call.press(key);
    await hearBeep(call);
    await pass(1_500);
    call.bye();
    const conversation = await endedConversationFrom(here.server, from);
    causes.push(conversation.timeline.find(({ kind }) => kind === 'voicemail_left')?.data.cause);
  }
  expect(causes).toEqual(['queue_full', 'key']);
  first.call.bye();
  await endedConversationFrom(here.server, first.from);
  await expectAtRest(here.server);
});
