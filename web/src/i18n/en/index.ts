import { common } from './common';
import { customers } from './customers';
import { desk } from './desk';
import { dial } from './dial';
import { errors } from './errors';
import { frame } from './frame';
import { signIn } from './sign-in';
import { supervise } from './supervise';
import { tasks } from './tasks';

/** What the frame and the desk say, and what every page may; the other pages bring their own. */
export const words = {
  common,
  customers,
  desk,
  dial,
  errors,
  frame,
  signIn,
  supervise,
  tasks,
} as const;
