import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';

import { Desk, openBrowser } from './support/desk';
import { Phone, type Call } from './support/phone';
import { Server } from './support/server';
import { pass, until } from './support/until';

/** A name that is no loopback to a browser, so that nothing is trusted because it is near. */
const NAME = 'callcentre.test';
const CALLS = 10;
/** After the last call is over. */
const ENDED_MS_MAX = 2_000;
/** How long everybody must go on undisturbed. */
const UNDISTURBED_MS = 4_000;

let server: Server | undefined;
let phone: Phone | undefined;
const browsers: Browser[] = [];

afterEach(async () => {
  for (const browser of browsers.splice(0)) await browser.close();
  await phone?.stop();
  await server?.end('SIGINT');
  await server?.stop();
  phone = undefined;
  server = undefined;
});

async function browser(...more: string[]): Promise<Browser> {
  const opened = await openBrowser(1_000, [`--host-resolver-rules=MAP ${NAME} 127.0.0.1`, ...more]);
  browsers.push(opened);
  return opened;
}

/** What Chromium calls the key of a certificate. */
function pinOf(pem: string): string {
  const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}

function numberOf(n: number): string {
  return `1380013${String(8_000 + n)}`;
}

/** A caller in the sales queue. */
async function waiting(n: number): Promise<Call> {
  const call = phone!.call(server!.uri(server!.hotline), numberOf(n), { tone_hz: 800 });
  await call.wait('answered');
  await call.press('1');
  return call;
}

test('with the certificate it made itself the page has a microphone, and a call is answered over HTTPS', async () => {
  server = await Server.start(undefined, { http: `tls = "generated"\nnames = ["${NAME}"]\n` });
  phone = await Phone.start();
  const pem = readFileSync(join(server.dataDir, 'tls', 'certificate.pem'), 'utf8');
  const shown = new X509Certificate(pem);
  expect(server.log()).toContain(shown.fingerprint256);
  expect(shown.checkHost(NAME)).toBe(NAME);

  const url = server.manifest.http_url.replace('127.0.0.1', NAME);
  expect(url.startsWith('https://')).toBe(true);
  const opened = await browser(`--ignore-certificate-errors-spki-list=${pinOf(pem)}`);
  // Typed without https://: the same port sends the browser on.
  const desk = await Desk.signIn(opened, server, 'chenxiao', url.replace('https:', 'http:'));
  expect(await desk.page.evaluate(() => [location.protocol, isSecureContext])).toEqual(['https:', true]);
  const cookies = await desk.context.cookies();
  expect(cookies.map(({ secure, httpOnly }) => [secure, httpOnly])).toEqual([[true, true]]);
  await desk.ready();
  expect(await desk.id('insecure-page').count()).toBe(0);

  const call = await waiting(0);
  await desk.id('offer-card').waitFor();
  await desk.accept();
  await desk.hearsClearly(800);
  await call.hearsClearly(1_000);
  server.signal('SIGHUP');
  await until('it looked again', 5_000, () => server!.log().includes('told to look again'));
  await desk.hearsClearly(800);
  await call.hearsClearly(1_000);
  call.bye();
  await desk.inState('wrap_up');
  // The browser of this story was told not to mind the certificate, and says that it minds.
  expect(desk.complaints.filter((one) => !one.includes('Cross-Origin-Opener-Policy'))).toEqual([]);
});

test('a page over plain HTTP says at once that it has no microphone, and where HTTPS is', async () => {
  server = await Server.start(undefined, { http: `tls = "off"\npublic_url = "https://${NAME}"\n` });
  const url = server.manifest.http_url.replace('127.0.0.1', NAME);
  const desk = await Desk.signIn(await browser(), server, 'chenxiao', url);
  await desk.id('insecure-page').waitFor();
  expect(await desk.id('open-https').getAttribute('href')).toBe(`https://${NAME}/`);
  const near = await Desk.signIn(await browser(), server, 'linjing');
  expect(await near.id('insecure-page').count()).toBe(0);
});

test('a drain cuts nobody off, refuses everybody new, and ends with the last call', async () => {
  server = await Server.start(undefined, { more: '[drain]\ntimeout_s = 600\n' });
  phone = await Phone.start();
  const desk = await Desk.signIn(await browser(), server, 'chenxiao');
  await desk.ready();
  const calls = [await waiting(0)];
  await desk.id('offer-card').waitFor();
  await desk.accept();
  for (let n = 1; n < CALLS; n++) calls.push(await waiting(n));
  await until('music plays to the last of them', 8_000, async () => {
    return (await calls.at(-1)!.listen(undefined, 500)).level_dbov > -40;
  });
  expect((await fetch(`${server.manifest.http_url}/healthz`)).status).toBe(200);

  server.signal('SIGTERM');
  await desk.page.getByText('系统正在停机').waitFor();
  const health = await fetch(`${server.manifest.http_url}/healthz`);
  // Beside it the machine may have something of its own to tell, such as a disk that is nearly full.
  const told = { status: 'failing', codes: expect.arrayContaining(['draining']) as unknown };
  expect([health.status, await health.json()]).toEqual([503, told]);
  const late = phone.call(server.uri(server.hotline), numberOf(99), {});
  const rejected = await late.wait('rejected');
  expect(rejected.code).toBe(503);
  expect(Number(rejected.retry_after)).toBeGreaterThan(0);

  await pass(UNDISTURBED_MS);
  expect(server.exitCode).toBeNull();
  for (const call of calls) expect(call.events('ended')).toEqual([]);
  await desk.hearsClearly(800);
  await calls[0]!.hearsClearly(1_000);
  await until('music plays on', 8_000, async () => (await calls.at(-1)!.listen(undefined, 500)).level_dbov > -40);

  // Somebody who waited is still served.
  calls[0]!.bye();
  await desk.inState('wrap_up');
  await desk.id('wrap-up-finish').first().click();
  await desk.inState('ringing');
  await desk.accept();
  await calls[1]!.hearsClearly(1_000);

  for (const call of calls.slice(1)) call.bye();
  await until('the program has ended by itself', ENDED_MS_MAX, () => server!.exitCode !== null);
  expect(server.exitCode).toBe(0);
  expectSilentAboutCallers(server.log());
});

test('a second SIGTERM ends the calls that are left', async () => {
  server = await Server.start(undefined, { more: '[drain]\ntimeout_s = 600\n' });
  phone = await Phone.start();
  const call = await waiting(1);
  server.signal('SIGTERM');
  await until('it drains', 5_000, () => server!.log().includes('draining'));
  await pass(1_000);
  expect(call.events('ended')).toEqual([]);
  server.signal('SIGTERM');
  await call.wait('ended', 5_000);
  await until('the program has ended', 10_000, () => server!.exitCode !== null);
  expect(server.exitCode).toBe(0);
});

/** At `info` the log names nobody: no number, no name, no address of a caller. */
function expectSilentAboutCallers(log: string) {
  expect(log).toContain('drained: the last call is over');
  for (let n = 0; n < CALLS; n++) expect(log).not.toContain(numberOf(n).slice(3));
  for (const name of ['张伟', '陈晓', 'chenxiao', 'sip:1380013']) expect(log).not.toContain(name);
}
