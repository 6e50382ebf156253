import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { type Desk, Desk as Desks, openBrowser } from '../support/desk';
import { Linphone } from '../support/linphone';
import { type Call, Phone } from '../support/phone';
import { Server } from '../support/server';
import { endedConversationFrom, expectAtRest, expectSound, plot } from '../support/story';
import { until } from '../support/until';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 600;
const TAKER_HZ = 1_300;
const FAR = '13800138000';

let server: Server;
let far: Phone;
let desk: Desk;
let handset: Linphone | undefined;

beforeAll(async () => {
  far = await Phone.start(CUSTOMER_HZ);
  server = await Server.start(far.address);
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
});

afterEach(async () => {
  await handset?.stop();
  handset = undefined;
});

afterAll(async () => {
  await desk?.context.browser()?.close();
  await far?.stop();
  await server?.stop();
});

async function work(transport: 'udp' | 'tcp', keys: 'rtp' | 'info' = 'rtp') {
  handset = await Linphone.start(server, 'desk-8001', transport, AGENT_HZ, keys);
  await desk.worksWith(server, 'desk-8001');
  return handset;
}

/** A customer of the hotline, with the agent at the phone. */
async function talking(phone: Linphone, from: string): Promise<Call> {
  await desk.ready();
  const call = far.call(server.uri(server.hotline), from, { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  await call.press('1');
  await desk.id('offer-card').waitFor();
  await phone.rings();
  phone.type('answer');
  await desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  return call;
}

for (const transport of ['udp', 'tcp'] as const) {
  test(`linphone over ${transport} takes a call, holds it, presses a key${transport === 'tcp' ? ' by INFO' : ''} and hangs up`, async () => {
    const from = transport === 'udp' ? '13900000201' : '13900000202';
    const phone = await work(transport, transport === 'udp' ? 'rtp' : 'info');
    const call = await talking(phone, from);

    phone.type('pause');
    await desk.inState('held');
    await until('the customer hears music', 5_000, async () => {
      const heard = await call.listen(AGENT_HZ, 300);
      return heard.snr_db < 0 && heard.level_dbov > -45;
    });
    phone.type('resume');
    await desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);

    phone.type('7');
    expect((await call.wait('digit_heard')).key).toBe('7');
    phone.type('terminate');
    await call.wait('ended');
    await desk.finishWrapUp();
    const conversation = await endedConversationFrom(server, from);
    expectSound(conversation);
    expect(plot(conversation).filter((line) => /^handling_(held|resumed)/.test(line))).toHaveLength(2);
    await expectAtRest(server);
  });
}

test('linphone hands a customer over by its own transfer key', async () => {
  const from = '13900000203';
  const phone = await work('udp');
  const call = await talking(phone, from);
  const linjing = await Desks.signIn(await openBrowser(TAKER_HZ), server, 'linjing');
  await linjing.ready();
  phone.type(`transfer ${server.uri('8002')}`);
  await linjing.id('offer-card').waitFor();
  await linjing.accept();
  await linjing.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await desk.finishWrapUp();
  call.bye();
  await linjing.inState('wrap_up');
  await linjing.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContain('transfer_ended end=completed');
  await linjing.close();
  await expectAtRest(server);
});

test('linphone asks a colleague on a second line and joins the two calls', async () => {
  const from = '13900000204';
  const phone = await work('udp');
  const call = await talking(phone, from);
  const linjing = await Desks.signIn(await openBrowser(TAKER_HZ), server, 'linjing');
  await linjing.ready();
  phone.type('pause');
  await desk.inState('held');
  phone.type(`call ${server.uri('8002')}`);
  await linjing.id('offer-card').waitFor();
  await linjing.accept();
  await phone.hearsClearly(TAKER_HZ);
  await linjing.hearsClearly(AGENT_HZ);
  phone.type('transfer 1 --to-call 2');
  await linjing.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await desk.finishWrapUp();
  call.bye();
  await linjing.inState('wrap_up');
  await linjing.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(server, from);
  expectSound(conversation);
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'consult', agent_name: '陈晓', to_name: '林静' });
  expect(plot(conversation)).toContain('transfer_ended end=completed');
  await linjing.close();
  await expectAtRest(server);
});

test('linphone calls a number outside', async () => {
  const phone = await work('udp');
  const before = far.incomingCount() + 1;
  phone.type(`call ${server.uri(FAR)}`);
  const call = await far.incoming(before);
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  await desk.inState('talking');
  phone.type('terminate');
  await call.wait('ended');
  await desk.finishWrapUp();
  await expectAtRest(server);
});
