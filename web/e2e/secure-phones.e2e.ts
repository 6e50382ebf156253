import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { Baresip } from './support/baresip';
import { selfSigned } from './support/certificate';
import { type Desk, Desk as Desks, openBrowser } from './support/desk';
import { Phone } from './support/phone';
import { freePort } from './support/ports';
import { Server } from './support/server';
import { endedConversationFrom, expectAtRest, expectSound } from './support/story';
import { until } from './support/until';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 600;
/** Phones over TLS come from 127.0.0.1, which must not be the trunk's: calls from there would be the carrier's. */
const TRUNK = '127.0.0.4';

interface Device {
  id: string;
  username: string;
  state: string;
  encryption: string;
  version: number;
  contacts: { transport: string }[];
}

let server: Server;
let far: Phone;
let desk: Desk;
let handset: Baresip | undefined;
let tlsPort: number;

beforeAll(async () => {
  far = await Phone.start(CUSTOMER_HZ, TRUNK);
  tlsPort = await freePort();
  server = await Server.stopped(far.address, { sip: `tls_bind = "127.0.0.1:${tlsPort}"\n`, trunk: TRUNK });
  certificate();
  server.addSip(`cert_file = "${file('cert')}"\nprivate_key_file = "${file('key')}"\n`);
  await server.run();
  desk = await Desks.signIn(await openBrowser(1_000), server, 'chenxiao');
});

afterEach(async () => {
  await handset?.stop();
  handset = undefined;
});

afterAll(async () => {
  await desk?.context.browser()?.close();
  await far?.stop();
  await server?.stop();
});

function file(name: string): string {
  return join(server.dir, `phones.${name}.pem`);
}

/** Another certificate in the place of the one before. */
function certificate() {
  selfSigned(file('cert'), file('key'));
}

/** The fingerprint of what is shown at the port of TLS, and the version that was agreed. */
async function shown(): Promise<{ fingerprint: string; version: string | null }> {
  return new Promise((done, fail) => {
    const socket = connect({ host: '127.0.0.1', port: tlsPort, rejectUnauthorized: false }, () => {
      done({ fingerprint: socket.getPeerCertificate().fingerprint256, version: socket.getProtocol() });
      socket.destroy();
    });
    socket.once('error', fail);
  });
}

function overTls(number: string): string {
  return `sip:${number}@127.0.0.1:${tlsPort};transport=tls`;
}

async function device(): Promise<Device> {
  const { items } = await server.api<{ items: Device[] }>('GET', '/api/v1/devices');
  return items.find((one) => one.username === 'desk-8001')!;
}

async function require(encryption: 'required' | 'when_offered') {
  const { id, version } = await device();
  await server.api('PATCH', `/api/v1/devices/${id}`, { version, encryption });
}

/** Plugs an encrypted phone in and works with it. */
async function work(): Promise<Baresip> {
  handset = await Baresip.start(server, 'desk-8001', 'tls', AGENT_HZ, { tlsPort, ca: file('cert') });
  await desk.worksWith(server, 'desk-8001');
  expect((await device()).contacts.map(({ transport }) => transport)).toEqual(['tls']);
  return handset;
}

test('an encrypted phone is called, holds, and is heard, while another certificate comes into use', async () => {
  const from = '13900000801';
  await require('required');
  const phone = await work();
  const before = await shown();
  expect(before.version).toBe('TLSv1.3');
  await desk.ready();
  const call = far.call(server.uri(server.hotline), from, { tone_hz: CUSTOMER_HZ });
  await call.wait('answered');
  await call.press('1');
  await phone.wait('CALL_INCOMING');
  phone.answer();
  await desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);

  phone.hold();
  await desk.inState('held');
  phone.resume();
  await desk.inState('talking');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);

  certificate();
  server.signal('SIGHUP');
  await until('another certificate is shown', 10_000, async () => (await shown()).fingerprint !== before.fingerprint);
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  phone.hangUp();
  expect((await call.wait('ended')).by).toBe('peer');
  await desk.finishWrapUp();
  expectSound(await endedConversationFrom(server, from));
  await handset?.stop();
  await expectAtRest(server);
});

test('an encrypted phone calls a number outside and both sides hear each other', async () => {
  await require('required');
  const phone = await work();
  phone.dial(overTls('13800138000'));
  const call = await far.incoming();
  await phone.wait('CALL_ESTABLISHED');
  await phone.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(AGENT_HZ);
  phone.hangUp();
  await call.wait('ended');
  await desk.finishWrapUp();
  await handset?.stop();
  await expectAtRest(server);
});

test('a plain phone is refused where encryption is required, and the log says why', async () => {
  await require('required');
  handset = await Baresip.start(server, 'desk-8001', 'udp', AGENT_HZ);
  const plain = handset;
  await until('the phone is refused', 10_000, () => plain.log().includes('403 Forbidden'));
  expect((await device()).state).toBe('offline');
  expect(server.log()).toContain('a phone that must be encrypted speaks in clear');
  await handset.stop();

  // TLS alone is not enough: sound in clear is refused too.
  handset = await Baresip.start(server, 'desk-8001', 'tls', AGENT_HZ, { tlsPort, ca: file('cert'), isPlain: true });
  await until('the phone is reachable', 15_000, async () => (await device()).state === 'reachable');
  handset.dial(overTls('8002'));
  await handset.wait('CALL_CLOSED');
  expect(server.log()).toContain('it offers no SRTP we speak, and encryption is required there');
  await handset.stop();

  // The same phone is welcome where it may.
  await require('when_offered');
  handset = await Baresip.start(server, 'desk-8001', 'udp', AGENT_HZ);
  await until('the phone is reachable', 15_000, async () => (await device()).state === 'reachable');
});

test('keys stand in no log', () => {
  const log = server.log();
  expect(log).not.toContain('inline:');
  expect(log).not.toContain('a=crypto');
});
