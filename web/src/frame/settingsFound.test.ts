import { describe, expect, it } from 'vitest';
import type { Permission } from '@/api/types';
import { sectionsFor } from '@/parts/settingsSections';
import { settingsFound } from './settingsFound';

const EVERYTHING: Permission[] = ['settings.read', 'floor.read', 'audit.read', 'metrics.read'];
/** Reads the settings and neither the audit trail nor the system's health. */
const READER: Permission[] = ['settings.read', 'floor.read'];

const inChinese = (typed: string, permissions = EVERYTHING) =>
  settingsFound(typed, 'zh', permissions).map(({ label }) => label);
const inEnglish = (typed: string, permissions = EVERYTHING) =>
  settingsFound(typed, 'en', permissions).map(({ label }) => label);

describe('pages of the settings', () => {
  it.each([
    ['录音', ['录音']],
    ['原因', ['结果与原因']],
    ['recording', ['录音']],
    [' Outbound C', ['外呼规则']],
    ['nobody', []],
    ['', []],
  ])('are found by “%s” in Chinese', (typed, labels) => {
    expect(inChinese(typed)).toEqual(labels);
  });

  it.each([
    ['disposition', ['Dispositions and reasons']],
    ['外呼', ['Outbound calls']],
    ['openinghours', ['Opening hours']],
    ['settings num', ['Numbers']],
    ['ting', []],
  ])('are found by “%s” in English', (typed, labels) => {
    expect(inEnglish(typed)).toEqual(labels);
  });

  it('are all there behind the word for settings, in the order of the navigation', () => {
    expect(settingsFound('settings', 'en', EVERYTHING).map(({ name }) => name)).toEqual(
      sectionsFor(EVERYTHING).map(({ name }) => name),
    );
    expect(inChinese('设置')).toEqual(inChinese('settings'));
  });

  it('are found only by those who may open them', () => {
    expect(inEnglish('audit', READER)).toEqual([]);
    expect(inEnglish('system', READER)).toEqual([]);
    expect(inEnglish('settings', READER)).toHaveLength(11);
    expect(inEnglish('settings', ['settings.read'])).not.toContain('Outbound calls');
    // The page around them is closed to whoever may not read settings.
    expect(inEnglish('settings', ['floor.read', 'audit.read'])).toEqual([]);
  });
});
