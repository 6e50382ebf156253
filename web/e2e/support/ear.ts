import dgram from 'node:dgram';

const RTP_HEADER_BYTES = 12;
/** A-law with every other bit turned is a sign, three bits of the octave and four of the step: from the third octave on it is no noise. */
const ALAW_TURN = 0x55;
const LOUD = 0x30;

/** A port that hears RTP in A-law. */
export class Ear {
  /** Packets with sound in them, each with when it came. */
  readonly loud: number[] = [];

  private constructor(
    private readonly socket: dgram.Socket,
    readonly port: number,
  ) {
    socket.on('message', (packet) => {
      const sound = packet.subarray(RTP_HEADER_BYTES);
      if (sound.some((byte) => ((byte ^ ALAW_TURN) & 0x70) >= LOUD)) this.loud.push(Date.now());
    });
  }

  static async open(): Promise<Ear> {
    const socket = dgram.createSocket('udp4');
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    return new Ear(socket, socket.address().port);
  }

  close() {
    this.socket.close();
  }
}
