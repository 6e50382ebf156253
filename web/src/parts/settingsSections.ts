import type { Permission } from '@/api/types';
import type { sections } from '@/i18n/zh/settings-sections';
import { paths } from '@/paths';

export interface SettingsSection {
  readonly name: keyof typeof sections;
  readonly path: string;
  readonly permission: Permission;
}

const SECTIONS: readonly SettingsSection[] = [
  { name: 'queues', path: paths.settingsQueues, permission: 'settings.read' },
  { name: 'agents', path: paths.settingsAgents, permission: 'settings.read' },
  { name: 'devices', path: paths.settingsDevices, permission: 'settings.read' },
  { name: 'sites', path: paths.settingsSites, permission: 'settings.read' },
  { name: 'outbound', path: paths.settingsOutbound, permission: 'floor.read' },
  { name: 'numbers', path: paths.settingsNumbers, permission: 'settings.read' },
  { name: 'lists', path: paths.settingsLists, permission: 'floor.read' },
  { name: 'recording', path: paths.settingsRecording, permission: 'settings.read' },
  { name: 'codes', path: paths.settingsCodes, permission: 'settings.read' },
  { name: 'hours', path: paths.settingsHours, permission: 'settings.read' },
  { name: 'flows', path: paths.settingsFlows, permission: 'settings.read' },
  { name: 'audit', path: paths.settingsAudit, permission: 'audit.read' },
  { name: 'system', path: paths.settingsSystem, permission: 'metrics.read' },
];

/** Pages of the settings in the order of their navigation that somebody with these permissions may open; without the settings none. */
export function sectionsFor(permissions: readonly string[]): readonly SettingsSection[] {
  if (!permissions.includes('settings.read')) return [];
  return SECTIONS.filter(({ permission }) => permissions.includes(permission));
}
