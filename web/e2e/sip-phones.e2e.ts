import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { Phone } from './support/phone';
import { Server } from './support/server';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';
import { until } from './support/until';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 600;
/** In the range the example may dial. */
const FAR = '138 0013 8000';

let server: Server;
let far: Phone;
let desk: Desk;
let handset: Baresip | undefined;

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

/** Plugs the SIP phone in, waits until the list shows it reachable, and works with it. */
async function work(transport: 'udp' | 'tcp') {
  handset = await Baresip.start(server, 'desk-8001', transport, AGENT_HZ);
  const id = await until('the phone is reachable', 15_000, async () => {
    const { items } = await server.api<{ items: { id: string; username: string; state: string }[] }>(
      'GET',
      '/api/v1/devices',
    );
    return items.some((one) => one.username === 'desk-8001' && one.state === 'reachable');
  }).then(deviceId);
  await desk.id('agent-state').first().click();
  await desk.id(`phone-choice-${id}`).first().click();
  await until('the desk shows the phone', 5_000, async () => {
    return (await desk.id('phone-state').first().getAttribute('data-state')) === 'connected';
  });
  await desk.page.keyboard.press('Escape');
  return handset;
}

async function deviceId(): Promise<string> {
  const { items } = await server.api<{ items: { id: string; username: string }[] }>('GET', '/api/v1/devices');
  return items.find((one) => one.username === 'desk-8001')!.id;
}

async function finish() {
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
}

for (const [transport, from] of [
  ['udp', '13900000101'],
  ['tcp', '13900000102'],
] as const) {
  test(`a call is answered at a SIP phone over ${transport}, held by its own key, and hung up by either side`, async () => {
    const phone = await work(transport);
    await desk.ready();
    const call = far.call(server.uri(server.hotline), from, { tone_hz: CUSTOMER_HZ });
    await call.wait('answered');
    await call.press('1');
    await phone.wait('CALL_INCOMING');
    await desk.id('offer-card').waitFor();
    phone.answer();
    await desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);

    phone.hold();
    await desk.inState('held');
    await until('the customer hears music', 5_000, async () => {
      const heard = await call.listen(AGENT_HZ, 300);
      return heard.snr_db < 0 && heard.level_dbov > -45;
    });
    phone.resume();
    await desk.inState('talking');
    await phone.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);

    if (transport === 'udp') {
      phone.hangUp();
      expect((await call.wait('ended')).by).toBe('peer');
    } else {
      call.bye();
      await phone.wait('CALL_CLOSED');
    }
    await finish();
    const conversation = await endedConversationFrom(server, from);
    expectSound(conversation);
    const story = plot(conversation);
    expect(story.filter((line) => /^handling_(held|resumed)/.test(line))).toHaveLength(2);
    const end = transport === 'udp' ? 'agent_hung_up' : 'customer_hung_up';
    expect(story.find((line) => line.startsWith('handling_ended'))).toContain(end);

    // A phone that goes away makes its agent not ready, and the desk says why.
    await handset?.stop();
    await desk.inState('not_ready');
    await until('the lamp is out', 5_000, async () => {
      return (await desk.id('phone-state').first().getAttribute('data-state')) === 'failed';
    });
    await desk.id('agent-state').first().click();
    await desk.page.getByText('话机断开，已自动示忙').first().waitFor();
    await desk.page.keyboard.press('Escape');
    await expectAtRest(server);
  });
}

test('declining at the phone gives the customer back and the agent is not ready', async () => {
  const phone = await work('udp');
  await desk.ready();
  const call = far.call(server.uri(server.hotline), '13900000103', { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  await call.press('1');
  await phone.wait('CALL_INCOMING');
  phone.hangUp();
  await desk.inState('not_ready');
  const story = plot(await conversationFrom(server, '13900000103'));
  expect(story.at(-1)).toContain('queued');
  expect(story.find((line) => line.startsWith('offer_ended'))).toContain('end=declined');
  call.bye();
  await endedConversationFrom(server, '13900000103');
});

test('a call from the desk rings the own phone, then a number outside through the trunk', async () => {
  const phone = await work('udp');
  await desk.id('dial-open').first().click();
  await desk.id('dial-number').fill('110');
  await desk.id('dial-call').click();
  await desk.page.getByText('此号码不在允许外呼的范围内').waitFor();
  await desk.id('dial-number').fill(FAR);
  await desk.id('dial-call').click();
  await phone.wait('CALL_INCOMING');
  phone.answer();
  const call = await far.incoming();
  await phone.wait('CALL_ESTABLISHED');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  await desk.id('call-hang-up').first().click();
  await call.wait('ended');
  await phone.wait('CALL_CLOSED');
  await finish();
  const list = await server.api<{ items: { id: string; direction: string; customer?: { name: string } }[] }>(
    'GET',
    '/api/v1/conversations?limit=1',
  );
  expect(list.items[0]).toMatchObject({ direction: 'outbound', customer: { name: '张伟' } });
  const made = await server.api<{ timeline: { kind: string; data: Record<string, unknown> }[] }>(
    'GET',
    `/api/v1/conversations/${list.items[0]!.id}`,
  );
  expect(made.timeline.find((event) => event.kind === 'outbound_ended')?.data.result).toBe('answered');
  await expectAtRest(server);
});

test('no console error was written', () => {
  // The refused number is a refused request, which browsers write down.
  expect(desk.complaints.filter((line) => !line.includes('422'))).toEqual([]);
});
