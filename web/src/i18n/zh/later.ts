import { audit } from './audit';
import { devices, outbound } from './devices';
import { hours } from './hours';
import { lists } from './lists';
import { settings } from './settings';

/** The words of the settings, which come with the first of their pages. */
export const later = { audit, devices, hours, lists, outbound, settings } as const;
