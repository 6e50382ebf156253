import { audit } from './audit';
import { devices } from './devices';
import { hours } from './hours';
import { lists } from './lists';
import { plan } from './plan';
import { recording } from './recording';
import { settings } from './settings';
import { sites } from './sites';

/** The words of the settings, which come with the first of their pages. */
export const later = { audit, devices, hours, lists, plan, recording, settings, sites } as const;
