import type { Scenario } from './scenarios';

/** A microphone and a peer connection without sound. */
export function installPhone(scenario: Scenario): void {
  const hum = (): MediaStream => {
    const context = new AudioContext();
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    const out = context.createMediaStreamDestination();
    gain.gain.value = 0.03;
    tone.connect(gain).connect(out);
    tone.start();
    return out.stream;
  };
  const silence = (): MediaStream => new AudioContext().createMediaStreamDestination().stream;
  const devices = [
    { kind: 'audioinput', deviceId: 'headset', label: 'Jabra Evolve2 65 (Bluetooth)' },
    { kind: 'audioinput', deviceId: 'laptop', label: 'Built-in microphone array' },
    { kind: 'audiooutput', deviceId: 'headset-out', label: 'Jabra Evolve2 65 (Bluetooth)' },
    { kind: 'audiooutput', deviceId: 'monitor', label: 'DELL U2723QE' },
  ];
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(new EventTarget(), {
      enumerateDevices: () => Promise.resolve(devices),
      getUserMedia: async () => {
        await Promise.resolve();
        if (scenario === 'microphone-denied') throw new DOMException('no', 'NotAllowedError');
        return hum();
      },
    }),
  });
  HTMLMediaElement.prototype.play = () => Promise.resolve();

  let received = 0;
  class FakePeer {
    connectionState = 'new';
    localDescription = { sdp: 'v=0' };
    onconnectionstatechange: (() => void) | null = null;
    addTransceiver() {
      return {
        sender: {
          transport: null,
          dtmf: { canInsertDTMF: true, toneBuffer: '', insertDTMF: () => undefined },
          replaceTrack: () => Promise.resolve(),
        },
        receiver: { track: silence().getAudioTracks()[0] },
        setCodecPreferences: () => undefined,
      };
    }
    createOffer() {
      return Promise.resolve({ type: 'offer', sdp: 'v=0' });
    }
    setLocalDescription() {
      return Promise.resolve();
    }
    setRemoteDescription() {
      setTimeout(() => {
        this.connectionState = 'connected';
        this.onconnectionstatechange?.();
      }, 60);
      return Promise.resolve();
    }
    getStats() {
      received += 100;
      return Promise.resolve(
        new Map<string, unknown>([
          [
            'in',
            {
              type: 'inbound-rtp',
              kind: 'audio',
              packetsReceived: received,
              packetsLost: received / 400,
              jitter: 0.004,
            },
          ],
          ['pair', { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.018 }],
        ]),
      );
    }
    close() {
      this.connectionState = 'closed';
    }
  }
  Object.defineProperty(window, 'RTCPeerConnection', { configurable: true, value: FakePeer });
}
