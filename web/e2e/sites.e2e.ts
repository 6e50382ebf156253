import { expect, test } from 'vitest';

import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { opened } from './support/opened';
import { Phone } from './support/phone';
import { Server } from './support/server';
import { conversationFrom, endedConversationFrom } from './support/story';
import { until } from './support/until';

/** Each site has a network of its own. */
const DEALER_HOST = '127.0.2.7';
const DEALER_RANGE = '127.0.2.0/24';
const HEAD_HOST = '127.0.3.7';
const HEAD_RANGE = '127.0.3.0/24';
/** The dealer's own carrier. */
const DEALER_TRUNK = '127.0.4.1';
const CUSTOMER_HZ = 800;
const AGENT_HZ = 600;

interface Site {
  id: string;
  name: string;
  version: number;
  devices: number;
}

interface Device {
  id: string;
  username: string;
  state: string;
  version: number;
  refused?: { address: string; at_us: number };
}

interface Floor {
  sites: { name: string; link: string; registered: number; devices: number; calls: number; calls_max: number | null }[];
}

let uplink: Phone;
let dealerLine: Phone;
let server: Server;
let admin: Desk;
let lead: Desk;
let dealer: Site;
let head: Site;

const items = async <T>(path: string) => (await server.api<{ items: T[] }>('GET', path)).items;
const device = async (name: string) => (await items<Device>('/api/v1/devices')).find((one) => one.username === name)!;

/** The example's second agent, her phone, a queue and a number move to a dealer, and the supervisor sees no more than it. */
async function divided() {
  head = (await items<Site>('/api/v1/sites'))[0]!;
  const zone = { time_zone: 'Asia/Shanghai' };
  dealer = await server.api<Site>('POST', '/api/v1/sites', {
    ...zone,
    name: '浦东经销商',
    address_ranges: [DEALER_RANGE],
    calls_max: 2,
  });
  await server.api('PUT', `/api/v1/sites/${head.id}`, {
    ...zone,
    name: head.name,
    version: head.version,
    address_ranges: [HEAD_RANGE],
    calls_max: null,
  });
  const agents = await items<{ id: string; username: string; version: number }>('/api/v1/agents');
  for (const [username, change] of [
    ['linjing', {}],
    ['sunyue', { reach: 'site' }],
  ] as const) {
    const { id, version } = agents.find((agent) => agent.username === username)!;
    await server.api('PATCH', `/api/v1/agents/${id}`, { version, site_id: dealer.id, team_id: '', ...change });
  }
  const { id, version } = await device('desk-8002');
  await server.api('PATCH', `/api/v1/devices/${id}`, { version, site_id: dealer.id });
  const complaints = (await items<{ id: string; version: number }>('/api/v1/queues')).at(-1)!;
  const { id: queue } = complaints;
  await server.api('PATCH', `/api/v1/queues/${queue}`, {
    version: complaints.version,
    site_id: dealer.id,
    team_id: '',
  });
  const numbers = await items<{ id: string; number: string }>('/api/v1/numbers');
  const second = numbers.find((one) => one.number === server.manifest.numbers[1]!.number)!;
  await server.api('PUT', `/api/v1/numbers/${second.id}/site`, { site_id: dealer.id });
}

/** Phones that a story plugged in. */
let plugged: Phone[] = [];
let agent: Desk | undefined;

async function plug(username: string, host: string): Promise<Phone> {
  const phone = await Phone.register(server, username, host);
  plugged.push(phone);
  return phone;
}

async function unplug() {
  for (const phone of plugged) await phone.stop();
  plugged = [];
}

async function open() {
  uplink = await Phone.start(CUSTOMER_HZ);
  dealerLine = await Phone.at(DEALER_TRUNK);
  const more = `[drain]\ntimeout_s = 0\n[[trunk]]\nname = "dealer"\naddresses = ["${DEALER_TRUNK}"]\n`;
  server = await Server.start(uplink.address, { more });
  await divided();
  admin = await Desks.signIn(await openBrowser(1_000), server, 'admin');
  lead = await Desks.signIn(await openBrowser(1_000), server, 'sunyue');
}

async function close() {
  for (const desk of [admin, lead, agent]) await desk?.context.browser()?.close();
  await unplug();
  await server?.stop();
  for (const line of [uplink, dealerLine]) await line?.stop();
}

opened(open, close);

async function row(name: string) {
  const floor = await server.api<Floor>('GET', '/api/v1/floor');
  return floor.sites.find((site) => site.name === name)!;
}

/** The callers of the list of conversations on a desk's screen, as soon as this one is among them. */
async function callersOn(desk: Desk, least: string): Promise<string> {
  await desk.page.goto(`${server.manifest.http_url}/conversations`);
  const rows = desk.page.locator('tr[data-testid=conversation-row]');
  const told = async () => (await rows.allInnerTexts()).join().replaceAll(/\s/g, '');
  await until(`${least} is listed`, 10_000, async () => (await told()).includes(least));
  return told();
}

