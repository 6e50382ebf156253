import { expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { Desk, openBrowser } from './support/desk';
import { expectNothingHeardAt, hearsMusic } from './support/handover';
import { AGENT_HZ, CUSTOMER_HZ, handsets } from './support/handset';
import { type Call, Phone } from './support/phone';
import { audio, expectTalksKept, sealedOf, secondsTo } from './support/recordings';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';
import { pass, until } from './support/until';
import { readWav, toneDb } from './support/wav';

const TAKER_HZ = 1_300;
/** In the range the example may dial. */
const FAR = '138 0013 8000';

const here = handsets();

/** Plugs the SIP phone in and works with it. */
async function work(transport: 'udp' | 'tcp') {
  return here.works(Baresip.start(here.server, 'desk-8001', transport, AGENT_HZ));
}

for (const [transport, from] of [
  ['udp', '13900000101'],
  ['tcp', '13900000102'],
] as const) {
  test(`a call is answered at a SIP phone over ${transport}, held by its own key, and hung up by either side`, async () => {
    const phone = await work(transport);
    await here.desk.ready();
    const call = await here.customer(from);
    await phone.wait('CALL_INCOMING');
    await here.desk.id('offer-card').waitFor();
    phone.answer();
    await here.desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);

    phone.hold();
    await here.desk.inState('held');
    await until('the customer hears music', 5_000, async () => {
      const heard = await call.listen(AGENT_HZ, 300);
      return heard.snr_db < 0 && heard.level_dbov > -45;
    });
    await pass(1_000);
    phone.resume();
    await here.desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);
    phone.press('5');
    expect((await call.wait('digit_heard')).key).toBe('5');

    if (transport === 'udp') {
      phone.hangUp();
      expect((await call.wait('ended')).by).toBe('peer');
    } else {
      call.bye();
      await phone.wait('CALL_CLOSED');
    }
    await here.desk.finishWrapUp();
    const conversation = await endedConversationFrom(here.server, from);
    expectSound(conversation);
    const story = plot(conversation);
    expect(story.filter((line) => /^handling_(held|resumed)/.test(line))).toHaveLength(2);
    const sealed = await sealedOf(here.server, conversation.id, 5_000);
    const wav = readWav((await audio(here.server, sealed.id)).bytes);
    const [held, resumed] = ['handling_held', 'handling_resumed'].map((kind) =>
      secondsTo(
        conversation.timeline.find((event) => event.kind === kind)!,
        sealed,
      ),
    );
    const hold = [held! + 0.3, resumed! - 0.1] as const;
    // Nobody hears either of them meanwhile.
    expect(toneDb(wav, 'left', CUSTOMER_HZ, ...hold)).toBeLessThan(-60);
    expect(toneDb(wav, 'right', AGENT_HZ, ...hold)).toBeLessThan(-50);
    expect(toneDb(wav, 'right', AGENT_HZ, resumed! + 0.5, resumed! + 1)).toBeGreaterThan(-40);
    const end = transport === 'udp' ? 'agent_hung_up' : 'customer_hung_up';
    expect(story.find((line) => line.startsWith('handling_ended'))).toContain(end);

    // A phone that goes away makes its agent not ready, and the desk says why.
    await phone.stop();
    await here.desk.inState('not_ready');
    await until('the lamp is out', 5_000, async () => {
      return (await here.desk.id('phone-state').first().getAttribute('data-state')) === 'failed';
    });
    await here.desk.id('agent-state').first().click();
    await here.desk.page.getByText('话机断开，已自动示忙').first().waitFor();
    await here.desk.page.keyboard.press('Escape');
    await expectAtRest(here.server);
  });
}

test('declining at the phone gives the customer back and the agent is not ready', async () => {
  const phone = await work('udp');
  await here.desk.ready();
  const call = await here.customer('13900000103');
  await phone.wait('CALL_INCOMING');
  phone.hangUp();
  await here.desk.inState('not_ready');
  const story = plot(await conversationFrom(here.server, '13900000103'));
  expect(story.at(-1)).toContain('queued');
  expect(story.find((line) => line.startsWith('offer_ended'))).toContain('end=declined');
  call.bye();
  await endedConversationFrom(here.server, '13900000103');
});

