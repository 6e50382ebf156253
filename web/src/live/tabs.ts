/** Lets the tabs of one browser tell each other which of them holds the phone. */
export interface Tabs {
  /** Whether another tab holds the phone at this moment. */
  askForHolder(): Promise<boolean>;
  /** This tab holds it from here on. */
  take(): void;
  /** This tab no longer holds it. */
  release(): void;
  /** Whether this tab held it before it was reloaded. */
  heldBeforeReload(): boolean;
  onTaken(listener: () => void): void;
}

const ANSWER_WITHIN_MS = 80;
const HELD_KEY = 'callisto.phone.held';

type TabMessage = { readonly say: 'who' | 'here' | 'taken'; readonly tab: string; readonly agent: string };

export function createTabs(agent: string, tab: string): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('callisto.phone');
  let holding = false;
  let taken: (() => void) | null = null;
  let answered: (() => void) | null = null;
  const post = (say: TabMessage['say']): void => channel?.postMessage({ say, tab, agent } satisfies TabMessage);

  if (channel !== null) {
    channel.onmessage = (event: MessageEvent<TabMessage>) => {
      if (event.data.tab === tab || event.data.agent !== agent) return;
      if (event.data.say === 'who' && holding) post('here');
      if (event.data.say === 'here') answered?.();
      if (event.data.say === 'taken' && holding) {
        holding = false;
        sessionStorage.removeItem(HELD_KEY);
        taken?.();
      }
    };
  }

  return {
    askForHolder: () =>
      new Promise((resolve) => {
        if (channel === null) return resolve(false);
        const timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
        answered = () => {
          clearTimeout(timer);
          resolve(true);
        };
        post('who');
      }),
    take: () => {
      holding = true;
      sessionStorage.setItem(HELD_KEY, agent);
      post('taken');
    },
    release: () => {
      holding = false;
      sessionStorage.removeItem(HELD_KEY);
    },
    heldBeforeReload: () => sessionStorage.getItem(HELD_KEY) === agent,
    onTaken: (listener) => {
      taken = listener;
    },
  };
}
