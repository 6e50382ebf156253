import type { signIn as zh } from '../zh/sign-in';
import type { SameShape } from '../shape';

export const signIn: SameShape<typeof zh> = {
  title: 'Sign in',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  ended: 'You are no longer signed in. Please sign in again.',
  lead: 'Contact centre',
};
