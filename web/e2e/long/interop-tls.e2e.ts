import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { Baresip } from '../support/baresip';
import { selfSigned } from '../support/certificate';
import { type Desk, Desk as Desks, openBrowser } from '../support/desk';
import { Kamailio } from '../support/kamailio';
import { Linphone } from '../support/linphone';
import { Phone } from '../support/phone';
import { Pjsua } from '../support/pjsua';
import { freePort } from '../support/ports';
import { Server } from '../support/server';
import { endedConversationFrom, expectAtRest, expectSound, plot } from '../support/story';
import { until } from '../support/until';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 1_000;
const HANDSET_HZ = 600;
const FAR = '13800138000';
const ACCOUNT = { user: '4008001234', password: 'a carrier gave it' };
/** Phones over TLS come from 127.0.0.1, which must not be the trunk's: calls from there would be the carrier's. */
const OTHER_TRUNK = '127.0.0.4';

const open: { stop(): Promise<void> }[] = [];
let desk: Desk | undefined;

afterEach(async () => {
  await desk?.context.browser()?.close();
  desk = undefined;
  for (const one of open.splice(0).reverse()) await one.stop();
});

/** Notes what has to end with the story. */
function opened<T extends { stop(): Promise<void> }>(one: T): T {
  open.push(one);
  return one;
}

/** A centre that serves SIP over TLS; gives its port and its certificate. */
async function centre(call: string, trunk: string, more: string) {
  const dir = mkdtempSync(join(tmpdir(), 'callisto-tls-'));
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')] as const;
  selfSigned(cert, key);
  const tlsPort = await freePort();
  const server = opened(await Server.stopped(call, { sip: `tls_bind = "127.0.0.1:${tlsPort}"\n`, trunk, more }));
  server.addSip(`cert_file = "${cert}"\nprivate_key_file = "${key}"\n`);
  await server.run();
  desk = await Desks.signIn(await openBrowser(AGENT_HZ), server, 'chenxiao');
  return { server, tlsPort, cert, desk };
}

interface Device {
  id: string;
  username: string;
  version: number;
  contacts: { transport: string }[];
}

/** A centre whose agent's SIP phone must encrypt, and a carrier for it at another address. */
async function encrypting() {
  const far = opened(await Phone.start(CUSTOMER_HZ, OTHER_TRUNK));
  const { server, tlsPort, cert, desk } = await centre(far.address, OTHER_TRUNK, '[drain]\ntimeout_s = 0\n');
  const devices = async () => (await server.api<{ items: Device[] }>('GET', '/api/v1/devices')).items;
  const device = async () => (await devices()).find((one) => one.username === 'desk-8001')!;
  const { id, version } = await device();
  await server.api('PATCH', `/api/v1/devices/${id}`, { version, encryption: 'required' });
  return { far, server, tlsPort, cert, desk, device };
}

/** What somebody at the phone does, each time in the call that there is. */
interface Hand {
  rings(): Promise<void>;
  answer(): void;
  hold(): void;
  resume(): void;
  press(key: string): void;
  hangUp(): void;
  dial(to: string): void;
  hearsClearly(hz: number): Promise<void>;
}

