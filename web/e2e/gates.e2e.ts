import { afterEach, expect, test } from 'vitest';

import { centre } from './support/centre';
import { endedConversationFrom, expectAtRest, expectNothingLeftOver, expectSound } from './support/story';
import { pass, until } from './support/until';

const here = centre();
const STALL_MS = 2_000;

async function faults(body: { stall_ms?: number; fail_commits?: boolean }) {
  await here.server.api('POST', '/api/v1/test/faults', body);
}

function healthz(): string {
  return `${here.server.manifest.http_url}/healthz`;
}

// A story that fails in the middle must not leave the node unable to write under the next one.
afterEach(() => faults({ stall_ms: 0, fail_commits: false }));

test('while the committer stalls no 200 leaves and no browser rings, and both do afterwards', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  await faults({ stall_ms: STALL_MS });
  const stalledAt = Date.now();
  const from = here.nextNumber();
  const call = here.phone.call(here.server.uri(here.server.hotline), from, { tone_hz: 800 });
  await call.wait('trying', 1_000);
  await pass(STALL_MS - 400 - (Date.now() - stalledAt));
  expect(call.events('answered')).toHaveLength(0);
  await call.wait('answered', 3_000);

  await call.press('1');
  await pass(100);
  await desk.id('offer-card').waitFor();
  await desk.id('offer-decline').click();
  await desk.inState('not_ready');
  await desk.ready('ringing');
  await desk.id('offer-card').waitFor();
  await desk.accept();
  call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  expectSound(await endedConversationFrom(here.server, from));
  await desk.close();
  await expectAtRest(here.server);
});

test('a ring waits for the commit; hold, mute and BYE do not', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.call();
  await pass(300);
  await faults({ stall_ms: STALL_MS });
  const stalledAt = Date.now();
  await call.press('1');
  await pass(STALL_MS - 500 - (Date.now() - stalledAt));
  expect(await desk.id('offer-card').count()).toBe(0);
  await desk.id('offer-card').waitFor({ timeout: 5_000 });
  await desk.accept();
  await call.hearsClearly(1_000, 300);

  await faults({ stall_ms: STALL_MS });
  await desk.id('call-mute').first().click();
  await until('mute acts at once', 800, async () => (await call.listen(1_000, 150)).snr_db < 0);
  await pass(STALL_MS);
  await desk.id('call-mute').first().click();
  await call.hearsClearly(1_000, 300);

  await faults({ stall_ms: STALL_MS });
  const heldAt = Date.now();
  await desk.id('call-hold').first().click();
  await until('hold acts at once', 1_000, async () => {
    const heard = await call.listen(1_000, 150);
    return heard.snr_db < 0 && heard.level_dbov > -45;
  });
  expect(Date.now() - heldAt).toBeLessThan(1_200);
  await pass(STALL_MS);

  await desk.id('call-hold').first().click();
  await desk.inState('talking');
  await faults({ stall_ms: STALL_MS });
  const endedAt = Date.now();
  await desk.id('call-hang-up').first().click();
  await call.wait('ended', 1_500);
  expect(Date.now() - endedAt).toBeLessThan(1_500);
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  expectSound(await endedConversationFrom(here.server, from));
  await desk.close();
  await expectAtRest(here.server);
});

test('when commits fail new calls get 503, talk goes on, the floor says so, and all is well afterwards', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call, from } = await here.waiting();
  await desk.accept();
  await call.hearsClearly(1_000, 300);
  await faults({ fail_commits: true });
  // The next event fails; from then on the node knows. A call that came before would wait for its answer until the ledger is well.
  await desk.id('call-mute').first().click();
  await until('the node knows', 15_000, async () => (await fetch(healthz())).status === 503);
  const refused = here.phone.call(here.server.uri(here.server.hotline), here.nextNumber());
  expect((await refused.wait('rejected')).code).toBe(503);
  const floor = await here.server.api<{ ledger_ok: boolean }>('GET', '/api/v1/floor');
  expect(floor.ledger_ok).toBe(false);
  await desk.hearsClearly(800);
  await faults({ fail_commits: false });
  await until('the ledger is well again', 5_000, async () => (await fetch(healthz())).ok);
  call.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  expectSound(await endedConversationFrom(here.server, from));
  await desk.close();
  await expectAtRest(here.server);
});

test('nothing is left over', async () => {
  await expectNothingLeftOver(here.server);
});
