import { describe, expect, it } from 'vitest';
import { differences } from './diff';

describe('differences', () => {
  it('are the fields that changed and no others', () => {
    const before = { name: 'Sales', skills: ['a'], wrap: 30, version: 1 };
    const after = { name: 'Sales', skills: ['a', 'b'], wrap: null, version: 2 };
    expect(differences(before, after)).toEqual([
      { field: 'skills', before: '["a"]', after: '["a","b"]' },
      { field: 'wrap', before: '30', after: '' },
    ]);
  });

  it('of a record that is made or removed are all it says', () => {
    expect(differences(null, { name: 'x', team: null })).toEqual([{ field: 'name', before: '', after: 'x' }]);
    expect(differences({ name: 'x' }, null)).toEqual([{ field: 'name', before: 'x', after: '' }]);
    expect(differences(null, null)).toEqual([]);
  });
});
