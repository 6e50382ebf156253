import type { visitor as zh } from '../zh/visitor';
import type { SameShape } from '../shape';

export const visitor: SameShape<typeof zh> = {
  title: 'Call from the browser',
  lead: 'Talk to us right here, no telephone needed',
  number: 'Number to call',
  number_default: 'Service hotline',
  call: 'Call',
  hang_up: 'End call',
  again: 'Call again',
  keypad: 'Keypad',
  key: 'Key {{key}}',
  microphone: 'The call needs your microphone; allow it when the browser asks. This page keeps no sound.',
  state: {
    idle: 'Ready to call',
    calling: 'Calling',
    connected: 'Connected',
    ended: 'Call ended',
    failed: 'Not connected',
  },
  lasted: 'Lasted {{time}}',
  fault: {
    insecure: 'Browsers do not give the microphone to plain HTTP pages. Open this page by its HTTPS address.',
    denied: 'The microphone is not allowed. Click the icon left of the address, allow it, then call again.',
    no_device: 'No microphone was found. Plug in a headset, then call again.',
    device_busy: 'Another program uses the microphone. Close it, then call again.',
    rate_limited: 'Too many calls. Wait a moment and try again.',
    unavailable: 'All lines are busy. Please call again in a moment.',
    closed: 'Calls from the browser are switched off.',
    network: 'The network is down. Check it, then call again.',
  },
};
