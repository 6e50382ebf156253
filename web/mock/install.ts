import { writePreference } from '@/lib/preferences';
import { fakeFetch } from './fetch';
import { installMenu } from './menu';
import { installPhone } from './phone';
import { currentScenario } from './scenarios';
import { fakeSocket } from './socket';
import { startWorld } from './world';

/** Puts a server made of memory behind the client: `npm run dev:mock`. */
export function install(): void {
  const scenario = currentScenario();
  const world = startWorld(scenario);
  installPhone(scenario);
  writePreference('signed-in', world.me === null ? 'no' : 'yes');
  window.fetch = fakeFetch(world);
  // The tool that reloads the page in development keeps its own socket.
  const Real = window.WebSocket;
  const Fake = fakeSocket(world);
  window.WebSocket = new Proxy(Real, {
    construct: (_, args: [string, ...unknown[]]) =>
      String(args[0]).includes('/api/v1/live') ? new Fake(args[0]) : (Reflect.construct(Real, args) as WebSocket),
  });
  installMenu();
}
