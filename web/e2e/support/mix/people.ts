import { type FarmAgent, requireEncryption } from '../farm';
import type { Phone, TlsDoor } from '../phone';
import type { Server } from '../server';
import { Seat } from './seat';

/** In a range the example may dial, and nobody's who calls. */
const OUTSIDE = '13800138001';
const OUTSIDE_HZ = 2_300;
/** How many of the agents' phones speak TLS and SRTP. */
const SECURE = 3;
const SUPERVISOR_HZ = 2_000;
/** The tones of the agents, apart from each other and from the customer's. */
const FIRST_HZ = 1_000;
const STEP_HZ = 150;

/** Whoever takes part in the moving half of the run. */
export interface People {
  /** Everybody begins work. */
  begin(): Promise<{ seats: Seat[]; supervisor: Seat; outside: { phone: Phone; number: string; hz: number } }>;
  stop(): Promise<void>;
}

interface Account {
  id: string;
  username: string;
  version: number;
}

/** Of these agents of the farm the last becomes a supervisor, the first have phones that must be encrypted; somebody outside answers at `far`. */
export async function people(server: Server, farm: FarmAgent[], far: Phone, door: TlsDoor): Promise<People> {
  const { items } = await server.api<{ items: Account[] }>('GET', '/api/v1/agents?limit=200');
  const account = ({ phone }: FarmAgent) => items.find((one) => one.username === phone.username)!;
  const [agents, supervisor] = [farm.slice(0, -1), farm.at(-1)!];
  await promote(server, account(supervisor));
  await requireEncryption(server, agents.slice(0, SECURE));
  far.send({ op: 'incoming', mode: 'answer', tone_hz: OUTSIDE_HZ });
  const seats: Seat[] = [];
  return {
    async begin() {
      for (const [n, agent] of agents.entries()) {
        const hz = FIRST_HZ + n * STEP_HZ;
        seats.push(await Seat.take(server, agent, account(agent).id, hz, n < SECURE ? door : undefined));
      }
      const above = await Seat.take(server, supervisor, account(supervisor).id, SUPERVISOR_HZ);
      seats.push(above);
      return { seats: seats.slice(0, -1), supervisor: above, outside: { phone: far, number: OUTSIDE, hz: OUTSIDE_HZ } };
    },
    async stop() {
      for (const seat of seats) await seat.phone.stop();
    },
  };
}

/** Makes one of the farm's agents a supervisor, who serves no queue. */
async function promote(server: Server, { id, version }: Account) {
  await server.api('PATCH', `/api/v1/agents/${id}`, { version, role: 'supervisor', queue_ids: [] });
}
