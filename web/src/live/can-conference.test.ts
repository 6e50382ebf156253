import { describe, expect, it } from 'vitest';
import type { Handling, Party } from '@/api/types';
import { othersGoOn } from './can';

const handling: Handling = {
  id: 'hdl_1',
  state: 'talking',
  muted: false,
  device_lost: false,
  started_at_us: 0,
  state_since_us: 0,
  conversation: {
    id: 'cnv_1',
    direction: 'inbound',
    started_at_us: 0,
    from: null,
    vip: false,
    unheard: false,
    language: 'zh',
    path: [],
  },
};

describe('whether others go on without this agent', () => {
  const party = (state: Party['state']): Party => ({
    id: `trf_${state}`,
    kind: 'agent',
    leads: false,
    may_drop: true,
    may_mute: true,
    since_us: 0,
    state,
  });
  it.each([
    [[], false],
    [['ringing'], false],
    [['private'], false],
    [['muted'], true],
    [['ringing', 'talking'], true],
  ] as const)('%j: %s', (states, go) => {
    expect(othersGoOn({ ...handling, parties: states.map(party) })).toBe(go);
  });

  it('not in a talk of two', () => {
    expect(othersGoOn(handling)).toBe(false);
  });
});
