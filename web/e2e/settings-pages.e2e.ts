import { afterEach, expect, test } from 'vitest';

import { centre } from './support/centre';
import type { Desk } from './support/desk';
import { until } from './support/until';

const here = centre();
const SITE = '浦东经销商';
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
  const desk = await open('/settings/sites/new');
  await desk.id('site-name').fill(SITE);
  await figure(desk, 'site-calls-max').fill('30');
  await desk.id('site-save').click();
  await desk.page.getByTestId('site-row').filter({ hasText: SITE }).waitFor();
  const site = (await items<{ id: string; name: string; calls_max: number }>('sites')).find(
    ({ name }) => name === SITE,
  )!;
  expect(site.calls_max).toBe(30);

  await open('/settings/numbers');
  await choose(desk, 'number-site', SITE);
  await until('the number is of the site', 5_000, async () =>
    (await items<{ site_id: string }>('numbers')).some(({ site_id }) => site_id === site.id),
  );
  const queue = (await items<Queue>('queues'))[0]!;
  await open(`/settings/queues/${queue.id}`);
  await choose(desk, 'site-select', SITE);
  await desk.id('queue-save').click();
  await desk.page.getByTestId('queue-row').filter({ hasText: SITE }).waitFor();
  expect((await one<Queue>(`queues/${queue.id}`)).site_id).toBe(site.id);

  const agent = (await items<{ id: string; username: string }>('agents')).find(
    ({ username }) => username === 'linjing',
  )!;
  await open(`/settings/agents/${agent.id}`);
  await choose(desk, 'site-select', SITE);
  await desk.id('agent-save').click();
  await desk.page.getByTestId('agent-row').filter({ hasText: SITE }).waitFor();
  expect(await one(`agents/${agent.id}`)).toMatchObject({ site_id: site.id });
  expect(desk.complaints).toEqual([]);
});

test('a new number has its hours and its site from the beginning', async () => {
  const desk = await open('/settings/numbers');
  await desk.id('number-new').first().click();
  await desk.id('number-digits').fill('4008005555');
  await desk.id('number-name').fill('浦东热线');
  await choose(desk, 'number-calendar', '不营业 Never open');
  await choose(desk, 'site-select', SITE);
  await desk.id('number-save').click();
  await desk.page.getByTestId('number-row').filter({ hasText: '400 800 5555' }).waitFor();
  const named = async (path: string, name: string) =>
    (await items<{ id: string; name: string }>(path)).find((known) => known.name === name);
  expect(await named('numbers', '浦东热线')).toMatchObject({
    site_id: (await named('sites', SITE))!.id,
    calendar_id: (await named('calendars', '不营业 Never open'))!.id,
  });
  expect(desk.complaints).toEqual([]);
});

test('an outcome that is added is offered at a desk that stays open', async () => {
  const desk = await here.desk('chenxiao');
  await desk.ready();
  const { call } = await here.waiting();
  await desk.accept();
  call.bye();
  await desk.inState('wrap_up');
  const offered = desk.page.locator('[data-testid^="disposition-"]');
  await offered.first().waitFor();
  expect(await offered.filter({ hasText: '约定回访' }).count()).toBe(0);
  await here.server.api('POST', '/api/v1/dispositions', { name_zh: '约定回访', name_en: 'Call arranged' });
  await until('it is offered', 5_000, async () => (await offered.filter({ hasText: '约定回访' }).count()) === 1);
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
  await figure(desk, 'retention-recordings').fill('90');
  await desk.id('retention-policy-save').click();
  // What is older would go for ever: asked first.
  await desk.id('erase-question').waitFor();
  expect(await one('retention-policy')).toMatchObject({ recordings_days: null });
  await desk.id('erase-yes').click();
  await until('the days are kept', 5_000, async () => {
    const { recordings_days: days } = await one<{ recordings_days: number | null }>('retention-policy');
    return days === 90;
  });

  await open('/settings/agents');
  const seen = async () => (await one<{ visible: { listen: boolean } }>('supervision-policy')).visible.listen;
  expect(await seen()).toBe(false);
  await desk.id('supervision-visible-listen').click();
  await desk.id('supervision-save').click();
  await until('listening is shown', 5_000, seen);
  expect(desk.complaints).toEqual([]);
});

test('what is typed is kept when somebody else saves first, and goes together with theirs', async () => {
  const queue = (await items<Queue>('queues'))[0]!;
  const others = (version: number, ring_timeout_ms: number) =>
    here.server.api('PATCH', `/api/v1/queues/${queue.id}`, { version, ring_timeout_ms });
  const desk = await open(`/settings/queues/${queue.id}`);
  await desk.id('queue-name').fill('销售热线');
  await others(queue.version, 33_000);
  await desk.id('queue-save').click();
  await desk.id('beaten').waitFor();
  expect(await desk.id('queue-name').inputValue()).toBe('销售热线');
  expect(await desk.id('queue-save').isDisabled()).toBe(true);
  await desk.id('beaten-keep-mine').click();
  await desk.id('queue-save').click();
  await desk.page.getByTestId('queue-row').filter({ hasText: '销售热线' }).waitFor();
  const both = await one<Queue>(`queues/${queue.id}`);
  expect(both).toMatchObject({ name: '销售热线', ring_timeout_ms: 33_000 });

  await open(`/settings/queues/${queue.id}`);
  await desk.id('queue-name').fill('没有保存');
  await others(both.version, 34_000);
  await desk.id('queue-save').click();
  await desk.id('beaten-take-theirs').click();
  await until('theirs is shown', 5_000, async () => (await desk.id('queue-name').inputValue()) === '销售热线');
  // The browser says of each refusal that it was one.
  expect(desk.complaints.filter((line) => !line.includes('409'))).toEqual([]);
});
