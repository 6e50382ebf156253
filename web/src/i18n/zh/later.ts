import { audit } from './audit';
import { devices } from './devices';
import { hours } from './hours';
import { lists } from './lists';
import { plan } from './plan';
import { settings } from './settings';

/** The words of the settings, which come with the first of their pages. */
export const later = { audit, devices, hours, lists, plan, settings } as const;
