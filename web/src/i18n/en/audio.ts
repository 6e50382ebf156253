import type { SameShape } from '../shape';
import type { audioPanel as zh } from '../zh/audio';

export const audioPanel: SameShape<typeof zh> = {
  audio: {
    microphone: 'Microphone',
    speaker: 'Speaker',
    default: 'System default',
    unnamed: { microphone: 'Microphone {{n}}', speaker: 'Speaker {{n}}' },
    missing: 'The chosen device is not plugged in',
    no_choice: 'In this browser the system decides where sound is played.',
    level: 'Microphone level',
    quiet: 'Nothing is heard. Check the mute switch of the headset, or choose another microphone.',
    noise: 'Noise suppression',
    noise_hint: 'May be off in a quiet room or with a good headset.',
    try: 'Test my sound',
    try_hint: 'Records three seconds and plays them to you. They stay on this computer.',
    try_in_call: 'You are in a call: the other side still hears you. Only you hear the test.',
    tone: 'Play a tone',
    stop: 'Stop',
    recording: 'Speak: recording',
    playing: 'Playing what you said',
    playing_tone: 'Playing a tone',
    heard: 'If you heard it well, your devices are fine.',
    nothing_recorded: 'Nothing was recorded. Check the mute switch, or choose another microphone.',
    failed: 'The test did not work. Try again.',
    kept: 'It could not be used; the device before stays.',
    opening: 'Opening the microphone: allow it when the browser asks',
  },
};
