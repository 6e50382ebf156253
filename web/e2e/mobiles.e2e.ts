import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { Desk, openBrowser } from './support/desk';
import { AGENT_HZ, CUSTOMER_HZ, handsets } from './support/handset';
import type { Call } from './support/phone';
import { expectTalksKept } from './support/recordings';
import { conversationFrom, endedConversationFrom, expectAtRest, expectSound, plot } from './support/story';
import { pass, until } from './support/until';

const here = handsets();
let office: Browser | undefined;
/** In the range the example may dial. */
const MOBILE = '13800138777';
const SHOWN = '138 0013 8777';

interface Mobile {
  id: string;
  number: string;
}

async function agentId(): Promise<string> {
  const { items } = await here.server.api<{ items: { id: string; username: string }[] }>('GET', '/api/v1/agents');
  return items.find(({ username }) => username === 'chenxiao')!.id;
}

async function mobilesOf(agent: string): Promise<Mobile[]> {
  return (await here.server.api<{ items: Mobile[] }>('GET', `/api/v1/agents/${agent}/mobiles`)).items;
}

/** The agent works with their mobile, whether or not a story before has seen to it. */
async function works(): Promise<string> {
  const agent = await agentId();
  const path = `/api/v1/agents/${agent}/mobiles`;
  const [mobile = await here.server.api<Mobile>('POST', path, { number: MOBILE })] = await mobilesOf(agent);
  if (!(await worksWith()).includes(SHOWN)) await chooses(mobile.id);
  await until('the lamp is on', 5_000, async () => (await lamp()) === 'connected');
  return agent;
}

async function isReady() {
  if ((await here.desk.id('agent-state').first().getAttribute('data-state')) !== 'ready') await here.desk.ready();
}

const worksWith = async () => (await here.desk.id('phone-state').first().getAttribute('aria-label')) ?? '';
const lamp = () => here.desk.id('phone-state').first().getAttribute('data-state');

async function chooses(id: string) {
  await here.desk.id('agent-state').first().click();
  await here.desk.id(`phone-choice-${id}`).first().click();
  await until('the choice is shown', 5_000, async () => {
    return (await here.desk.id(`phone-choice-${id}`).first().getAttribute('aria-pressed')) === 'true';
  });
  await here.desk.page.keyboard.press('Escape');
}

/** What rings at the mobile after `act`. */
async function rings(act: () => Promise<unknown>): Promise<Call> {
  const next = here.far.incomingCount() + 1;
  await act();
  const mobile = await here.far.incoming(next);
  await mobile.wait('offered');
  return mobile;
}

// The carrier's telephone is the customer's and the mobile: what comes in rings until a story answers.
beforeEach(() => here.far.send({ op: 'incoming', mode: 'ring' }));

afterEach(async () => {
  await office?.close();
  office = undefined;
});

test('an administrator gives an agent a number outside, and refuses itself one of those who help', async () => {
  const { username } = here.server.manifest.users.find((user) => user.role === 'administrator')!;
  office = await openBrowser(1_000);
  const admin = await Desk.signIn(office, here.server, username);
  const agent = await agentId();
  await admin.page.goto(`${here.server.manifest.http_url}/settings/agents/${agent}`);
  await admin.id('agent-mobile-number').fill('110');
  await admin.id('agent-mobile-add').click();
  await admin.page.getByTestId('agent-mobiles').getByText('紧急').first().waitFor();
  expect(await admin.id('agent-mobile').count()).toBe(0);
  await admin.id('agent-mobile-number').fill('138-0013 8777');
  await admin.id('agent-mobile-add').click();
  await admin.page.getByTestId('agent-mobile').filter({ hasText: SHOWN }).waitFor();
  expect((await mobilesOf(agent)).map(({ number }) => number)).toEqual([MOBILE]);
});

test('the mobile is called with the offer, key 1 takes the customer, and the recording holds both', async () => {
  const from = '13900000201';
  const agent = await works();
  expect(await worksWith()).toContain(SHOWN);
  await isReady();
  const floor = await here.server.api<{ agents: { id: string; phone_kind: string }[] }>('GET', '/api/v1/floor');
  expect(floor.agents.find(({ id }) => id === agent)?.phone_kind).toBe('mobile');

  let call!: Call;
  const phone = await rings(async () => (call = await here.customer(from)));
  await here.desk.page.getByText('请接听手机，然后按 1').first().waitFor();
  await phone.answer(AGENT_HZ);
  // Who answers hears what to do, and the customer nothing of it yet.
  await until('something is said at the mobile', 10_000, async () => (await phone.listen()).level_dbov > -40);
  expect((await call.listen(AGENT_HZ, 500)).snr_db).toBeLessThan(0);
  expect((await phone.listen(CUSTOMER_HZ, 500)).snr_db).toBeLessThan(0);
  await phone.press('1');
  await here.desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  await here.desk.id('call-hold').first().click();
  await until('the customer no longer hears the agent', 10_000, async () => {
    return (await call.listen(AGENT_HZ, 500)).snr_db < 0;
  });
  await here.desk.id('call-hold').first().click();
  await call.hearsClearly(AGENT_HZ);
  await phone.hearsClearly(CUSTOMER_HZ);
  await pass(3_000);
  phone.bye();
  expect((await call.wait('ended')).by).toBe('peer');
  await here.desk.finishWrapUp();

  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContain('mobile_called agent_name=陈晓');
  expect(plot(conversation)).toContain('mobile_ended agent_name=陈晓 end=over');
  expect(JSON.stringify(conversation.timeline)).not.toContain(MOBILE);
  await expectTalksKept(here.server, conversation, CUSTOMER_HZ, [AGENT_HZ]);
  await expectAtRest(here.server);
});

test('a mailbox that answers the mobile gets nobody: the customer stays first in the queue', async () => {
  const from = '13900000202';
  await works();
  await isReady();
  let call!: Call;
  const mailbox = await rings(async () => (call = await here.customer(from)));
  await mailbox.answer(AGENT_HZ);
  await mailbox.press('2');
  await here.desk.inState('not_ready', 20_000);
  expect((await mailbox.wait('ended')).by).toBe('peer');
  const story = plot(await conversationFrom(here.server, from));
  expect(story).toContain('mobile_ended agent_name=陈晓 end=no_key');
  expect(story.find((line) => line.startsWith('offer_ended'))).toContain('end=unanswered');
  expect(story.filter((line) => line.startsWith('queued')).at(-1)).toContain('front=true');
  call.bye();
  expectSound(await endedConversationFrom(here.server, from));
  await expectAtRest(here.server);
});

test('a click calls the mobile first and the customer once its key was pressed', async () => {
  const to = '075512345678';
  await works();
  await isReady();
  const phone = await rings(async () => {
    await here.desk.id('dial-open').first().click();
    await here.desk.id('dial-number').fill(to);
    await here.desk.id('dial-call').click();
  });
  await phone.answer(AGENT_HZ);
  const next = here.far.incomingCount() + 1;
  await phone.press('1');
  const customer = await here.far.incoming(next);
  await customer.wait('offered');
  await customer.answer(CUSTOMER_HZ);
  await here.desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await customer.hearsClearly(AGENT_HZ);
  customer.bye();
  expect((await phone.wait('ended')).by).toBe('peer');
  await here.desk.finishWrapUp();
  await expectAtRest(here.server);
});
