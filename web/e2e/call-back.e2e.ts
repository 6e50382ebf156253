import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { faultsOf } from './support/look';
import { endedConversationFrom, expectAtRest } from './support/story';
import { until } from './support/until';

const ANSWER_HZ = 700;
/** In the range the example may dial, and nobody's on record. */
const STRANGER = '13800138077';

/** The same as the desk writes it. */
const STRANGER_SHOWN = '138 0013 8077';
/** In no range it may dial. */
const FORBIDDEN = '10086';
const REFUSED = '此号码不在允许外呼的范围内';

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

test('Enter twice dials the last number again, refused or reached, until the sign-out', async () => {
  const chenxiao = await here.desk('chenxiao');
  await chenxiao.ready();
  const { keyboard } = chenxiao.page;
  const number = chenxiao.id('dial-number');
  await keyboard.press('Shift+C');
  await number.fill(FORBIDDEN);
  await keyboard.press('Enter');
  await chenxiao.id('dial-failed').filter({ hasText: REFUSED }).waitFor();
  await number.fill(STRANGER_SHOWN);
  const first = here.phone.incomingCount() + 1;
  await keyboard.press('Enter');
  const far = await here.phone.incoming(first);
  await chenxiao.hearsClearly(ANSWER_HZ, 2);
  far.bye();
  await chenxiao.finishWrapUp();

  await keyboard.press('Shift+C');
  await chenxiao.id('dial-pad').waitFor();
  expect(await chenxiao.id('dial-recent').allInnerTexts()).toEqual([
    expect.stringContaining(STRANGER_SHOWN),
    FORBIDDEN,
  ]);
  await keyboard.press('Enter');
  await until('the last number is in the field', 5_000, async () => (await number.inputValue()) === STRANGER_SHOWN);
  here.phone.send({ op: 'incoming', mode: 'ring' });
  await keyboard.press('Enter');
  const again = await here.phone.incoming(first + 1);
  await again.wait('offered');
  again.reject();
  await chenxiao.finishWrapUp();

  await chenxiao.id('agent-state').first().click();
  await chenxiao.id('agent-sign-out').first().click();
  await chenxiao.inState('signed_out');
  await chenxiao.id('me-menu').click();
  await chenxiao.page.getByText('退出登录').click();
  await chenxiao.id('sign-in-username').fill('chenxiao');
  await chenxiao.id('sign-in-password').fill(here.server.user('chenxiao').password);
  await chenxiao.id('sign-in-submit').click();
  await chenxiao.id('agent-state').first().waitFor();
  await chenxiao.ready();
  await keyboard.press('Shift+C');
  await chenxiao.id('dial-pad').waitFor();
  expect(await chenxiao.id('dial-recent').count()).toBe(0);
  await keyboard.press('Escape');
  // Refused requests are written down by the browser.
  expect(chenxiao.complaints.filter((line) => !/\b4\d\d\b/.test(line))).toEqual([]);
  await chenxiao.close();
  await expectAtRest(here.server);
});
