/** The rate of G.711, which calls of telephones are coded with, without any header, in kbit/s. */
export const CODEC_KBPS = 64;

export interface CallShape {
  readonly encrypted: boolean;
  readonly ipv6: boolean;
  /** What a tunnel puts around each packet, in bytes. */
  readonly tunnel: number;
}

/** One packet of a call, in bytes. */
export interface PacketShape {
  readonly payload: number;
  readonly rtp: number;
  readonly udp: number;
  readonly ip: number;
  readonly ethernet: number;
  readonly srtp: number;
  readonly tunnel: number;
  readonly total: number;
}

export const PACKET_MS = 20;
/** More than this share of a line is left to nobody: sound needs room beside it. */
export const LINE_SHARE = 0.75;

const PACKETS_PER_SECOND = 1000 / PACKET_MS;
/** RFC 3550 §5.1. */
const RTP = 12;
const UDP = 8;
const IPV4 = 20;
const IPV6 = 40;
/** Header and frame check, as the figures of the trade are counted; the 20 bytes of preamble and gap are not. */
const ETHERNET = 18;
/** RFC 3711 §5: the 80-bit tag of the default profile. */
const SRTP_TAG = 10;

export function packetOf({ encrypted, ipv6, tunnel }: CallShape): PacketShape {
  const parts = {
    payload: (CODEC_KBPS * PACKET_MS) / 8,
    rtp: RTP,
    udp: UDP,
    ip: ipv6 ? IPV6 : IPV4,
    ethernet: ETHERNET,
    srtp: encrypted ? SRTP_TAG : 0,
    tunnel,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}

/** What one call takes each way, in kbit/s. */
export const callKbps = (shape: CallShape): number => (packetOf(shape).total * 8 * PACKETS_PER_SECOND) / 1000;

/** What that many calls take each way, in kbit/s. */
export const lineKbps = (calls: number, shape: CallShape): number => calls * callKbps(shape);

/** How many calls a line of so many Mbit/s (in its slower direction) carries beside other traffic. */
export const callsIn = (mbps: number, shape: CallShape): number =>
  Math.floor((Math.max(0, mbps) * 1000 * LINE_SHARE) / callKbps(shape) + 1e-9);
