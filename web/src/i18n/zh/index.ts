import { audit } from './audit';
import { common } from './common';
import { conversations } from './conversations';
import { customers } from './customers';
import { desk } from './desk';
import { devices, dial, outbound } from './devices';
import { errors } from './errors';
import { floor } from './floor';
import { frame } from './frame';
import { hours } from './hours';
import { settings } from './settings';
import { signIn } from './sign-in';
import { story } from './story';
import { tasks } from './tasks';
import { visitor } from './visitor';

export const words = {
  audit,
  common,
  conversations,
  customers,
  desk,
  devices,
  dial,
  errors,
  floor,
  frame,
  hours,
  outbound,
  settings,
  signIn,
  story,
  tasks,
  visitor,
} as const;
