import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { centre } from './support/centre';
import { binary } from './support/server';
import { expectNothingLeftOver } from './support/story';

const here = centre();
const HALF = 500;
const RSS_GROWTH_MAX = 4 * 1024 * 1024;

interface Summary {
  offered: number;
  answered: number;
  failed: number;
}

async function load(calls: number): Promise<Summary> {
  const { port } = new URL(here.server.manifest.sip_uri.replace('sip:', 'http://'));
  const flags = [
    'load',
    '--target',
    `127.0.0.1:${port}`,
    '--to',
    here.server.hotline,
    '--rate',
    '20',
    '--calls',
    String(calls),
  ];
  const done = await promisify(execFile)(binary('testphone'), flags, { maxBuffer: 1 << 24 });
  return JSON.parse(done.stdout.trim().split('\n').at(-1)!) as Summary;
}

test(
  'a thousand calls at twenty a second: none fails, memory stays flat, nothing is left over',
  { timeout: 240_000 },
  async () => {
    const tasks = (await here.server.census()).tasks!;
    expect(await load(HALF)).toMatchObject({ offered: HALF, answered: HALF, failed: 0 });
    await expectNothingLeftOver(here.server);
    const half = here.server.rss();
    expect(await load(HALF)).toMatchObject({ offered: HALF, answered: HALF, failed: 0 });
    await expectNothingLeftOver(here.server);
    expect(here.server.rss() - half).toBeLessThanOrEqual(RSS_GROWTH_MAX);
    expect((await here.server.census()).tasks!).toBeLessThanOrEqual(tasks + 4);
  },
);
