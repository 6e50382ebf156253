import { test } from 'vitest';

import { centre } from '../support/centre';
import { CrashTest } from '../support/crash';

const here = centre();
/** Chosen by `cargo xtask crash`. */
const only = process.env.CALLISTO_CRASH_POINT;
const seeds = Number(process.env.CALLISTO_CRASH_SEEDS ?? 3);
const MINUTES_MAX = 60;

test(
  'killed at every place at several moments, the server loses nothing it acknowledged',
  async () => {
    const points = (await CrashTest.points(here.server)).filter((point) => only === undefined || point.name === only);
    if (points.length === 0) throw new Error(`no place is called ${String(only)}`);
    const desk = await here.desk('chenxiao');
    await desk.ready();
    const crash = new CrashTest(here.server, here.phone, desk);
    for (const point of points) {
      for (let seed = 1; seed <= seeds; seed++) {
        const started = Date.now();
        await crash.killAt(point, seed).catch((error: unknown) => {
          throw new Error(`killed at ${point.name}, seed ${seed}: ${String(error)}`);
        });
        process.stdout.write(`${point.when} ${point.name} seed ${seed}: ${Date.now() - started} ms\n`);
      }
    }
    await desk.close();
  },
  MINUTES_MAX * 60_000,
);
