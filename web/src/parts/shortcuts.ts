import type { KeyCombo } from '@/lib/keys';

/** Every key of the product in one place. */
export const KEYS = {
  palette: { key: 'k', mod: true },
  answer: { key: 'Enter' },
  decline: { key: 'd', shift: true },
  hold: { key: 'h' },
  mute: { key: 'm' },
  record: { key: 'r' },
  transfer: { key: 't' },
  park: { key: 'p', shift: true },
  pickUp: { key: 'u', shift: true },
  keypad: { key: 'k', shift: true },
  join: { key: 'j' },
  drop: { key: 'd', shift: true },
  play: { key: 'p' },
  hangUp: { key: 'e', shift: true },
  ready: { key: 'r', shift: true },
  notReady: { key: 'n', shift: true },
  dial: { key: 'c', shift: true },
  finish: { key: 'Enter', mod: true },
} as const satisfies Record<string, KeyCombo>;
