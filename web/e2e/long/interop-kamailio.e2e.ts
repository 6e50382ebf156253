import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { tmpdir } from 'node:os';

import { afterEach, expect, test } from 'vitest';

import { type Desk, Desk as Desks, openBrowser } from '../support/desk';
import { Kamailio } from '../support/kamailio';
import { Phone } from '../support/phone';
import { freePort } from '../support/ports';
import { Server } from '../support/server';
import { Sipp } from '../support/sipp';
import { endedConversationFrom, expectAtRest, expectSound, plot } from '../support/story';
import { until } from '../support/until';

const CUSTOMER_HZ = 800;
const AGENT_HZ = 1_000;
const FAR = '13800138000';
const ACCOUNT = { user: '4008001234', password: 'a carrier gave it' };

let server: Server | undefined;
let far: Phone | undefined;
let desk: Desk | undefined;
let carrier: Kamailio | undefined;
let sipp: Sipp | undefined;

afterEach(async () => {
  await desk?.context.browser()?.close();
  await far?.stop();
  await server?.stop();
  await carrier?.stop();
  sipp?.stop();
  [desk, far, server, carrier, sipp] = [undefined, undefined, undefined, undefined, undefined];
});

/** A telephone, Kamailio, the centre and an agent at the desk. */
async function open(registers: boolean) {
  far = await Phone.start(CUSTOMER_HZ);
  const port = await freePort();
  const at = `127.0.0.1:${port}`;
  const password = join(mkdtempSync(join(tmpdir(), 'callisto-account-')), 'password');
  writeFileSync(password, ACCOUNT.password, { mode: 0o600 });
  const register =
    `[trunk.register]\nserver = "${at}"\nuser = "${ACCOUNT.user}"\npassword_file = "${password}"\n` +
    'expires_s = 60\n';
  server = await Server.start(at, { more: `${registers ? register : ''}[drain]\ntimeout_s = 0\n` });
  const centre = server.manifest.sip_uri.replace('sip:', '');
  const ways = { port, telephone: far.address };
  carrier = await Kamailio.start(registers ? { ...ways, account: ACCOUNT } : { ...ways, centre });
  desk = await Desks.signIn(await openBrowser(AGENT_HZ), server, 'chenxiao');
  return { far, server, carrier, desk, number: `sip:${server.hotline}@${at}` };
}

for (const registers of [false, true]) {
  const how = registers ? 'with registration' : 'by address';
  test(`Kamailio as a carrier ${how}: calls in and out, keys, hold, refusal and giving up`, async () => {
    const { far, server, desk, number } = await open(registers);
    if (registers) {
      await until('the trunk is registered', 40_000, async () => {
        const { trunks } = await server.api<{ trunks: { registration?: string }[] }>('GET', '/api/v1/system/health');
        return trunks[0]?.registration === 'registered';
      });
    }
    await desk.ready();
    const from = '13900000301';
    // One of the two carriers has telephones that sing their keys.
    const call = far.call(number, from, { tone_hz: CUSTOMER_HZ, keys_as_tones: registers });
    await call.wait('answered');
    await call.press('1');
    await desk.id('offer-card').waitFor();
    await desk.accept();
    await desk.hearsClearly(CUSTOMER_HZ);
    await call.hearsClearly(AGENT_HZ);
    await call.hold();
    await call.resume();
    await call.hearsClearly(AGENT_HZ);
    await desk.hearsClearly(CUSTOMER_HZ);
    call.bye();
    await desk.finishWrapUp();
    const conversation = await endedConversationFrom(server, from);
    expectSound(conversation);
    expect(plot(conversation).filter((line) => line.startsWith('peer_held'))).toHaveLength(2);

    // The other way: heard, and ended by the agent.
    const before = far.incomingCount() + 1;
    await dial(desk);
    const out = await far.incoming(before);
    await desk.hearsClearly(CUSTOMER_HZ);
    await out.hearsClearly(AGENT_HZ);
    await desk.id('call-hang-up').first().click();
    await out.wait('ended');
    await desk.finishWrapUp();

    // Refused, and given up while it rings.
    far.send({ op: 'incoming', mode: 'ring' });
    await dial(desk);
    (await far.incoming(before + 1)).reject(486);
    await until('the attempt is over', 10_000, async () => (await lastResult(server)) === 'busy');
    await desk.finishWrapUp();
    await dial(desk);
    const given = await far.incoming(before + 2);
    await given.wait('offered');
    await desk.id('call-hang-up').first().click();
    await given.wait('ended');
    await desk.finishWrapUp();
    await expectAtRest(server, 1);
  });
}

test('a telephone behind Kamailio presses a key by INFO', async () => {
  const [port, telephone] = [await freePort(), await freePort()];
  const at = `127.0.0.1:${port}`;
  server = await Server.start(at, { more: '[drain]\ntimeout_s = 0\n' });
  const centre = server.manifest.sip_uri.replace('sip:', '');
  carrier = await Kamailio.start({ port, telephone: `127.0.0.1:${telephone}`, centre });
  desk = await Desks.signIn(await openBrowser(AGENT_HZ), server, 'chenxiao');
  await desk.ready();
  const from = '13900000302';
  sipp = await Sipp.through(at, telephone, server.hotline, from);
  await desk.id('offer-card').waitFor();
  await desk.accept();
  // It gives back what it gets.
  await desk.hearsClearly(AGENT_HZ);
  await desk.id('call-hang-up').first().click();
  await sipp.ended();
  await desk.finishWrapUp();
  const conversation = await endedConversationFrom(server, from);
  expectSound(conversation);
  expect(conversation.queue).toBeDefined();
  await expectAtRest(server, 1);
});

async function dial(desk: Desk) {
  await desk.id('dial-open').first().click();
  await desk.id('dial-number').fill(FAR);
  await desk.id('dial-call').click();
}

async function lastResult(server: Server): Promise<unknown> {
  const { items } = await server.api<{ items: { id: string }[] }>('GET', '/api/v1/conversations?limit=1');
  const { timeline } = await server.api<{ timeline: { kind: string; data: Record<string, unknown> }[] }>(
    'GET',
    `/api/v1/conversations/${items[0]!.id}`,
  );
  return timeline.find(({ kind }) => kind === 'outbound_ended')?.data.result;
}
