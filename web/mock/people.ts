import type { Customer } from '@/api/types';
import { id } from './data';
import { whence } from './places';

const DAY_US = 86_400_000_000;

function customer(
  n: number,
  name: string,
  level: Customer['level'],
  number: string,
  more: Partial<Customer> = {},
): Customer {
  const at = Date.now() * 1000 - n * 3 * DAY_US;
  return {
    id: id('cus', n),
    name,
    level,
    company: null,
    note: null,
    numbers: [{ number, e164: `+86${number.replace(/^0/, '')}`, location: whence(number), label: '手机' }],
    custom: {},
    created_at_us: at - 90 * DAY_US,
    updated_at_us: at,
    version: 2,
    ...more,
  };
}

export const customers: Customer[] = [
  customer(1, '张伟', 'vip', '13800138000', {
    company: '深圳蓝海贸易有限公司',
    note: '习惯用普通话沟通；家里两台净水器，一台在老家。',
    numbers: [
      { number: '13800138000', e164: '+8613800138000', location: whence('13800138000'), label: '手机' },
      { number: '075588886666', e164: '+8675588886666', location: whence('0755'), label: '办公室' },
    ],
  }),
  customer(2, '深圳市前海蓝色海岸国际供应链管理有限公司南山分公司采购部', 'standard', '13912345678', {
    company: '深圳市前海蓝色海岸国际供应链管理有限公司',
  }),
  customer(3, 'Bartholomew Featherstonehaugh-Cholmondeley', 'vip', '13711112222', { company: 'Marjoribanks & Co.' }),
  customer(4, '王秀英', 'standard', '13533334444'),
  customer(5, '李娜', 'standard', '13655556666', { company: '广州新塘机电' }),
  customer(6, '刘强', 'standard', '15077778888'),
  customer(7, '陈晓明', 'vip', '18899990000', { company: '佛山顺德家电厂' }),
];
