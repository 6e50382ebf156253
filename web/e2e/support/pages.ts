import { expect } from 'vitest';

import type { Desk } from './desk';
import { faultsOf } from './look';
import type { Server } from './server';
import { pass } from './until';

export async function goTo(desk: Desk, server: Server, path: string) {
  await desk.page.goto(server.manifest.http_url + path);
  await desk.page.locator('main').waitFor();
  await desk.page.waitForLoadState('networkidle').catch(() => undefined);
  await pass(800);
}

/** Nothing is wrong with what the desk shows, and its browser had nothing to say; `few` as in `faultsOf`. */
export async function looksGood(desk: Desk, scene: string, few = false) {
  await desk.page.mouse.move(0, 0);
  await pass(400);
  expect(await faultsOf(desk.page, scene, few)).toEqual([]);
  expect(desk.complaints).toEqual([]);
}

/** The pages of lists, records and settings, by the name of their picture. */
export async function listPages(server: Server): Promise<[scene: string, path: string][]> {
  const first = async (path: string) => (await server.api<{ items: { id: string }[] }>('GET', path)).items[0]!.id;
  return [
    ['conversations', '/conversations'],
    ['customers', '/customers'],
    ['customer', `/customers/${await first('/api/v1/customers')}`],
    ['customer-new', '/customers/new?number=13266668888'],
    ['recordings', '/conversations/recordings'],
    ['settings-queues', '/settings/queues'],
    ['settings-queue', `/settings/queues/${await first('/api/v1/queues')}`],
    ['settings-agents', '/settings/agents'],
    ['settings-agent', `/settings/agents/${await first('/api/v1/agents')}`],
    ['settings-numbers', '/settings/numbers'],
    ['settings-number', `/settings/numbers/${await first('/api/v1/numbers')}`],
    ['settings-codes', '/settings/outcomes-and-reasons'],
    ['settings-system', '/settings/system'],
    ['settings-phones', '/settings/phones'],
    ['settings-phone', `/settings/phones/${await first('/api/v1/devices')}`],
    ['settings-sites', '/settings/sites'],
    ['settings-site', `/settings/sites/${await first('/api/v1/sites')}`],
    ['settings-recording', '/settings/recording'],
    ['settings-flows', '/settings/flows'],
    ['settings-calling-out', '/settings/calling-out'],
    ['settings-unwanted-calls', '/settings/unwanted-calls'],
    ['settings-audit', '/settings/audit'],
    ['tasks', '/tasks'],
    ['settings-flow', `/settings/flows/${await first('/api/v1/flows')}`],
    ['not-found', '/nowhere'],
  ];
}
