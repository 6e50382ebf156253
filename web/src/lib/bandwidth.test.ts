import { describe, expect, it } from 'vitest';
import { type CallShape, callKbps, callsIn, lineKbps, packetOf } from './bandwidth';

const plain: CallShape = { encrypted: false, ipv6: false, tunnel: 0 };
const with_ = (more: Partial<CallShape>): CallShape => ({ ...plain, ...more });

describe('the bandwidth of calls', () => {
  it.each([
    ['G.711', with_({}), 87.2],
    ['G.711 encrypted', with_({ encrypted: true }), 91.2],
    ['G.711 over IPv6', with_({ ipv6: true }), 95.2],
    ['G.711 through WireGuard', with_({ tunnel: 60 }), 111.2],
    ['G.711 with everything', with_({ encrypted: true, ipv6: true, tunnel: 60 }), 123.2],
  ])('%s takes %o: %d kbit/s', (_, shape, kbps) => {
    expect(callKbps(shape)).toBeCloseTo(kbps, 6);
  });

  it('is the sum of what a packet is made of', () => {
    expect(packetOf(with_({ encrypted: true, tunnel: 60 }))).toEqual({
      payload: 160,
      rtp: 12,
      udp: 8,
      ip: 20,
      ethernet: 18,
      srtp: 10,
      tunnel: 60,
      total: 288,
    });
  });

  it('grows with the calls', () => {
    expect(lineKbps(30, plain)).toBeCloseTo(2616, 6);
    expect(lineKbps(0, plain)).toBe(0);
  });

  it.each([
    [10, 86],
    [2, 17],
    [0, 0],
    [-4, 0],
    // Three quarters of it are exactly one call.
    [87.2 / 750, 1],
    [87.1 / 750, 0],
  ])('%d Mbit/s carry %d calls', (mbps, calls) => {
    expect(callsIn(mbps, plain)).toBe(calls);
  });
});
