import { afterEach, expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import { newFigure, newName } from './support/names';
import { until } from './support/until';

const here = centre();
/** The site of these stories, made by the first of them. */
let site = '';
let admin: Desk | undefined;

afterEach(() => {
  admin = undefined;
});

interface Queue {
  id: string;
  name: string;
  site_id: string;
  ring_timeout_ms: number;
  version: number;
}

const one = <T>(path: string) => here.server.api<T>('GET', `/api/v1/${path}`);
const items = async <T>(path: string) => (await one<{ items: T[] }>(path)).items;

async function open(path: string): Promise<Desk> {
  const { username } = here.server.manifest.users.find((user) => user.role === 'administrator')!;
  admin ??= await here.desk(username);
  await admin.page.goto(here.server.manifest.http_url + path);
  return admin;
}

/** A field for numbers, whose test id may stand at its frame. */
const figure = (desk: Desk, id: string) =>
  desk.page.locator(`input[data-testid="${id}"], [data-testid="${id}"] input`).first();

async function choose(desk: Desk, id: string, word: string) {
  await desk.id(id).first().click();
  await desk.page.locator('.ant-select-dropdown:visible .ant-select-item-option').getByText(word).click();
}

test('an administrator makes a site and gives it a number, a queue and an agent', async () => {
  site = newName('浦东经销商');
  const desk = await open('/settings/sites/new');
  await desk.id('site-name').fill(site);
  await figure(desk, 'site-calls-max').fill('30');
  await desk.id('site-save').click();
  await desk.page.getByTestId('site-row').filter({ hasText: site }).waitFor();
  const made = (await items<{ id: string; name: string; calls_max: number }>('sites')).find(
    ({ name }) => name === site,
  )!;
  expect(made.calls_max).toBe(30);

  await open('/settings/numbers');
  await choose(desk, 'number-site', site);
  await until('the number is of the site', 5_000, async () =>
    (await items<{ site_id: string }>('numbers')).some(({ site_id }) => site_id === made.id),
  );
  const queue = (await items<Queue>('queues'))[0]!;
  await open(`/settings/queues/${queue.id}`);
  await choose(desk, 'site-select', site);
  await desk.id('queue-save').click();
  await desk.page.getByTestId('queue-row').filter({ hasText: site }).waitFor();
  expect((await one<Queue>(`queues/${queue.id}`)).site_id).toBe(made.id);

  const agent = (await items<{ id: string; username: string }>('agents')).find(
    ({ username }) => username === 'linjing',
  )!;
  await open(`/settings/agents/${agent.id}`);
  await choose(desk, 'site-select', site);
  await desk.id('agent-save').click();
  await desk.page.getByTestId('agent-row').filter({ hasText: site }).waitFor();
  expect(await one(`agents/${agent.id}`)).toMatchObject({ site_id: made.id });
  expect(desk.complaints).toEqual([]);
});

test('a page of the settings is found from anywhere by its name in either language', async () => {
  const desk = await open('/conversations');
  const found = desk.page.getByTestId('palette').getByRole('option');
  await desk.page.keyboard.press('Control+k');
  await desk.id('palette-input').fill('dispositions');
  await found.filter({ hasText: '结果与原因' }).waitFor();
  await desk.page.keyboard.press('Enter');
  await desk.page.waitForURL(/\/settings\/outcomes-and-reasons$/);
  await desk.page.keyboard.press('Control+k');
  await desk.id('palette-input').fill('外呼');
  await found.filter({ hasText: '外呼规则' }).click();
  await desk.page.waitForURL(/\/settings\/calling-out$/);
  expect(desk.complaints).toEqual([]);

  const agent = await here.desk('chenxiao');
  await agent.page.keyboard.press('Control+k');
  await agent.id('palette-input').fill('外呼');
  await agent.page.getByTestId('palette').getByText('没有找到').waitFor();
  expect(await agent.page.getByTestId('palette').getByRole('option').count()).toBe(0);
});

test('a new number has its hours and its site from the beginning', async () => {
  const last = String(5_550 + newFigure());
  const name = newName('浦东热线');
  const desk = await open('/settings/numbers');
  await desk.id('number-new').first().click();
  await desk.id('number-digits').fill(`400800${last}`);
  await desk.id('number-name').fill(name);
  await choose(desk, 'number-calendar', '不营业 Never open');
  await choose(desk, 'site-select', site);
  await desk.id('number-save').click();
  await desk.page
    .getByTestId('number-row')
    .filter({ hasText: `400 800 ${last}` })
    .waitFor();
  const named = async (path: string, wanted: string) =>
    (await items<{ id: string; name: string }>(path)).find((known) => known.name === wanted);
  expect(await named('numbers', name)).toMatchObject({
    site_id: (await named('sites', site))!.id,
    calendar_id: (await named('calendars', '不营业 Never open'))!.id,
  });
  expect(desk.complaints).toEqual([]);
});

test('a disposition that is added is offered at a desk that stays open', async () => {
  const name = newName('约定回访');
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call } = await here.waiting();
  await desk.accept();
  call.bye();
  await desk.inState('wrap_up');
  const offered = desk.page.locator('[data-testid^="disposition-"]');
  await offered.first().waitFor();
  expect(await offered.filter({ hasText: name }).count()).toBe(0);
  await here.server.api('POST', '/api/v1/dispositions', { name_zh: name, name_en: newName('Call arranged') });
  await until('it is offered', 5_000, async () => (await offered.filter({ hasText: name }).count()) === 1);
  await desk.finishWrapUp();
  await desk.close();
});

