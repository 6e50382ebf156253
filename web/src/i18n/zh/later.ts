import { audit } from './audit';
import { devices, outbound } from './devices';
import { hours } from './hours';
import { settings } from './settings';

/** The words of the settings, which come with the first of their pages. */
export const later = { audit, devices, hours, outbound, settings } as const;
