import { setCsrfToken, setOnUnauthenticated } from '@/api/client';
import { type FailureCode, failureCode } from '@/api/problem';
import { session } from '@/api/session';
import type { Me } from '@/api/types';
import { dialled } from '@/lib/dialled';
import { readPreference, writePreference } from '@/lib/preferences';
import { createStore } from '@/lib/store';
import { type LiveSession, startLive } from '@/live/session';
import { queryClient } from '@/parts/query';

export type Gate =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly code: FailureCode }
  | { readonly kind: 'out'; readonly ended: boolean }
  | { readonly kind: 'in'; readonly live: LiveSession };

/** Whether somebody is signed in, and their session. */
export const gate = createStore<Gate>({ kind: 'asking' });

export function boot(): void {
  // Whoever never signed in here is not asked about on the server.
  if (readPreference('signed-in') !== 'yes') return gate.set({ kind: 'out', ended: false });
  gate.set({ kind: 'asking' });
  session.me().then(signedIn, (error: unknown) => {
    const code = failureCode(error);
    if (code === 'unauthenticated') writePreference('signed-in', 'no');
    gate.set(code === 'unauthenticated' ? { kind: 'out', ended: true } : { kind: 'failed', code });
  });
}

export function signedIn(me: Me): void {
  writePreference('signed-in', 'yes');
  setCsrfToken(me.csrf_token);
  setOnUnauthenticated(() => leave(true));
  const live = startLive(me, {
    desk: me.permissions.includes('desk.use'),
    tasks: me.permissions.includes('tasks.read'),
    // A refused upgrade looks like a broken line; one question tells them apart.
    onTryFailed: (attempt) => {
      if (attempt % 3 === 2) void session.me().catch(() => undefined);
    },
  });
  gate.set({ kind: 'in', live });
}

export async function signOut(): Promise<void> {
  await session.signOut();
  leave(false);
}

function leave(ended: boolean): void {
  const now = gate.get();
  if (now.kind !== 'in') return;
  writePreference('signed-in', 'no');
  now.live.stop();
  setCsrfToken(null);
  setOnUnauthenticated(null);
  queryClient.clear();
  dialled.set([]);
  gate.set({ kind: 'out', ended });
}
