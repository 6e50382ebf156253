import { type Memory, number, pick, type Sentence, say, type Teller, text } from './telling';

const WHOSE = ['customer', 'agent', 'other'] as const;

/** Whose leg an event is about, as far as the story has told. */
function legOf(data: Record<string, unknown>, memory: Memory): { whose: (typeof WHOSE)[number]; agent: string } {
  const leg = text(data, 'leg_id', 'leg') ?? '';
  const whose = pick(memory.name(`role:${leg}`, text(data, 'role')), WHOSE, 'other');
  return { whose, agent: memory.name(`agent-of:${leg}`, text(data, 'agent_name')) };
}

const score = (hundredths: number | undefined): string => ((hundredths ?? 0) / 100).toFixed(1);

export function qualityOf(data: Record<string, unknown>): Sentence['quality'] | undefined {
  const received = number(data, 'packets_received') ?? 0;
  const lost = number(data, 'packets_lost') ?? 0;
  if (received + lost === 0) return undefined;
  return { lost: lost / (received + lost), jitterMs: Math.round((number(data, 'jitter_us') ?? 0) / 1000) };
}

/** How legs sound: bad, good again, and in sum. */
export const SOUND: Record<'leg_degraded' | 'leg_rated', Teller> = {
  leg_degraded: ({ data }, memory) => {
    const { whose, agent } = legOf(data, memory);
    const names = { agent, mos: score(number(data, 'mos_hundredths')) };
    return data.on === true ? say(`leg_degraded.${whose}_bad`, names) : say(`leg_degraded.${whose}_good`, names);
  },
  leg_rated: ({ data }, memory) => {
    const { whose, agent } = legOf(data, memory);
    const [mean, worst] = [number(data, 'mos_hundredths'), number(data, 'mos_hundredths_min')];
    const sentence =
      mean === undefined
        ? say('leg_rated.short')
        : say(`leg_rated.${whose}`, { agent, mos: score(mean), worst: score(worst ?? mean) });
    const quality = qualityOf(data);
    return quality === undefined ? sentence : { ...sentence, quality };
  },
};