test('an administrator sets what is recorded, for how long it is kept, and who sees a supervisor', async () => {
  const desk = await open('/settings/recording');
  const before = await one<{ before_queue: boolean; version: number }>('recording-policy');
  await desk.id('policy-before-queue').click();
  await desk.id('recording-policy-save').click();
  await until('the rule is kept', 5_000, async () => {
    const after = await one<typeof before>('recording-policy');
    return after.before_queue !== before.before_queue && after.version === before.version + 1;
  });
  const kept = async () => (await one<{ recordings_days: number | null }>('retention-policy')).recordings_days;
  const long = await kept();
  const short = (long ?? 91) - 1;
  await figure(desk, 'retention-recordings').fill(String(short));
  await desk.id('retention-policy-save').click();
  // What is older would go for ever: asked first.
  await desk.id('erase-question').waitFor();
  expect(await kept()).toBe(long);
  await desk.id('erase-yes').click();
  await until('the days are kept', 5_000, async () => (await kept()) === short);

  await open('/settings/agents');
  const seen = async () => (await one<{ visible: { listen: boolean } }>('supervision-policy')).visible.listen;
  const shown = await seen();
  await desk.id('supervision-visible-listen').click();
  await desk.id('supervision-save').click();
  await until('listening is shown, or no longer', 5_000, async () => (await seen()) !== shown);
  expect(desk.complaints).toEqual([]);
});

test('what is typed is kept when somebody else saves first, and goes together with theirs', async () => {
  const name = newName('销售热线');
  const ring = 30_000 + 2_000 * newFigure();
  const queue = (await items<Queue>('queues'))[0]!;
  const others = (version: number, ring_timeout_ms: number) =>
    here.server.api('PATCH', `/api/v1/queues/${queue.id}`, { version, ring_timeout_ms });
  const desk = await open(`/settings/queues/${queue.id}`);
  await desk.id('queue-name').fill(name);
  await others(queue.version, ring);
  await desk.id('queue-save').click();
  await desk.id('beaten').waitFor();
  expect(await desk.id('queue-name').inputValue()).toBe(name);
  expect(await desk.id('queue-save').isDisabled()).toBe(true);
  await desk.id('beaten-keep-mine').click();
  await desk.id('queue-save').click();
  await desk.page.getByTestId('queue-row').filter({ hasText: name }).waitFor();
  const both = await one<Queue>(`queues/${queue.id}`);
  expect(both).toMatchObject({ name, ring_timeout_ms: ring });

  await open(`/settings/queues/${queue.id}`);
  await desk.id('queue-name').fill('没有保存');
  await others(both.version, ring + 1_000);
  await desk.id('queue-save').click();
  await desk.id('beaten-take-theirs').click();
  await until('theirs is shown', 5_000, async () => (await desk.id('queue-name').inputValue()) === name);
  // The browser says of each refusal that it was one.
  expect(desk.complaints.filter((line) => !line.includes('409'))).toEqual([]);
});
