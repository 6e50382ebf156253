import { afterEach, expect, test } from 'vitest';

import { Desk, openBrowser } from '../support/desk';
import { AGENT_HZ, CUSTOMER_HZ, handsets } from '../support/handset';
import { Linphone } from '../support/linphone';
import type { Call } from '../support/phone';
import { singsItsWay } from '../support/singer';
import { endedConversationFrom, expectAtRest, expectSound, plot } from '../support/story';
import { until } from '../support/until';

const TAKER_HZ = 1_300;
const FAR = '13800138000';

const here = handsets();
let singer: Linphone | undefined;

afterEach(async () => {
  await singer?.stop();
  singer = undefined;
});

async function work(transport: 'udp' | 'tcp', keys: 'rtp' | 'info' = 'rtp') {
  return here.works(Linphone.start(here.server, 'desk-8001', transport, AGENT_HZ, keys));
}

/** A customer of the hotline, with the agent at the phone. */
async function talking(phone: Linphone, from: string): Promise<Call> {
  await here.desk.ready();
  const call = await here.customer(from);
  await here.desk.id('offer-card').waitFor();
  await phone.rings();
  phone.type('answer');
  await here.desk.inState('talking');
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
    await here.desk.inState('held');
    await until('the customer hears music', 5_000, async () => {
      const heard = await call.listen(AGENT_HZ, 300);
      return heard.snr_db < 0 && heard.level_dbov > -45;
    });
    phone.type('resume');
    await here.desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);

    phone.type('7');
    expect((await call.wait('digit_heard')).key).toBe('7');
    phone.type('terminate');
    await call.wait('ended');
    await here.desk.finishWrapUp();
    const conversation = await endedConversationFrom(here.server, from);
    expectSound(conversation);
    expect(plot(conversation).filter((line) => /^handling_(held|resumed)/.test(line))).toHaveLength(2);
    await expectAtRest(here.server);
  });
}

test('linphone hands a customer over by its own transfer key', async () => {
  const from = '13900000203';
  const phone = await work('udp');
  const call = await talking(phone, from);
  const linjing = await Desk.signIn(await openBrowser(TAKER_HZ), here.server, 'linjing');
  await linjing.ready();
  phone.type(`transfer ${here.server.uri('8002')}`);
  await linjing.id('offer-card').waitFor();
  await linjing.accept();
  await linjing.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await here.desk.finishWrapUp();
  call.bye();
  await linjing.inState('wrap_up');
  await linjing.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContain('transfer_ended end=completed');
  await linjing.close();
  await expectAtRest(here.server);
});

test('linphone asks a colleague on a second line and joins the two calls', async () => {
  const from = '13900000204';
  const phone = await work('udp');
  const call = await talking(phone, from);
  const linjing = await Desk.signIn(await openBrowser(TAKER_HZ), here.server, 'linjing');
  await linjing.ready();
  phone.type('pause');
  await here.desk.inState('held');
  phone.type(`call ${here.server.uri('8002')}`);
  await linjing.id('offer-card').waitFor();
  await linjing.accept();
  await phone.hearsClearly(TAKER_HZ);
  await linjing.hearsClearly(AGENT_HZ);
  phone.type('transfer 1 --to-call 2');
  await linjing.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await here.desk.finishWrapUp();
  call.bye();
  await linjing.inState('wrap_up');
  await linjing.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'consult', agent_name: '陈晓', to_name: '林静' });
  expect(plot(conversation)).toContain('transfer_ended end=completed');
  await linjing.close();
  await expectAtRest(here.server);
});

test('linphone calls a number outside', async () => {
  const phone = await work('udp');
  const before = here.far.incomingCount() + 1;
  phone.type(`call ${here.server.uri(FAR)}`);
  const call = await here.far.incoming(before);
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  await here.desk.inState('talking');
  phone.type('terminate');
  await call.wait('ended');
  await here.desk.finishWrapUp();
  await expectAtRest(here.server);
});

test('linphone as a telephone of the carrier sings a key, without telephone events, and talks to an agent', async () => {
  const from = '13900000205';
  const phone = await Linphone.singer(from, CUSTOMER_HZ);
  singer = phone;
  await singsItsWay(here, from, {
    dial: (to) => phone.type(`call ${to}`),
    talks: () => phone.talks(),
    sing: (key) => phone.type(key),
    hum: () => phone.hum(),
    hearsClearly: (hz) => phone.hearsClearly(hz),
    ended: () => phone.ended(),
  });
});
