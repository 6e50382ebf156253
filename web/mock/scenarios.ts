export const SCENARIOS = [
  'signed-out',
  'not-ready',
  'ready',
  'calls',
  'ringing',
  'ringing-unknown',
  'ringing-transferred',
  'ringing-returned',
  'ringing-consulted',
  'asking-ringing',
  'asking-private',
  'asking-joined',
  'outside-ringing',
  'outside-private',
  'outside-joined',
  'asked-private',
  'asked-joined',
  'supervising',
  'conference-three',
  'conference-six',
  'supervised',
  'parked-one',
  'parked-many',
  'parked-talking',
  'parked-wrap-up',
  'ringing-unparked',
  'ringing-picked-up',
  'ringing-assigned',
  'forced-not-ready',
  'forced-signed-out',
  'talking',
  'recording-off',
  'recording-on',
  'recording-paused',
  'consent-waiting',
  'consent-refused',
  'held',
  'device-lost',
  'wrap-up',
  'sip-phone',
  'sip-ringing',
  'dialling',
  'dial-busy',
  'redial',
  'elsewhere',
  'microphone-denied',
  'disconnected',
  'ledger-failed',
  'draining',
  'empty',
  'signed-out-of-product',
] as const;

export type Scenario = (typeof SCENARIOS)[number];

const KEY = 'callisto.mock.scenario';

/** From the address once, then kept while the tab lives. */
export function currentScenario(): Scenario {
  const asked = new URLSearchParams(location.search).get('scenario') ?? sessionStorage.getItem(KEY);
  const scenario = SCENARIOS.find((one) => one === asked) ?? 'signed-out';
  sessionStorage.setItem(KEY, scenario);
  return scenario;
}

export function openScenario(scenario: Scenario): void {
  sessionStorage.setItem(KEY, scenario);
  const url = new URL(location.href);
  url.searchParams.delete('scenario');
  location.href = url.toString();
}
