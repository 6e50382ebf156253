import { describe, expect, it } from 'vitest';

import { named } from './named';

describe('what an entry is called', () => {
  const area = { zh: '广东深圳', en: 'Shenzhen, Guangdong' };
  it.each([
    [{ kind: 'number', value: '+8613800138000', area: null }, 'zh', '+86 138 0013 8000'],
    [{ kind: 'area', value: 'CN/广东/深圳', area }, 'zh', '广东深圳'],
    [{ kind: 'area', value: 'CN/广东/深圳', area }, 'en', 'Shenzhen, Guangdong'],
    [{ kind: 'area', value: 'CN/广东/宝安', area: null }, 'en', 'CN/广东/宝安'],
  ] as const)('%o in %s is %s', (entry, language, expected) => {
    expect(named(entry, language)).toBe(expected);
  });
});
