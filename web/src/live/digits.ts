import { createStore, type Store } from '@/lib/store';

/** What the server takes in one request. */
const KEYS_PER_REQUEST_MAX = 40;

/** How many keys; which ones is kept no longer than it takes to send them. */
export interface DigitCount {
  readonly sent: number;
  /** Pressed and on their way. */
  readonly waiting: number;
}

export interface DigitSender {
  readonly count: Store<DigitCount>;
  press(key: string): void;
}

/** Sends keys in the order they are pressed: one request at a time, and what is pressed meanwhile goes with the next. */
export function createDigitSender(
  send: (keys: string) => Promise<unknown>,
  onFailure: (error: unknown) => void,
): DigitSender {
  const count = createStore<DigitCount>({ sent: 0, waiting: 0 });
  let pending = '';
  let sending = false;
  const next = (): void => {
    if (sending || pending === '') return;
    const keys = pending.slice(0, KEYS_PER_REQUEST_MAX);
    pending = pending.slice(keys.length);
    sending = true;
    send(keys)
      .then(() => count.update(({ sent, waiting }) => ({ sent: sent + keys.length, waiting: waiting - keys.length })))
      .catch((error: unknown) => {
        // Keys with a gap before them would mean something else.
        pending = '';
        count.update(({ sent }) => ({ sent, waiting: 0 }));
        onFailure(error);
      })
      .finally(() => {
        sending = false;
        next();
      });
  };
  return {
    count,
    press: (key) => {
      pending += key;
      count.update(({ sent, waiting }) => ({ sent, waiting: waiting + 1 }));
      next();
    },
  };
}