test('a call from the desk rings the own phone, then a number outside through the trunk', async () => {
  const phone = await work('udp');
  await here.desk.id('dial-open').first().click();
  await here.desk.id('dial-number').fill('10086');
  await here.desk.id('dial-call').click();
  await here.desk.page.getByText('此号码不在允许外呼的范围内').waitFor();
  await here.desk.id('dial-number').fill(FAR);
  await here.desk.id('dial-call').click();
  await phone.wait('CALL_INCOMING');
  phone.answer();
  const call = await here.far.incoming();
  await phone.wait('CALL_ESTABLISHED');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  await here.desk.id('call-hang-up').first().click();
  await call.wait('ended');
  await phone.wait('CALL_CLOSED');
  await here.desk.finishWrapUp();
  const list = await here.server.api<{ items: { id: string; direction: string; customer?: { name: string } }[] }>(
    'GET',
    '/api/v1/conversations?limit=1',
  );
  expect(list.items[0]).toMatchObject({ direction: 'outbound', customer: { name: '张伟' } });
  const made = await here.server.api<{ timeline: { kind: string; data: Record<string, unknown> }[] }>(
    'GET',
    `/api/v1/conversations/${list.items[0]!.id}`,
  );
  expect(made.timeline.find((event) => event.kind === 'outbound_ended')?.data.result).toBe('answered');
  await expectAtRest(here.server);
});

/** A customer of the hotline, with the agent, who is ready, at the SIP phone. */
async function talking(phone: Baresip, from: string): Promise<Call> {
  const rings = phone.count('CALL_INCOMING') + 1;
  const call = await here.customer(from);
  await phone.wait('CALL_INCOMING', rings);
  phone.answer();
  await here.desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  return call;
}

test("the phone's own transfer key hands the customer over, and says when it cannot be done", async () => {
  const from = '13900000104';
  const phone = await work('udp');
  await here.desk.ready();
  const call = await talking(phone, from);
  const linjing = await Desk.signIn(await openBrowser(TAKER_HZ), here.server, 'linjing');
  await linjing.ready();
  phone.transfer(here.server.uri('8002'));
  await linjing.id('offer-card').waitFor();
  await phone.wait('CALL_CLOSED');
  expect(await linjing.id('offer-transfer').innerText()).toContain('陈晓');
  await hearsMusic(call, AGENT_HZ, TAKER_HZ);
  await linjing.accept();
  await linjing.hearsClearly(CUSTOMER_HZ, 3);
  await call.hearsClearly(TAKER_HZ);
  expect((await call.listen(AGENT_HZ, 500)).snr_db).toBeLessThan(0);
  await expectNothingHeardAt(here.desk, CUSTOMER_HZ, TAKER_HZ);
  await here.desk.finishWrapUp();
  call.bye();
  await linjing.inState('wrap_up');
  await linjing.id('wrap-up-finish').first().click();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const started = conversation.timeline.find(({ kind }) => kind === 'transfer_started')!;
  expect(started.data).toMatchObject({ kind: 'blind', agent_name: '陈晓', to_name: '林静' });
  expect(plot(conversation)).toContain('transfer_ended end=completed');
  await expectTalksKept(here.server, conversation, CUSTOMER_HZ, [AGENT_HZ, TAKER_HZ]);
  expect(linjing.complaints).toEqual([]);
  await linjing.close();

  // A number outside is not reached this way. This phone hangs up when it is told so.
  const kept = '13900000105';
  await talking(phone, kept);
  phone.transfer(here.server.uri('0190123456'));
  await phone.wait('TRANSFER_FAILED');
  await here.desk.finishWrapUp();
  expect(plot(await endedConversationFrom(here.server, kept)).filter((line) => line.startsWith('transfer'))).toEqual(
    [],
  );
  await expectAtRest(here.server);
});

