import { common } from './common';
import { conversations } from './conversations';
import { customers } from './customers';
import { desk } from './desk';
import { dial } from './devices';
import { errors } from './errors';
import { floor } from './floor';
import { frame } from './frame';
import { signIn } from './sign-in';
import { story } from './story';
import { tasks } from './tasks';
import { visitor } from './visitor';

/** What the frame and the desk say, and what every page may. */
export const words = {
  common,
  conversations,
  customers,
  desk,
  dial,
  errors,
  floor,
  frame,
  signIn,
  story,
  tasks,
  visitor,
} as const;
