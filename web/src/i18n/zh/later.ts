import { audit } from './audit';
import { codes } from './codes';
import { devices } from './devices';
import { hours } from './hours';
import { lists } from './lists';
import { numbers } from './numbers';
import { plan } from './plan';
import { recording } from './recording';
import { settings } from './settings';
import { sites } from './sites';

/** The words of the settings, which come with the first of their pages. */
export const later = { audit, codes, devices, hours, lists, numbers, plan, recording, settings, sites } as const;