test('a colleague is asked on a second line of the phone, and the transfer key joins the two calls', async () => {
  const from = '13900000106';
  const phone = await Phone.register(here.server, 'desk-8001');
  await here.desk.worksWith(here.server, 'desk-8001');
  const call = here.far.call(here.server.uri(here.server.hotline), from, { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  await here.desk.ready();
  await call.press('1');
  const first = await phone.incoming();
  await first.answer(AGENT_HZ);
  await here.desk.inState('talking');
  await first.hearsClearly(CUSTOMER_HZ);
  const linjing = await Desk.signIn(await openBrowser(TAKER_HZ), here.server, 'linjing');
  await linjing.ready();
  await first.hold();
  await here.desk.inState('held');
  const second = phone.call(here.server.uri('8002'), 'desk-8001', { tone_hz: AGENT_HZ });
  await linjing.id('offer-card').waitFor();
  expect(await linjing.id('offer-transfer').innerText()).toContain('陈晓 向您咨询');
  await linjing.accept();
  await second.hearsClearly(TAKER_HZ);
  await linjing.hearsClearly(AGENT_HZ);
  await until('the customer hears music and nobody', 5_000, async () => {
    const heard = [await call.listen(AGENT_HZ, 300), await call.listen(TAKER_HZ, 300)];
    return heard.every(({ snr_db, level_dbov }) => snr_db < 0 && level_dbov > -45);
  });
  await pass(1_000);
  first.refer(here.server.uri('8002'), second);
  for (const one of [first, second]) expect((await one.wait('ended')).by).toBe('peer');
  expect(first.events('refer_report').map((report) => report.code)).toEqual([100, 200]);
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
  const sealed = await sealedOf(here.server, conversation.id, 5_000);
  const wav = readWav((await audio(here.server, sealed.id)).bytes);
  const ended = conversation.timeline.find(({ kind }) => kind === 'transfer_ended')!;
  const [asked, joined] = [secondsTo(started, sealed), secondsTo(ended, sealed)];
  // While the two of them talk nobody hears the customer, so nothing of the customer is kept.
  const secret = [joined - 1, joined - 0.2] as const;
  expect(asked).toBeLessThan(secret[0]);
  for (const hz of [AGENT_HZ, TAKER_HZ]) expect(toneDb(wav, 'right', hz, ...secret)).toBeGreaterThan(-40);
  expect(toneDb(wav, 'left', CUSTOMER_HZ, ...secret)).toBeLessThan(-60);
  expect(toneDb(wav, 'right', TAKER_HZ, joined + 0.5, joined + 1.2)).toBeGreaterThan(-40);
  expect(toneDb(wav, 'left', CUSTOMER_HZ, joined + 0.5, joined + 1.2)).toBeGreaterThan(-30);
  expect(linjing.complaints).toEqual([]);
  await linjing.close();
  await phone.stop();
  await here.desk.inState('not_ready');
  await expectAtRest(here.server);
});

test('a call begun at the phone reaches a number outside that is allowed, and no other', async () => {
  // Over UDP, because over TCP this phone comes from the address of the trunk, and its calls are the trunk's.
  const phone = await work('udp');
  phone.dial(here.server.uri('10086'));
  await phone.wait('CALL_CLOSED');
  const before = here.far.incomingCount() + 1;
  phone.dial(here.server.uri(FAR.replaceAll(' ', '')));
  const call = await here.far.incoming(before);
  await phone.wait('CALL_ESTABLISHED');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  await here.desk.inState('talking');
  phone.hangUp();
  await call.wait('ended');
  await here.desk.finishWrapUp();
  await expectAtRest(here.server);
});

test('no console error was written', () => {
  // The refused number is a refused request, which browsers write down.
  expect(here.desk.complaints.filter((line) => !line.includes('422'))).toEqual([]);
});