/** The agent is called at the phone, holds, presses a key and hangs up, and then calls a number outside. */
async function isWhole({ far, server, tlsPort, desk, device }: Awaited<ReturnType<typeof encrypting>>, hand: Hand) {
  await desk.worksWith(server, 'desk-8001');
  expect((await device()).contacts.map(({ transport }) => transport)).toEqual(['tls']);
  const from = '13900000501';
  await desk.ready();
  const call = far.call(server.uri(server.hotline), from, { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  await call.press('1');
  await hand.rings();
  hand.answer();
  await desk.inState('talking');
  await hand.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(HANDSET_HZ);
  hand.hold();
  await desk.inState('held');
  hand.resume();
  await desk.inState('talking');
  await hand.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(HANDSET_HZ);
  hand.press('7');
  expect((await call.wait('digit_heard')).key).toBe('7');
  hand.hangUp();
  await call.wait('ended');
  await desk.finishWrapUp();
  expectSound(await endedConversationFrom(server, from));

  const before = far.incomingCount() + 1;
  hand.dial(`sip:${FAR}@127.0.0.1:${tlsPort};transport=tls`);
  const out = await far.incoming(before);
  await hand.hearsClearly(CUSTOMER_HZ);
  await out.hearsClearly(HANDSET_HZ);
  hand.hangUp();
  await out.wait('ended');
  await desk.finishWrapUp();
  expect(server.log()).not.toContain('inline:');
  await expectAtRest(server);
}

test('linphone over TLS with SDES is called, holds, presses a key, and calls', async () => {
  const made = await encrypting();
  const secure = { tlsPort: made.tlsPort, ca: made.cert };
  const phone = opened(await Linphone.start(made.server, 'desk-8001', 'tls', HANDSET_HZ, 'rtp', secure));
  await isWhole(made, {
    rings: () => phone.rings(),
    answer: () => phone.type('answer'),
    hold: () => phone.type('pause'),
    resume: () => phone.type('resume'),
    press: (key) => phone.type(key),
    hangUp: () => phone.type('terminate'),
    dial: (to) => phone.type(`call ${to}`),
    hearsClearly: (hz) => phone.hearsClearly(hz),
  });
});

test('pjsua2 over TLS with SDES is called, holds, presses a key, and calls', async () => {
  const made = await encrypting();
  const secure = { tlsPort: made.tlsPort, ca: made.cert };
  const phone = opened(await Pjsua.start(made.server, 'desk-8001', 'tls', HANDSET_HZ, 'rtp', secure));
  let call = 1;
  await isWhole(made, {
    rings: () => phone.rings(call),
    answer: () => phone.answer(call),
    hold: () => phone.hold(call),
    resume: () => phone.resume(call),
    press: (key) => phone.press(call, key),
    hangUp: () => phone.hangUp(call),
    dial: (to) => {
      call += 1;
      phone.dial(to);
    },
    hearsClearly: (hz) => phone.hearsClearly(call, hz),
  });
});

test('Kamailio as a carrier over TLS, with encrypted sound from end to end: calls in and out, a key, hold', async () => {
  const [port, tls, telephone] = [await freePort(), await freePort(), `127.0.0.1:${await freePort()}`];
  const dir = mkdtempSync(join(tmpdir(), 'callisto-carrier-'));
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')] as const;
  selfSigned(cert, key);
  const trunk = `transport = "tls"\nca_file = "${cert}"\nencryption = "required"\n[drain]\ntimeout_s = 0\n`;
  const { server, tlsPort, desk } = await centre(`127.0.0.1:${tls}`, '127.0.0.1', trunk);
  const ways = { port, telephone, centre: `127.0.0.1:${tlsPort}`, tls: { port: tls, cert, key } };
  opened(await Kamailio.start(ways));
  const far = opened(await Baresip.encrypted(FAR, telephone, CUSTOMER_HZ));

  await desk.ready();
  far.dial(`sip:${server.hotline}@127.0.0.1:${port}`);
  await far.wait('CALL_ESTABLISHED');
  far.press('1');
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await desk.hearsClearly(CUSTOMER_HZ);
  await far.hearsClearly(AGENT_HZ);
  far.hold();
  await until('the customer is on hold', 10_000, async () => (await told(server)).includes('peer_held'));
  far.resume();
  await desk.hearsClearly(CUSTOMER_HZ);
  await far.hearsClearly(AGENT_HZ);
  far.hangUp();
  await desk.finishWrapUp();

  await desk.id('dial-open').first().click();
  await desk.id('dial-number').fill(FAR);
  await desk.id('dial-call').click();
  await far.wait('CALL_INCOMING');
  far.answer();
  await desk.hearsClearly(CUSTOMER_HZ);
  await far.hearsClearly(AGENT_HZ);
  await desk.id('call-hang-up').first().click();
  await far.wait('CALL_CLOSED', 2);
  await desk.finishWrapUp();
  expect(server.log()).not.toContain('inline:');
  await expectAtRest(server, 1);
});

test('the centre registers with Kamailio over TLS, and a call comes to its account', async () => {
  const [port, tls, telephone] = [await freePort(), await freePort(), `127.0.0.1:${await freePort()}`];
  const dir = mkdtempSync(join(tmpdir(), 'callisto-carrier-'));
  const [cert, key, password] = [join(dir, 'cert.pem'), join(dir, 'key.pem'), join(dir, 'password')] as const;
  selfSigned(cert, key);
  writeFileSync(password, ACCOUNT.password, { mode: 0o600 });
  const trunk =
    `transport = "tls"\nca_file = "${cert}"\nencryption = "required"\n` +
    `[trunk.register]\nserver = "127.0.0.1:${tls}"\nuser = "${ACCOUNT.user}"\npassword_file = "${password}"\n` +
    'expires_s = 60\n[drain]\ntimeout_s = 0\n';
  opened(await Kamailio.start({ port, telephone, account: ACCOUNT, tls: { port: tls, cert, key } }));
  const { server, desk } = await centre(`127.0.0.1:${tls}`, '127.0.0.1', trunk);
  const far = opened(await Baresip.encrypted(FAR, telephone, CUSTOMER_HZ));
  await until('the trunk is registered', 40_000, async () => {
    const { trunks } = await server.api<{ trunks: { registration?: string }[] }>('GET', '/api/v1/system/health');
    return trunks[0]?.registration === 'registered';
  });
  await desk.ready();
  far.dial(`sip:${server.hotline}@127.0.0.1:${port}`);
  await far.wait('CALL_ESTABLISHED');
  far.press('1');
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await desk.hearsClearly(CUSTOMER_HZ);
  await far.hearsClearly(AGENT_HZ);
  far.hangUp();
  await desk.finishWrapUp();
  expect(server.log()).not.toContain('inline:');
  await expectAtRest(server, 1);
});

/** What the newest conversation says happened. */
async function told(server: Server): Promise<string> {
  const { items } = await server.api<{ items: { id: string }[] }>('GET', '/api/v1/conversations?limit=1');
  return plot(await server.api('GET', `/api/v1/conversations/${items[0]!.id}`)).join('\n');
}
