import type { Store } from '@/lib/store';
import type { MicrophoneFault } from './microphone';

export type PhoneFault = MicrophoneFault | 'refused';

export type PhoneState =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly legId: string }
  | { readonly kind: 'reattaching'; readonly attempt: number }
  /** Another tab or computer has the phone; this one keeps quiet until asked. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'failed'; readonly why: PhoneFault };

/** The server will not have this offer; trying again is pointless. */
export class PhoneRefused extends Error {}

export class PhoneNotReady extends Error {
  constructor(readonly state: PhoneState) {
    super(state.kind);
  }
}

/** Resolves when the phone is connected, rejects with the state that stopped it. */
export function connected(state: Store<PhoneState>): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): boolean => {
      const now = state.get();
      if (now.kind === 'connected') resolve();
      else if (now.kind === 'failed' || now.kind === 'elsewhere' || now.kind === 'off') reject(new PhoneNotReady(now));
      else return false;
      return true;
    };
    if (settle()) return;
    const stop = state.subscribe(() => {
      if (settle()) stop();
    });
  });
}
