import { begin, type FarmAgent } from '../farm';
import { type Call, Phone, type TlsDoor } from '../phone';
import type { Server } from '../server';
import { until } from '../until';

/** No trunk's address. */
const HOST = '127.0.0.2';
const READY_MS_MAX = 15_000;

interface DeskState {
  agent: { state: string };
  handlings: { id: string; state: string; conversation: { id: string }; consult?: { state: string } }[];
}

/** Somebody at work without a screen: an account, and a SIP phone that answers at once with a tone of its own. */
export class Seat {
  private constructor(
    private readonly server: Server,
    private readonly token: string,
    readonly agentId: string,
    readonly phone: Phone,
    readonly hz: number,
  ) {}

  /** The agent's phone is registered, encrypted when there is a door, and the agent ready. */
  static async take(server: Server, agent: FarmAgent, agentId: string, hz: number, door?: TlsDoor): Promise<Seat> {
    const phone = await Phone.plugIn(server, agent.phone, HOST, door);
    phone.send({ op: 'incoming', mode: 'answer', tone_hz: hz });
    await begin(server, agent);
    return new Seat(server, agent.token, agentId, phone, hz);
  }

  post(path: string, body?: unknown): Promise<unknown> {
    return this.server.api('POST', `/api/v1/${path}`, body, this.token);
  }

  state(): Promise<DeskState> {
    return this.server.api<DeskState>('GET', '/api/v1/me/state', undefined, this.token);
  }

  /** The conversation in hand. */
  async handling(): Promise<{ id: string; conversation: string }> {
    let found: DeskState['handlings'][number] | undefined;
    await until('the desk shows the talk', READY_MS_MAX, async () => {
      found = (await this.state()).handlings.find(({ state }) => state === 'talking');
      return found !== undefined;
    });
    return { id: found!.id, conversation: found!.conversation.id };
  }

  async consultIs(wanted: 'private' | 'joined') {
    await until(`the consult is ${wanted}`, READY_MS_MAX, async () => {
      return (await this.state()).handlings.some(({ consult }) => consult?.state === wanted);
    });
  }

  async isReady() {
    await until('the agent is ready again', READY_MS_MAX, async () => (await this.state()).agent.state === 'ready');
  }

  /** Whatever became of it: ready again. */
  async recover() {
    await this.server.api('PUT', '/api/v1/me/agent/state', { state: 'ready' }, this.token).catch(() => undefined);
  }
}

/** Which of the phones answers after `act`. */
export async function answersAfter<T extends { phone: Phone }>(
  phones: T[],
  act: () => Promise<unknown> | void,
): Promise<{ who: T; call: Call }> {
  const before = phones.map(({ phone }) => phone.incomingCount());
  await act();
  const rung = () => phones.findIndex(({ phone }, n) => phone.incomingCount() > before[n]!);
  await until('a phone rings', READY_MS_MAX, () => rung() >= 0);
  const at = rung();
  const who = phones[at]!;
  const call = await who.phone.incoming(before[at]! + 1);
  await call.wait('answered');
  return { who, call };
}
