import { agentOf, number, pick, say, type Teller, text } from './telling';

const REASONS = ['block_list', 'block_area', 'anonymous', 'nuisance'] as const;
const DEAD_AIR = ['told', 'over', 'ended', 'diverted'] as const;

/** What is said of callers who are kept out, let in against what else is said of them, or go first. */
export const SCREENING: Record<'screened' | 'vip_recognised' | 'dead_air_found', Teller> = {
  screened: ({ data }, _, language) => {
    // The entry may be gone, and with it what the area was called.
    const area = text(data, `area_${language}`) ?? '';
    if (data.reason === 'allow_area') return say('screened.allow_area', { area });
    if (data.reason === 'allow_list' || data.action === 'accepted') return say('screened.allow_list');
    const reason = pick(data.reason, REASONS, 'block_list');
    const node = text(data, 'flow_name') ?? '';
    return data.action === 'diverted'
      ? say(`screened.${reason}_diverted`, { node, area })
      : say(`screened.${reason}_refused`, { area });
  },
  vip_recognised: () => say('vip_recognised.plain'),
  dead_air_found: (event, memory) => {
    const { data } = event;
    const silence = { silence: number(data, 'silence_ms') ?? 0 };
    const step = pick(data.step, DEAD_AIR, 'ended');
    if (step === 'told') return say('dead_air_found.told', { agent: agentOf(event, memory) }, silence);
    return say(`dead_air_found.${step}`, { node: text(data, 'flow_name') ?? '' }, silence);
  },
};
