import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { faultsOf } from './support/look';
import { endedConversationFrom, expectAtRest } from './support/story';
import { until } from './support/until';

const ANSWER_HZ = 700;
/** In the range the example may dial, and nobody's on record. */
const STRANGER = '13800138077';

const here = centre(ANSWER_HZ);

test('a number is called back from a row of a list, which is calm until somebody points at it', async () => {
  const { call, from } = await here.call({ from: STRANGER });
  call.bye();
  await endedConversationFrom(here.server, from);
  const desk = await here.desk('chenxiao');
  await desk.ready();
  await desk.page.goto(`${here.server.manifest.http_url}/conversations`);
  const row = desk.page.locator('tr[data-testid=conversation-row]').first();
  const button = row.getByTestId('row-call');
  await button.waitFor();
  const seen = () => button.evaluate((one) => Number(getComputedStyle(one.parentElement!).opacity));
  await desk.page.mouse.move(0, 0);
  expect(await seen()).toBe(0);
  await row.hover();
  expect(await seen()).toBe(1);
  await desk.page.mouse.move(0, 0);
  await button.focus();
  expect(await seen()).toBe(1);
  expect(await faultsOf(desk.page, 'conversations-row-call')).toEqual([]);

  await button.click();
  const back = await here.phone.incoming();
  await desk.inState('talking');
  await desk.hearsClearly(ANSWER_HZ, 2);
  expect(new URL(desk.page.url()).pathname).toBe('/conversations');
  await desk.id('call-hang-up').first().click();
  await back.wait('ended');
  await desk.inState('wrap_up');
  await desk.page.goto(here.server.manifest.http_url);
  await desk.id('wrap-up-finish').first().click();
  await desk.leavesState('wrap_up');

  // A telephone has nothing to point with: there the button is always seen.
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await desk.page.goto(`${here.server.manifest.http_url}/conversations`);
  const narrow = desk.page.locator('div[data-testid=conversation-row]').first().getByTestId('row-call');
  await until('the row on a telephone shows its button', 5_000, async () => {
    return (await narrow.evaluate((one) => getComputedStyle(one.parentElement!).opacity)) === '1';
  });
  await desk.page.setViewportSize({ width: 1440, height: 900 });
  expect(desk.complaints).toEqual([]);
  await desk.close();
  await expectAtRest(here.server);
});
