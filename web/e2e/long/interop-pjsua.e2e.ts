import { afterEach, expect, test } from 'vitest';

import { Desk, openBrowser } from '../support/desk';
import { AGENT_HZ, CUSTOMER_HZ, handsets } from '../support/handset';
import { Pjsua } from '../support/pjsua';
import type { Call } from '../support/phone';
import { singsItsWay } from '../support/singer';
import { endedConversationFrom, expectAtRest, expectSound, plot } from '../support/story';
import { until } from '../support/until';

const TAKER_HZ = 1_300;
const FAR = '13800138000';

const here = handsets();
let singer: Pjsua | undefined;

afterEach(async () => {
  await singer?.stop();
  singer = undefined;
});

async function work(transport: 'udp' | 'tcp', keys: 'rtp' | 'info' = 'rtp') {
  const phone = await here.works(Pjsua.start(here.server, 'desk-8001', transport, AGENT_HZ, keys));
  await phone.registered();
  return phone;
}

/** A customer of the hotline, with the agent at the phone. */
async function talking(phone: Pjsua, from: string): Promise<Call> {
  await here.desk.ready();
  const call = await here.customer(from);
  await here.desk.id('offer-card').waitFor();
  await phone.rings(1);
  phone.answer(1);
  await here.desk.inState('talking');
  await phone.hearsClearly(1, CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  return call;
}

/** A colleague at a browser, ready. */
async function colleague(): Promise<Desk> {
  const linjing = await Desk.signIn(await openBrowser(TAKER_HZ), here.server, 'linjing');
  await linjing.ready();
  return linjing;
}

/** The customer has been handed over to the colleague, who ends it. */
async function handedOver(phone: Pjsua, linjing: Desk, call: Call, from: string, kind: 'blind' | 'consult') {
  await linjing.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(TAKER_HZ);
  await phone.ended(1);
  await here.desk.finishWrapUp();
  call.bye();
  await linjing.inState('wrap_up');
  await linjing.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const started = conversation.timeline.find((event) => event.kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind, agent_name: '陈晓', to_name: '林静' });
  expect(plot(conversation)).toContain('transfer_ended end=completed');
  await linjing.close();
  await expectAtRest(here.server);
}

for (const [transport, keys, from] of [
  ['udp', 'rtp', '13900000601'],
  ['tcp', 'info', '13900000602'],
] as const) {
  const how = keys === 'info' ? 'by INFO' : 'as an event of RTP';
  test(`pjsua2 over ${transport} takes a call, holds it, presses a key ${how} and hangs up`, async () => {
    const phone = await work(transport, keys);
    const call = await talking(phone, from);
    phone.hold(1);
    await here.desk.inState('held');
    await until('the customer hears music', 5_000, async () => {
      const heard = await call.listen(AGENT_HZ, 300);
      return heard.snr_db < 0 && heard.level_dbov > -45;
    });
    phone.resume(1);
    await here.desk.inState('talking');
    await phone.hearsClearly(1, CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);
    phone.press(1, '7');
    expect((await call.wait('digit_heard')).key).toBe('7');
    phone.hangUp(1);
    expect((await call.wait('ended')).by).toBe('peer');
    await here.desk.finishWrapUp();
    const conversation = await endedConversationFrom(here.server, from);
    expectSound(conversation);
    expect(plot(conversation).filter((line) => /^handling_(held|resumed)/.test(line))).toHaveLength(2);
    await expectAtRest(here.server);
  });
}

test('pjsua2 hands a customer over by its own transfer key', async () => {
  const from = '13900000603';
  const phone = await work('udp');
  const call = await talking(phone, from);
  const linjing = await colleague();
  phone.transfer(1, here.server.uri('8002'));
  await linjing.id('offer-card').waitFor();
  await linjing.accept();
  await phone.transferred(1, 200);
  await handedOver(phone, linjing, call, from, 'blind');
});

test('pjsua2 asks a colleague on a second line and joins the two calls', async () => {
  const from = '13900000604';
  const phone = await work('udp');
  const call = await talking(phone, from);
  const linjing = await colleague();
  phone.hold(1);
  await here.desk.inState('held');
  phone.dial(here.server.uri('8002'));
  await linjing.id('offer-card').waitFor();
  await linjing.accept();
  await phone.hearsClearly(2, TAKER_HZ);
  await linjing.hearsClearly(AGENT_HZ);
  phone.join(1, 2);
  await phone.transferred(1, 200);
  await handedOver(phone, linjing, call, from, 'consult');
});

test('pjsua2 calls a number outside', async () => {
  const phone = await work('udp');
  const before = here.far.incomingCount() + 1;
  phone.dial(here.server.uri(FAR));
  const call = await here.far.incoming(before);
  await phone.hearsClearly(1, CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  await here.desk.inState('talking');
  phone.hangUp(1);
  await call.wait('ended');
  await here.desk.finishWrapUp();
  await expectAtRest(here.server);
});

test('pjsua2 as a telephone of the carrier sings a key, without telephone events, and talks to an agent', async () => {
  const from = '13900000605';
  const phone = await Pjsua.singer(from, CUSTOMER_HZ);
  singer = phone;
  await singsItsWay(here, from, {
    dial: (to) => phone.dial(to),
    talks: () => phone.talks(1),
    sing: (key) => phone.sing(key),
    hum: () => phone.hum(),
    hearsClearly: (hz) => phone.hearsClearly(1, hz),
    ended: () => phone.ended(1),
  });
});
