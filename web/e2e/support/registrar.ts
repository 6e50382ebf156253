import dgram from 'node:dgram';

/** The time granted; short, so that a refresh comes within a story. */
const EXPIRES_S = 20;

/** A carrier's registrar over UDP without passwords: it is there, and takes registrations or answers with another status. */
export class Registrar {
  private readonly socket = dgram.createSocket('udp4');
  /** What it answers to REGISTER. */
  status = '200 OK';
  /** How many it was asked. */
  asked = 0;

  private constructor() {}

  static async start(port: number): Promise<Registrar> {
    const registrar = new Registrar();
    registrar.socket.on('message', (bytes, from) => {
      const answer = registrar.answer(bytes.toString());
      if (answer !== null) registrar.socket.send(answer, from.port, from.address);
    });
    await new Promise<void>((done) => registrar.socket.bind(port, '127.0.0.1', done));
    return registrar;
  }

  private answer(request: string): string | null {
    const [first = '', ...headers] = request.split('\r\n');
    const is = (...names: string[]) =>
      headers.filter((line) => names.some((name) => line.toLowerCase().startsWith(name)));
    const isRegister = first.startsWith('REGISTER ');
    // Whoever asks whether it is there is told so, whatever becomes of registrations.
    if (!isRegister && !first.startsWith('OPTIONS ')) return null;
    if (isRegister) this.asked += 1;
    const status = isRegister ? this.status : '200 OK';
    const granted =
      isRegister && status.startsWith('200') ? is('contact:').map((line) => `${line};expires=${EXPIRES_S}`) : [];
    const to = is('to:').map((line) => (line.includes(';tag=') ? line : `${line};tag=registrar`));
    const lines = [`SIP/2.0 ${status}`, ...is('via:', 'from:', 'call-id:', 'cseq:'), ...to, ...granted];
    return `${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;
  }

  stop() {
    this.socket.close();
  }
}
