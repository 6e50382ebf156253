import type { DeskRecording, Handling, PauseReason } from '@/api/types';
import { id } from './data';
import type { Scenario } from './scenarios';

const PAUSE_US = 300_000_000;

/** Nothing is kept, and the agent may change that. */
const OFF: DeskRecording = { state: 'off', may_start: true, may_stop: false };
const ON: DeskRecording = { id: id('rec', 1), state: 'on', may_start: false, may_stop: true };

const paused = (reason: PauseReason, sinceUs: number): DeskRecording => ({
  ...ON,
  state: 'paused',
  paused: reason,
  paused_since_us: sinceUs,
  pause_ends_at_us: sinceUs + PAUSE_US,
});

/** A talk in each state its recording can be in. */
export function recordingIn(scenario: Scenario): DeskRecording {
  switch (scenario) {
    case 'recording-off':
      return OFF;
    case 'recording-paused':
      return paused('card_data', Date.now() * 1000 - 47_000_000);
    case 'consent-waiting':
      return { state: 'waiting_for_consent', may_start: false, may_stop: false };
    case 'consent-refused':
      return { state: 'refused', may_start: false, may_stop: false };
    default:
      return ON;
  }
}

/** What becomes of it when the agent asks. */
export function recordingAfter({ recording }: Handling, step: string, body: Record<string, unknown>): DeskRecording {
  const stops = recording?.may_stop ?? false;
  if (step === 'pause') return { ...paused(body.reason as PauseReason, Date.now() * 1000), may_stop: stops };
  if (step === 'resume') return { ...ON, may_stop: stops };
  if (step === 'stop') return OFF;
  return step === 'refused' ? { state: 'refused', may_start: false, may_stop: false } : { ...ON, may_stop: true };
}
