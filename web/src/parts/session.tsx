import { createContext, use } from 'react';
import type { Permission } from '@/api/types';
import type { LiveSession } from '@/live/session';

export const SessionContext = createContext<LiveSession | null>(null);

/** The signed-in person's session; only inside the frame. */
export function useSession(): LiveSession {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside the frame');
  return session;
}

export function useMay(permission: Permission): boolean {
  return useSession().me.permissions.includes(permission);
}
