import { CUSTOMER_HZ, hearsMusic } from '../handover';
import type { Call } from '../phone';
import { pass } from '../until';
import type { Expected } from './judge';
import type { Mix } from './mix';
import type { Seat } from './seat';

/** A customer with an agent, and whose phones take part. */
export interface Talk {
  call: Call;
  seat: Seat;
  /** The agent's end. */
  at: Call;
  handling: string;
  conversation: string;
}

async function bothHear(call: Call, at: Call, hz: number) {
  await at.hearsClearly(CUSTOMER_HZ);
  await call.hearsClearly(hz);
}

/** Hands the customer over, or takes them, and hears that they have whom they were given to. */
async function movesTo(mix: Mix, { call }: Talk, act: () => Promise<unknown>): Promise<Seat> {
  const { who, call: next } = await mix.rings(mix.seats, act);
  await bothHear(call, next, who.hz);
  await pass(mix.talkMs);
  return who;
}

/** A colleague is asked and has answered: customer and colleague do not hear each other. */
async function asks(mix: Mix, talk: Talk): Promise<{ colleague: Seat; at: Call }> {
  const colleague = mix.other(talk.seat);
  const { call: at } = await mix.rings([colleague], () =>
    talk.seat.post(`handlings/${talk.handling}/consult`, { agent_id: colleague.agentId, reason: 'specialist' }),
  );
  await talk.seat.consultIs('private');
  await at.hearsClearly(talk.seat.hz);
  await talk.at.hearsClearly(colleague.hz);
  await hearsMusic(talk.call, talk.seat.hz, colleague.hz);
  return { colleague, at };
}

const consult = (talk: Talk, what: string) => talk.seat.post(`handlings/${talk.handling}/consult/${what}`);

/** What people do with a call; each gives what the ledger must tell of it afterwards. */
export const ACTIONS = {
  async short(mix) {
    await pass(mix.talkMs);
    return {};
  },

  async hangs_up(mix, talk) {
    await pass(mix.talkMs);
    await talk.seat.post(`handlings/${talk.handling}/hang-up`);
    await talk.call.wait('ended');
    return {};
  },

  async hold(_mix, { call, seat, at, handling }) {
    await seat.post(`handlings/${handling}/hold`);
    await hearsMusic(call, seat.hz);
    await seat.post(`handlings/${handling}/resume`);
    await bothHear(call, at, seat.hz);
    return { kinds: ['handling_held', 'handling_resumed'] };
  },

  async consult_drop(mix, talk) {
    await asks(mix, talk);
    await consult(talk, 'drop');
    await bothHear(talk.call, talk.at, talk.seat.hz);
    return { transfers: [['consult', 'dropped']] };
  },

  async consult_complete(mix, talk) {
    const { colleague, at } = await asks(mix, talk);
    await consult(talk, 'complete');
    await bothHear(talk.call, at, colleague.hz);
    await pass(mix.talkMs);
    return { transfers: [['consult', 'completed']] };
  },

  async three_way(mix, talk) {
    const { colleague, at } = await asks(mix, talk);
    await consult(talk, 'join');
    await talk.call.hearsMixed(talk.seat.hz, colleague.hz);
    await at.hearsMixed(CUSTOMER_HZ, talk.seat.hz);
    await talk.at.hearsMixed(CUSTOMER_HZ, colleague.hz);
    await pass(mix.talkMs);
    await consult(talk, 'complete');
    await bothHear(talk.call, at, colleague.hz);
    return { transfers: [['consult', 'completed']], kinds: ['transfer_joined'] };
  },

  async to_agent(mix, talk) {
    const colleague = mix.other(talk.seat);
    const path = `handlings/${talk.handling}/transfer`;
    const has = await movesTo(mix, talk, () => talk.seat.post(path, { agent_id: colleague.agentId }));
    if (has !== colleague) throw new Error('the customer came to somebody else');
    return { transfers: [['blind', 'completed']] };
  },

  async to_queue(mix, talk) {
    await movesTo(mix, talk, () => talk.seat.post(`handlings/${talk.handling}/transfer`, { queue_id: mix.queue }));
    return { transfers: [['blind', 'completed']] };
  },

  async to_number(mix, talk) {
    const { call: far } = await mix.rings([mix.outside], () =>
      talk.seat.post(`handlings/${talk.handling}/transfer`, { number: mix.outside.number }),
    );
    await bothHear(talk.call, far, mix.outside.hz);
    await pass(mix.talkMs);
    return { transfers: [['blind', 'completed']] };
  },

  async park(mix, talk) {
    await talk.seat.post(`handlings/${talk.handling}/park`, { reason: 'specialist' });
    await hearsMusic(talk.call, talk.seat.hz);
    const colleague = mix.other(talk.seat);
    await movesTo(mix, talk, () => colleague.post(`conversations/${talk.conversation}/pick-up`));
    return { transfers: [['park', 'completed']] };
  },

  async supervise(mix, talk) {
    const { supervisor } = mix;
    const takePart = (mode: string) => {
      const body = { conversation_id: talk.conversation, mode };
      return supervisor.post(`agents/${talk.seat.agentId}/supervise`, body);
    };
    const { call: ear } = await mix.rings([supervisor], () => takePart('listen'));
    await ear.hearsMixed(CUSTOMER_HZ, talk.seat.hz);
    await bothHear(talk.call, talk.at, talk.seat.hz);
    await takePart('whisper');
    await talk.at.hearsMixed(CUSTOMER_HZ, supervisor.hz);
    await talk.call.hearsClearly(talk.seat.hz);
    await takePart('barge');
    await talk.call.hearsMixed(talk.seat.hz, supervisor.hz);
    await pass(mix.talkMs);
    await supervisor.post('me/stop-supervising');
    await ear.wait('ended');
    await bothHear(talk.call, talk.at, talk.seat.hz);
    return { supervised: ['listen', 'whisper', 'barge', 'stopped'] };
  },
} satisfies Record<string, (mix: Mix, talk: Talk) => Promise<Expected>>;

export type Action = keyof typeof ACTIONS;
