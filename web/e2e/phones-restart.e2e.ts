import { expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { AGENT_HZ, CUSTOMER_HZ, handsets } from './support/handset';
import { endedConversationFrom, expectAtRest, expectSound } from './support/story';
import { pass, until } from './support/until';

const here = handsets();
/** Longer than the test: the phone does not register again. */
const REGISTERS_FOR_S = 3_600;
/** Registrations are written together, every two seconds. */
const WRITTEN_MS = 3_000;

test('the server is killed: a phone that registers once an hour rings again, and its agent touches nothing', async () => {
  const manner = { registersFor: REGISTERS_FOR_S };
  const phone = await here.works(Baresip.start(here.server, 'desk-8001', 'udp', AGENT_HZ, undefined, manner));
  await here.desk.ready();
  await pass(WRITTEN_MS);
  await here.server.end('SIGKILL');
  await here.server.run();
  await here.desk.inState('ready', 25_000);

  const from = '13900000501';
  const call = await here.customer(from);
  await phone.wait('CALL_INCOMING');
  phone.answer();
  await here.desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  phone.hangUp();
  expect((await call.wait('ended')).by).toBe('peer');
  await here.desk.finishWrapUp();
  expectSound(await endedConversationFrom(here.server, from));
  await here.desk.inState('ready');
  await expectAtRest(here.server);
});

test('the server is stopped the moment a phone has registered: it is known all the same', async () => {
  const manner = { registersFor: REGISTERS_FOR_S };
  // The agent works with the phone, and it is gone.
  await here.works(Baresip.start(here.server, 'desk-8001', 'udp', AGENT_HZ));
  await here.unplug();
  const phone = await Baresip.start(here.server, 'desk-8001', 'udp', AGENT_HZ, undefined, manner);
  try {
    await here.server.end('SIGTERM');
    await here.server.run();
    // A page read anew knows nothing from before.
    await here.desk.page.reload();
    const lamp = here.desk.id('phone-state').first();
    await until('the phone is there', 25_000, async () => (await lamp.getAttribute('data-state')) === 'connected');
    await here.desk.ready();
    const call = await here.customer('13900000502');
    await phone.wait('CALL_INCOMING');
    phone.answer();
    await here.desk.inState('talking');
    phone.hangUp();
    expect((await call.wait('ended')).by).toBe('peer');
    await here.desk.finishWrapUp();
    await expectAtRest(here.server);
  } finally {
    await phone.stop();
  }
});
