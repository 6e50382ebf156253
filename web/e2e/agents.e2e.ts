import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { Desk } from './support/desk';
import { Proxy } from './support/proxy';
import {
  conversationFrom,
  endedConversationFrom,
  expectAtRest,
  expectNothingLeftOver,
  expectSound,
  kinds,
  plot,
} from './support/story';
import { pass, until } from './support/until';

const here = centre();

test('a visitor calls from a second tab, without any phone', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const visitor = await desk.context.newPage();
  await visitor.goto(`${here.server.manifest.http_url}/visitor`);
  await visitor.getByTestId('visitor-call').click();
  const inCall = visitor.locator('[data-testid="visitor-state"][data-state="connected"]');
  await inCall.waitFor();
  await pass(1_500);
  await visitor.getByTestId('visitor-key-1').click();
  await desk.page.bringToFront();
  await desk.id('offer-card').waitFor({ timeout: 20_000 });
  await desk.accept();
  await pass(500);
  await desk.hearsClearly(1_000);
  await visitor.getByTestId('visitor-hang-up').click();
  await desk.finishWrapUp();
  expectSound(await endedConversationFrom(here.server, null));
  await desk.close();
  await expectAtRest(here.server);
});

test('the caller hangs up while it rings: the offer is gone and the agent stays ready', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting();
  await desk.id('offer-card').waitFor();
  call.bye();
  await desk.id('offer-card').waitFor({ state: 'detached' });
  await desk.inState('ready');
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  expect(plot(conversation)).toContainEqual(expect.stringMatching(/^offer_ended .*end=customer_left/));
  await desk.close();
  await expectAtRest(here.server);
});

test('an agent who never answers is not ready any more; the caller goes to the next, at the front', async () => {
  const silent = await here.desk('chenxiao');
  await silent.ready();
  const { call, from } = await here.waiting();
  await silent.id('offer-card').waitFor();
  const other = await here.desk('linjing');
  await other.ready();
  await silent.inState('not_ready', 25_000);
  await other.id('offer-card').waitFor();
  await other.accept();
  call.bye();
  await other.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  expect(story).toContainEqual(expect.stringMatching(/^offer_ended .*end=unanswered/));
  expect(story).toContainEqual(expect.stringMatching(/^queued .*front=true/));
  await silent.close();
  await other.close();
  await expectAtRest(here.server);
});

test('two callers and one agent: the first is served first, the second hears music until wrap-up is over', async () => {
  const first = await here.waiting();
  await until('the first waits', 10_000, async () =>
    kinds(await conversationFrom(here.server, first.from)).includes('queued'),
  );
  const second = await here.waiting();
  const desk = await here.desk('chenxiao');
  await desk.ready('ringing');
  await desk.accept();
  await until('music for the second', 8_000, async () => (await second.call.listen(undefined, 400)).level_dbov > -40);
  expect((await second.call.listen(1_000, 500)).snr_db).toBeLessThan(0);
  await pass(400);
  await first.call.hearsClearly(1_000);
  first.call.bye();
  await desk.inState('wrap_up');
  expect(await desk.id('offer-card').count()).toBe(0);
  await desk.id('wrap-up-finish').first().click();
  await desk.accept();
  await pass(500);
  await second.call.hearsClearly(1_000);
  second.call.bye();
  await desk.finishWrapUp();
  for (const { from } of [first, second]) expectSound(await endedConversationFrom(here.server, from));
  await desk.close();
  await expectAtRest(here.server);
});

test('a refresh in mid-call: audio is back within three seconds, the customer hears music meanwhile', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting();
  await desk.accept();
  await pass(1_500);
  await call.hearsClearly(1_000);
  await desk.page.reload({ waitUntil: 'load' });
  const loadedAt = Date.now();
  await until('audio is back both ways', 5_000, async () => (await call.listen(1_000, 200)).snr_db > 20);
  expect(Date.now() - loadedAt).toBeLessThanOrEqual(3_000);
  await desk.inState('talking');
  await pass(500);
  await desk.hearsClearly(800);
  call.bye();
  await desk.finishWrapUp();
  const conversation = await endedConversationFrom(here.server, from);
  expectSound(conversation);
  const story = plot(conversation);
  expect(story).toContainEqual(expect.stringMatching(/^handling_held .*device_lost=true/));
  expect(story).toContainEqual(expect.stringMatching(/^handling_resumed .*device_back=true/));
  await desk.close();
  await expectAtRest(here.server);
});

test('a second tab takes the phone over and the first says so', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting();
  await desk.accept();
  await pass(800);
  const second = new Desk(await desk.context.newPage(), desk.context);
  await second.page.goto(here.server.manifest.http_url);
  await second.id('agent-state').waitFor();
  await second.id('phone-take-over').first().click();
  await until('the second tab hears the customer', 8_000, async () => (await second.hears(800, 500)).snr_db > 20);
  await call.hearsClearly(1_000);
  await desk.page.locator('[data-testid="phone-take-over"]').first().waitFor();
  expect((await desk.hears(800, 500)).level_db).toBeLessThan(-80);
  await pass(2_000);
  await second.hearsClearly(800);
  call.bye();
  await second.finishWrapUp();
  expectSound(await endedConversationFrom(here.server, from));
  await second.close();
  await expectAtRest(here.server);
});

test(
  'the page is cut off for ten seconds while it rings and while they talk: nothing is lost or doubled',
  { timeout: 150_000 },
  async () => {
    const proxy = await Proxy.before(here.server.manifest.http_url);
    const direct = here.server.manifest.http_url;
    here.server.manifest.http_url = proxy.url;
    const desk = await here.desk('chenxiao').finally(() => (here.server.manifest.http_url = direct));
    await desk.ready();
    const ringing = await here.waiting();
    await desk.id('offer-card').waitFor();
    proxy.cut();
    await pass(10_000);
    proxy.mend();
    await until(
      'the desk is connected again and rings',
      8_000,
      async () => (await desk.id('offer-card').count()) === 1,
    );
    await desk.id('offer-accept').click({ timeout: 10_000 });
    await desk.inState('talking');
    await pass(600);
    proxy.cut();
    await pass(5_000);
    await ringing.call.hearsClearly(1_000);
    await pass(5_000);
    proxy.mend();
    await desk.id('call-hang-up').first().click({ timeout: 10_000 });
    await ringing.call.wait('ended', 20_000);
    await desk.finishWrapUp();
    const conversation = await endedConversationFrom(here.server, ringing.from);
    expectSound(conversation);
    const seen = kinds(conversation);
    expect(seen.filter((kind) => kind === 'agent_offered')).toHaveLength(1);
    expect(seen.filter((kind) => kind === 'handling_started')).toHaveLength(1);
    expect(seen).not.toContain('handling_held');
    await desk.close();
    proxy.stop();
    await expectAtRest(here.server);
  },
);

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});
