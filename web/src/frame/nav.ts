import type { Permission } from '@/api/types';
import { paths } from '@/paths';
import type { IconName } from '@/ui/icons';

export interface NavItem {
  readonly name: 'desk' | 'tasks' | 'conversations' | 'customers' | 'floor' | 'settings';
  readonly path: string;
  readonly icon: IconName;
  readonly permission: Permission;
}

/** Pages in the order of the rail; each shows only to those who may open it. */
export const NAV: readonly NavItem[] = [
  { name: 'desk', path: paths.desk, icon: 'desk', permission: 'desk.use' },
  { name: 'tasks', path: paths.tasks, icon: 'tasks', permission: 'tasks.read' },
  { name: 'conversations', path: paths.conversations, icon: 'conversations', permission: 'conversations.read' },
  { name: 'customers', path: paths.customers, icon: 'customers', permission: 'customers.read' },
  { name: 'floor', path: paths.floor, icon: 'floor', permission: 'floor.read' },
  { name: 'settings', path: paths.settings, icon: 'settings', permission: 'settings.read' },
];
