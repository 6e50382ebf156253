import type { NumberLocation } from '@/api/types';

const PLACES: Record<string, readonly [zh: string, en: string]> = {
  '13': ['广东深圳', 'Shenzhen, Guangdong'],
  '137': ['浙江杭州', 'Hangzhou, Zhejiang'],
  '139': ['湖北恩施', 'Enshi, Hubei'],
  '138': ['北京', 'Beijing'],
  '15': ['黑龙江齐齐哈尔', 'Qiqihar, Heilongjiang'],
  '07': ['广东深圳', 'Shenzhen, Guangdong'],
};

/** Where a number might be from. */
export function whence(number: string | null | undefined): NumberLocation | undefined {
  if (number == null) return undefined;
  const [zh, en] = PLACES[number.slice(0, 3)] ?? PLACES[number.slice(0, 2)] ?? ['中国', 'China'];
  const carrier = number.startsWith('1') ? { carrier_zh: '中国移动', carrier_en: 'China Mobile' } : {};
  return { country_code: 'CN', zh, en, ...carrier, dated: '2026-11-06' };
}
