import dgram from 'node:dgram';
import net from 'node:net';

// All below 32,768, where the system begins to give out ports by itself: one found free here is not taken by a connection that
// happens to begin before its server does.
// Two files of stories at a time at most, each with ports of its own.
const LANE = Number(process.env.VITEST_POOL_ID ?? 1) % 2;
const SINGLE_COUNT = 1_350;
const SINGLE_FIRST = 30_000 + LANE * SINGLE_COUNT;
const RTP_STARTS = 4_750;
const RTP_FIRST = 10_000 + LANE * 2 * RTP_STARTS;

const given = new Set<number>();

/** A port nobody has over UDP or TCP, and this process has given to nobody else. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = SINGLE_FIRST + Math.floor(Math.random() * SINGLE_COUNT);
    if (given.has(port) || !(await isFreeUdp(port)) || !(await isFreeTcp(port))) continue;
    given.add(port);
    return port;
  }
}

/** An even start of `count` ports whose first and last are free. */
export async function freeRtpRange(count: number): Promise<number> {
  for (;;) {
    const start = RTP_FIRST + 2 * Math.floor(Math.random() * RTP_STARTS);
    if (start + count > RTP_FIRST + 2 * RTP_STARTS) continue;
    if ((await isFreeUdp(start)) && (await isFreeUdp(start + count - 1))) return start;
  }
}

async function isFreeTcp(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = net.createServer().once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

async function isFreeUdp(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = dgram.createSocket('udp4').once('error', () => done(false));
    probe.bind(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}
