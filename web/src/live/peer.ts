/** One audio connection to the server's ICE-lite media port: one offer out, one answer in, nothing renegotiated. */
export type PeerState = 'connecting' | 'connected' | 'interrupted' | 'closed_by_server' | 'failed';

export interface Peer {
  readonly remote: MediaStream;
  offer(): Promise<string>;
  accept(answerSdp: string): Promise<void>;
  /** What is sent; `null` sends nothing at all. */
  send(track: MediaStreamTrack | null): Promise<void>;
  /** Sends a key as RFC 4733 events; `false` when the browser cannot. */
  key(key: string): boolean;
  counters(): Promise<PeerCounters | null>;
  close(): void;
}

export interface PeerCounters {
  readonly received: number;
  readonly lost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number;
}

export type OpenPeer = (onState: (state: PeerState) => void) => Peer;

/** G.711 and 8 kHz telephone-events are all the far end takes (docs/decisions/0062). */
function narrowCodecs(): RTCRtpCodec[] {
  const all = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  const wanted = ['audio/pcma', 'audio/pcmu', 'audio/telephone-event'];
  return all
    .filter((codec) => wanted.includes(codec.mimeType.toLowerCase()) && codec.clockRate === 8000)
    .sort((a, b) => wanted.indexOf(a.mimeType.toLowerCase()) - wanted.indexOf(b.mimeType.toLowerCase()));
}

export const openPeer: OpenPeer = (onState) => {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
  const transceiver = pc.addTransceiver('audio', { direction: 'sendrecv' });
  const codecs = narrowCodecs();
  if (codecs.length > 0) transceiver.setCodecPreferences(codecs);
  const remote = new MediaStream([transceiver.receiver.track]);
  let state: PeerState = 'connecting';
  const enter = (next: PeerState): void => {
    if (next === state || state === 'closed_by_server') return;
    state = next;
    onState(next);
  };

  pc.onconnectionstatechange = () => {
    switch (pc.connectionState) {
      case 'connected':
        enter('connected');
        break;
      case 'disconnected':
        enter('interrupted');
        break;
      case 'failed':
        enter('failed');
        break;
      case 'new':
      case 'connecting':
      case 'closed':
        break;
    }
  };

  const watchTransport = (): void => {
    const transport = transceiver.sender.transport;
    if (transport === null) return;
    // The server's DTLS close is seen here at once; `connectionState` follows seconds later.
    transport.onstatechange = () => {
      if (transport.state === 'closed') enter('closed_by_server');
      else if (transport.state === 'failed') enter('failed');
    };
  };

  return {
    remote,
    offer: async () => {
      await pc.setLocalDescription(await pc.createOffer());
      watchTransport();
      return pc.localDescription?.sdp ?? '';
    },
    accept: async (sdp) => {
      await pc.setRemoteDescription({ type: 'answer', sdp });
      watchTransport();
    },
    send: (track) => transceiver.sender.replaceTrack(track),
    key: (key) => {
      const dtmf = transceiver.sender.dtmf;
      if (dtmf === null || !dtmf.canInsertDTMF) return false;
      dtmf.insertDTMF(dtmf.toneBuffer + key, 160, 70);
      return true;
    },
    counters: () => readCounters(pc),
    close: () => {
      pc.onconnectionstatechange = null;
      const transport = transceiver.sender.transport;
      if (transport !== null) transport.onstatechange = null;
      pc.close();
    },
  };
};

async function readCounters(pc: RTCPeerConnection): Promise<PeerCounters | null> {
  let inbound: { packetsReceived?: number; packetsLost?: number; jitter?: number } | null = null;
  let roundTripMs = 0;
  (await pc.getStats()).forEach((entry: Record<string, unknown>) => {
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') inbound = entry;
    if (entry.type === 'candidate-pair' && entry.nominated === true && typeof entry.currentRoundTripTime === 'number')
      roundTripMs = entry.currentRoundTripTime * 1000;
  });
  const found = inbound as { packetsReceived?: number; packetsLost?: number; jitter?: number } | null;
  if (found === null) return null;
  return {
    received: found.packetsReceived ?? 0,
    lost: Math.max(0, found.packetsLost ?? 0),
    jitterMs: (found.jitter ?? 0) * 1000,
    roundTripMs,
  };
}
