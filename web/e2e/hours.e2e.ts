import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { faultsOf } from './support/look';
import { conversationFrom, endedConversationFrom, expectAtRest, plot, type Conversation } from './support/story';
import { pass, until } from './support/until';

const here = centre();
const STORY_MS_MAX = 180_000;

/** What the timeline says about the opening hours. */
function checked(conversation: Conversation): Record<string, unknown> {
  return conversation.timeline.find((event) => event.kind === 'hours_checked')!.data;
}

test(
  'an administrator closes today and the next caller hears so; opens again and the next one is served',
  {
    timeout: STORY_MS_MAX,
  },
  async () => {
    const admin = await here.desk('admin');
    const { page } = admin;
    await page.goto(`${here.server.manifest.http_url}/settings/hours`);
    await admin.id('calendar-row').first().getByRole('link').click();
    const standing = admin.id('hours-standing').first();
    expect(await standing.getAttribute('data-open')).toBe('true');

    const open = await here.call();
    await pass(1_000);
    open.call.bye();
    const served = await endedConversationFrom(here.server, open.from);
    expect(checked(served)).toMatchObject({ open: true, reason: 'weekly', calendar_name: '全天 Always open' });
    expect(plot(served)).toContainEqual(expect.stringMatching(/^flow_node_left .*exit=open/));

    const today = page.locator('[data-testid="month-day"][aria-current="date"]');
    expect(await today.getAttribute('data-state')).toBe('open');
    await today.click();
    await admin.id('exception-new').click();
    await admin.id('exception-name').fill('设备检修');
    await admin.id('exception-save').click();
    await admin.id('exception').waitFor();
    await until(
      'the month shows the closure',
      5_000,
      async () => (await today.getAttribute('data-state')) === 'closure',
    );
    await until('it is closed', 5_000, async () => (await standing.getAttribute('data-open')) === 'false');
    expect(await standing.textContent()).toContain('设备检修');

    const { call, from } = await here.call();
    await until('the announcement is heard', 3_000, async () => (await call.listen(undefined, 200)).level_dbov > -35);
    call.bye();
    const refused = await endedConversationFrom(here.server, from);
    expect(checked(refused)).toMatchObject({ open: false, reason: 'closure', exception_name: '设备检修' });
    expect(plot(refused)).toContainEqual(expect.stringMatching(/^flow_node_left .*exit=closed/));

    await admin.id('exception-remove').click();
    await until('the month is open again', 5_000, async () => (await today.getAttribute('data-state')) === 'open');
    const again = await here.call();
    await until('the caller is let in', 5_000, async () => {
      const conversation = await conversationFrom(here.server, again.from).catch(() => undefined);
      return plot(conversation ?? refused).some((line) => line.includes('exit=open'));
    });
    again.call.bye();
    await endedConversationFrom(here.server, again.from);

    await page.goto(`${here.server.manifest.http_url}/conversations/${refused.id}`);
    await page.getByText('临时停业（设备检修）').waitFor();
    expect(admin.complaints).toEqual([]);
    await expectAtRest(here.server);
  },
);

test(
  'the month is walked by keys, hours are typed and copied, a number is given other hours',
  {
    timeout: STORY_MS_MAX,
  },
  async () => {
    const admin = await here.desk('admin');
    const { page } = admin;
    await page.goto(`${here.server.manifest.http_url}/settings/hours/new`);
    await admin.id('calendar-name').fill('门店');
    const monday = page.getByRole('group', { name: '星期一' });
    await monday.getByLabel('结束').fill('1730');
    await monday.getByRole('button', { name: '加一段' }).click();
    await monday.getByLabel('开始').last().fill('19');
    await monday.getByLabel('结束').last().fill('21:30');
    await monday.getByRole('button', { name: /用于其他天/ }).click();
    await page.getByText('用于每一天').click();
    await admin.id('calendar-save').click();
    await admin.id('month-grid').waitFor();
    const sunday = page.getByRole('group', { name: '星期日' });
    expect(await sunday.getByLabel('结束').last().inputValue()).toBe('21:30');

    const pressed = page.locator('[data-testid="month-day"][aria-pressed="true"]');
    await pressed.focus();
    const before = await pressed.getAttribute('data-date');
    const after = (days: number) =>
      new Date(Date.parse(`${before}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    await page.keyboard.press('ArrowRight');
    await until('the next day is picked', 5_000, async () => (await pressed.getAttribute('data-date')) === after(1));
    await page.keyboard.press('ArrowDown');
    const eight = after(8);
    await until('the day eight days on is picked', 5_000, async () => {
      return (await pressed.count()) === 1 && (await pressed.getAttribute('data-date')) === eight;
    });
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.date)).toBe(eight);

    await page.goto(`${here.server.manifest.http_url}/settings/numbers`);
    await admin.id('number-hours').last().click();
    await page.locator('.ant-select-item-option').getByText('门店').click();
    await until('the number has them', 5_000, async () => {
      const { items } = await here.server.api<{ items: { calendar_id: string | null }[] }>('GET', '/api/v1/numbers');
      const { items: all } = await here.server.api<{ items: { id: string; name: string }[] }>(
        'GET',
        '/api/v1/calendars',
      );
      return items.at(-1)!.calendar_id === all.find((one) => one.name === '门店')!.id;
    });
    expect(admin.complaints).toEqual([]);
  },
);

test('the pages look right', { timeout: 300_000 }, async () => {
  const admin = await here.desk('admin');
  const { items } = await here.server.api<{ items: { id: string }[] }>('GET', '/api/v1/calendars');
  const id = items[0]!.id;
  const arrange = (body: object) => here.server.api('POST', `/api/v1/calendars/${id}/exceptions`, body);
  await arrange({ kind: 'holiday', name: '国庆节', first_day: '2026-10-01', last_day: '2026-10-07' });
  await arrange({ kind: 'make_up', name: '国庆节调休', first_day: '2026-10-10', like_weekday: 0 });
  const noon = [{ from_minute: 690, to_minute: 840 }];
  await arrange({ kind: 'closure', name: '全员培训', first_day: '2026-10-14', intervals: noon });
  const pages: [string, string][] = [
    ['settings-hours', '/settings/hours'],
    ['settings-calendar', `/settings/hours/${id}?month=2026-10&day=2026-10-14`],
    ['settings-calendar-new', '/settings/hours/new'],
    ['settings-numbers', '/settings/numbers'],
  ];
  for (const [scene, path] of pages) {
    await admin.page.goto(here.server.manifest.http_url + path);
    await admin.page.locator('main').waitFor();
    await admin.page.waitForLoadState('networkidle').catch(() => undefined);
    if (scene === 'settings-calendar') await admin.id('exception-edit').click();
    await pass(800);
    await admin.page.mouse.move(0, 0);
    expect(await faultsOf(admin.page, scene)).toEqual([]);
  }
  expect(admin.complaints).toEqual([]);
});