/** A call of `from` that is answered by the centre and over. */
async function called(line: Phone, number: string, from: string) {
  const call = line.call(server.uri(number), from, { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  call.bye();
  await endedConversationFrom(server, from);
}

test('a dealer’s phone registers from the dealer’s network and from nowhere else', async () => {
  // As if there were no such telephone, with the right password.
  expect(await Phone.refused(server, 'desk-8002', HEAD_HOST)).toContain('401');
  const refused = await device('desk-8002');
  expect(refused.refused?.address).toContain(HEAD_HOST);
  expect(await row('浦东经销商')).toMatchObject({ link: 'none', registered: 0, devices: 1, calls_max: 2 });

  await plug('desk-8002', DEALER_HOST);
  const known = await device('desk-8002');
  expect([known.state, known.refused]).toEqual(['reachable', undefined]);
  expect(await row('浦东经销商')).toMatchObject({ link: 'up', registered: 1 });

  // Another range takes the registration away at once, and the old one lets it come again.
  const site = (await items<Site>('/api/v1/sites')).find((one) => one.id === dealer.id)!;
  const wanted = { name: site.name, time_zone: 'Asia/Shanghai', calls_max: 2 };
  const moved = { ...wanted, version: site.version, address_ranges: ['10.8.0.0/24'] };
  const after = await server.api<Site>('PUT', `/api/v1/sites/${dealer.id}`, moved);
  await until('the registration is gone', 5_000, async () => (await device('desk-8002')).state === 'offline');
  expect((await row('浦东经销商')).link).toBe('down');
  const back = { ...wanted, version: after.version, address_ranges: [DEALER_RANGE] };
  await server.api('PUT', `/api/v1/sites/${dealer.id}`, back);
  await unplug();
});

test('with the uplink cut the dealer is called by its own line, and its phones call each other', async () => {
  await called(uplink, server.hotline, '13900000901');
  await uplink.stop();

  const phone = await plug('desk-8002', DEALER_HOST);
  const other = await plug('desk-8001', HEAD_HOST);
  agent = await Desks.signIn(await openBrowser(1_000), server, 'linjing');
  await agent.worksWith(server, 'desk-8002');
  await agent.ready();
  const customer = dealerLine.call(server.uri(server.manifest.numbers[1]!.number), '13900000902', {
    tone_hz: CUSTOMER_HZ,
  });
  await customer.wait('answered');
  await customer.press('1');
  const rung = await phone.incoming();
  await rung.answer(AGENT_HZ);
  await agent.inState('talking');
  await customer.hearsClearly(AGENT_HZ);
  await rung.hearsClearly(CUSTOMER_HZ);
  await until('the call counts', 5_000, async () => (await row('浦东经销商')).calls === 1);
  customer.bye();
  await agent.finishWrapUp();
  await endedConversationFrom(server, '13900000902');

  // From the dealer's phone to one of the head office.
  await agent.id('dial-open').first().click();
  await agent.id('dial-number').fill('8001');
  await agent.id('dial-call').click();
  const own = await phone.incoming(2);
  await own.wait('answered');
  own.tone(AGENT_HZ);
  const far = await other.incoming();
  await far.answer(CUSTOMER_HZ);
  await own.hearsClearly(CUSTOMER_HZ);
  await far.hearsClearly(AGENT_HZ);
  own.bye();
  await far.wait('ended');
  await agent.finishWrapUp();
  await agent.close();
  await unplug();
});

test('the dealer’s supervisor sees the dealer alone, the head office sees all', async () => {
  // The uplink is cut; who calls by it stands in another hall.
  const hall = await Phone.start(CUSTOMER_HZ);
  plugged.push(hall);
  await called(hall, server.hotline, '13900000903');
  await called(dealerLine, server.manifest.numbers[1]!.number, '13900000904');
  const [theirs, ours] = [await conversationFrom(server, '13900000904'), await conversationFrom(server, '13900000903')];
  expect(await callersOn(admin, '13900000904')).toContain('13900000903');
  expect(await callersOn(lead, '13900000904')).not.toContain('13900000903');
  // What is asked by hand is not there either.
  const statuses = await lead.page.evaluate(
    async (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)),
    [theirs, ours].flatMap(({ id }) => [`/api/v1/conversations/${id}`, `/api/v1/conversations/${id}/recordings`]),
  );
  expect(statuses).toEqual([200, 200, 404, 404]);

  // The floor: the dealer's one queue of three and two agents of five.
  for (const [desk, queues, agents] of [
    [admin, 3, 5],
    [lead, 1, 2],
  ] as const) {
    await desk.page.goto(`${server.manifest.http_url}/floor`);
    const lines = desk.page.locator('tr[data-testid=floor-queue-row]');
    await until(`${queues} queues are shown`, 10_000, async () => (await lines.count()) === queues);
    const told = await desk.page.evaluate(async () => {
      return (await (await fetch('/api/v1/floor')).json()) as { agents: unknown[]; sites: unknown[] };
    });
    expect([told.agents.length, told.sites.length]).toEqual([agents, agents === 5 ? 2 : 1]);
  }
});

test('the dealer’s people see the dealer’s customers, and whoever of the head office calls them', async () => {
  const theirs = '浦东老客户';
  await lead.page.goto(`${server.manifest.http_url}/customers/new`);
  await lead.id('customer-name').fill(theirs);
  await lead.id('customer-save').click();
  await lead.page.waitForURL(/\/customers\/\w+$/);
  const namesOn = async (desk: Desk, least: string) => {
    await desk.page.goto(`${server.manifest.http_url}/customers`);
    const rows = desk.page.locator('tr[data-testid=customer-row]');
    await rows.filter({ hasText: least }).waitFor();
    return (await rows.allInnerTexts()).join();
  };
  expect(await namesOn(lead, theirs)).not.toContain('张伟');
  expect(await namesOn(admin, theirs)).toContain('张伟');

  const [known] = await items<{ id: string }>('/api/v1/customers?number=13800138000');
  const page = `/api/v1/customers/${known!.id}`;
  const asked = () => lead.page.evaluate(async (path) => (await fetch(path)).status, page);
  expect(await asked()).toBe(404);
  const call = dealerLine.call(server.uri(server.manifest.numbers[1]!.number), '13800138000', { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  await until('the dealer sees who calls', 5_000, async () => (await asked()) === 200);
  call.bye();
  await endedConversationFrom(server, '13800138000');
});
