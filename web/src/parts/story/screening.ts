import { pick, say, type Teller, text } from './telling';

const REASONS = ['block_list', 'anonymous', 'nuisance'] as const;

/** What is said of callers who are kept out, let in against what else is said of them, or go first. */
export const SCREENING: Record<'screened' | 'vip_recognised', Teller> = {
  screened: ({ data }) => {
    if (data.reason === 'allow_list' || data.action === 'accepted') return say('screened.allow_list');
    const reason = pick(data.reason, REASONS, 'block_list');
    const node = text(data, 'flow_name') ?? '';
    return data.action === 'diverted'
      ? say(`screened.${reason}_diverted`, { node })
      : say(`screened.${reason}_refused`);
  },
  vip_recognised: () => say('vip_recognised.plain'),
};
