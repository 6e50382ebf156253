//! A browser leg: ICE-lite, DTLS-SRTP and RTP through str0m, which nothing else in the house names.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::Mono;
use str0m::change::SdpOffer;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::crypto::from_feature_flags;
use str0m::format::{Codec as WebCodec, FormatParams};
use str0m::ice::StunMessage;
use str0m::media::{Frequency, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{RtpPacket, RtpWrite};
use str0m::stats::RemoteIngressStats;
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig};

use crate::MediaError;
use crate::codec::{Codec, Format, SLOT_MS};
use crate::feedback::Remark;
use crate::outlet::Stamp;

/// A browser that has not connected by then will not: checks go out for less than this.
pub(crate) const CONNECT_MAX: Duration = Duration::from_secs(20);
/// Longer than any offer of a browser with one audio line, and short enough to parse at leisure.
const OFFER_BYTES_MAX: usize = 64 * 1024;
/// Telephone events, by the number Chromium uses for the 8 kHz clock.
const EVENT_PAYLOAD_TYPE: u8 = 126;
/// Keys `0`–`9 * # A`–`D`.
const EVENT_MAX: u8 = 15;
/// How often str0m tells what the browser reported: as often as browsers report on audio.
const REMARKS_EVERY: Duration = Duration::from_secs(5);
/// A count of lost packets is 24 bits with a sign (RFC 3550 §6.4.1), which str0m hands on without one.
const LOST_MAX: u64 = 0x7F_FFFF;

/// Turns our time into the one str0m wants and back. Its zero is the `Instant` at which [`Mono`] was zero.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Epoch(pub(crate) Instant);

impl Epoch {
    pub(crate) fn instant(self, at: Mono) -> Instant {
        self.0 + Duration::from_nanos(at.0)
    }

    fn mono(self, at: Instant) -> Mono {
        Mono(0) + at.saturating_duration_since(self.0)
    }
}

/// What all browser legs share: one certificate and one set of algorithms.
pub(crate) struct WebIdentity {
    provider: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

impl fmt::Debug for WebIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebIdentity")
    }
}

impl WebIdentity {
    /// A fresh certificate; `None` when the algorithms cannot make one.
    pub(crate) fn generate() -> Option<WebIdentity> {
        let provider = Arc::new(from_feature_flags());
        let certificate = provider.dtls_provider.generate_certificate()?;
        Some(WebIdentity { provider, certificate })
    }

    fn config(&self, codec: Codec) -> RtcConfig {
        let mut config = RtcConfig::new()
            .set_crypto_provider(Arc::clone(&self.provider))
            .set_dtls_cert(self.certificate.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .set_stats_interval(Some(REMARKS_EVERY))
            // Without this, transport feedback goes out every 50 ms and doubles the cost of a leg.
            .clear_extension_map()
            .clear_codecs()
            // One law only, so that both directions are in it. With Opus, Chromium's telephone events come incomplete.
            .enable_pcma(codec == Codec::Pcma, false)
            .enable_pcmu(codec == Codec::Pcmu, false);
        let keys = FormatParams { telephone_event_max: Some(EVENT_MAX), ..FormatParams::default() };
        let pt = Pt::new_with_value(EVENT_PAYLOAD_TYPE);
        config.codec_config().add_config(pt, None, WebCodec::Tele, Frequency::EIGHT_KHZ, None, keys);
        config
    }
}

/// What a leg has to say when polled.
#[derive(Debug)]
pub(crate) enum WebOutput {
    /// A datagram, from one of our candidates.
    Transmit { candidate: SocketAddr, to: SocketAddr, bytes: Vec<u8> },
    /// Audio and events of the browser, decrypted.
    Packet(Box<RtpPacket>),
    /// The browser's last report on our stream, where there is one, and the last round trip.
    Heard { remark: Option<Remark>, round_trip: Option<Duration> },
    /// ICE and DTLS are up.
    Connected,
    /// The leg is over.
    Gone,
    /// Nothing more until the deadline.
    Idle,
}

/// The browser side of a leg.
pub(crate) struct WebLeg {
    rtc: Rtc,
    epoch: Epoch,
    ufrag: String,
    codec: Codec,
    mid: Option<Mid>,
    connected: bool,
    connect_by: Mono,
    deadline: Mono,
    /// Where its datagrams come from; authenticated by ICE.
    pub(crate) sources: Vec<SocketAddr>,
}

impl fmt::Debug for WebLeg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebLeg").field("codec", &self.codec).field("connected", &self.connected).finish_non_exhaustive()
    }
}

impl WebLeg {
    /// Takes a browser's offer; gives the leg and the answer's SDP.
    pub(crate) fn accept(
        identity: &WebIdentity,
        epoch: Epoch,
        now: Mono,
        offer: &str,
        candidates: &[SocketAddr],
    ) -> Result<(WebLeg, String), MediaError> {
        if offer.len() > OFFER_BYTES_MAX {
            return Err(MediaError::BadSdp);
        }
        let codec = offered_codec(offer).ok_or(MediaError::NoCodec)?;
        let offer = SdpOffer::from_sdp_string(offer).map_err(|_| MediaError::BadSdp)?;
        let mut rtc = identity.config(codec).build(epoch.instant(now));
        for address in candidates {
            let candidate = Candidate::host(*address, "udp").map_err(|_| MediaError::NoPort)?;
            rtc.add_local_candidate(candidate);
        }
        let answer = rtc.sdp_api().accept_offer(offer).map_err(|_| MediaError::BadSdp)?.to_sdp_string();
        let ufrag = rtc.direct_api().local_ice_credentials().ufrag;
        let leg = WebLeg {
            rtc,
            epoch,
            ufrag,
            codec,
            mid: None,
            connected: false,
            connect_by: now + CONNECT_MAX,
            deadline: now,
            sources: Vec::new(),
        };
        Ok((leg, answer))
    }

    pub(crate) fn ufrag(&self) -> &str {
        &self.ufrag
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.connected
    }

    pub(crate) fn format(&self) -> Format {
        Format { codec: self.codec, wide: None, ptime_ms: SLOT_MS }
    }

    /// When it wants to be polled without input.
    pub(crate) fn deadline(&self) -> Mono {
        if self.connected { self.deadline } else { self.deadline.min(self.connect_by) }
    }

    /// Whether a datagram is this browser's: a STUN message by its integrity, anything else by the pair that ICE found.
    pub(crate) fn accepts(&self, now: Mono, receive: Receive<'_>) -> bool {
        self.rtc.accepts(&Input::Receive(self.epoch.instant(now), receive))
    }

    /// Takes a datagram. A bad one is dropped, and never ends a call.
    pub(crate) fn receive(&mut self, now: Mono, receive: Receive<'_>) {
        let _ = self.rtc.handle_input(Input::Receive(self.epoch.instant(now), receive));
    }

    /// Time passed.
    pub(crate) fn wake(&mut self, now: Mono) {
        if !self.connected && now >= self.connect_by {
            self.rtc.disconnect();
        }
        let _ = self.rtc.handle_input(Input::Timeout(self.epoch.instant(now)));
    }

    /// Queues a packet; it leaves with the next [`WebLeg::wake`] and poll.
    pub(crate) fn send(&mut self, now: Mono, stamp: Stamp, event: bool, payload: Arc<[u8]>) {
        let Some(mid) = self.mid else { return };
        let Some(pt) = self.payload_type(event) else { return };
        let at = self.epoch.instant(now);
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(mid, None) else { return };
        let write = RtpWrite::new(pt, stamp.sequence.into(), stamp.timestamp, at, payload);
        stream.write_rtp(write.marker(stamp.marker));
    }

    /// Whether a payload type of the browser means a telephone event; `None` when it means nothing agreed.
    pub(crate) fn is_event(&self, pt: Pt) -> Option<bool> {
        let params = self.rtc.codec_config().params().iter().find(|params| params.pt() == pt)?;
        Some(params.spec().codec == WebCodec::Tele)
    }

    /// The next thing it has to say.
    pub(crate) fn poll(&mut self) -> WebOutput {
        loop {
            let event = match self.rtc.poll_output() {
                Err(_) => {
                    self.rtc.disconnect();
                    return WebOutput::Gone;
                }
                Ok(Output::Timeout(at)) => {
                    self.deadline = self.epoch.mono(at);
                    return if self.rtc.is_alive() { WebOutput::Idle } else { WebOutput::Gone };
                }
                Ok(Output::Transmit(transmit)) => {
                    let (candidate, to) = (transmit.source, transmit.destination);
                    return WebOutput::Transmit { candidate, to, bytes: transmit.contents.into() };
                }
                Ok(Output::Event(event)) => event,
            };
            if let Some(output) = self.take(event) {
                return output;
            }
        }
    }

    /// Says goodbye to the browser, which sees it at once; what that takes is in the next polls.
    pub(crate) fn close(&mut self) {
        if self.rtc.close().is_err() {
            self.rtc.disconnect();
        }
    }

    fn take(&mut self, event: Event) -> Option<WebOutput> {
        if let Event::RtpPacket(packet) = event {
            return Some(WebOutput::Packet(Box::new(packet)));
        }
        if let Event::MediaEgressStats(stats) = event {
            return Some(WebOutput::Heard { remark: stats.remote.map(remark), round_trip: stats.rtt });
        }
        if let Event::MediaAdded(media) = event {
            self.mid.get_or_insert(media.mid);
        } else if matches!(event, Event::Connected) {
            self.connected = true;
            return Some(WebOutput::Connected);
        } else if matches!(event, Event::Closed | Event::IceConnectionStateChange(IceConnectionState::Disconnected)) {
            self.rtc.disconnect();
            return Some(WebOutput::Gone);
        }
        None
    }

    fn payload_type(&self, event: bool) -> Option<Pt> {
        let wanted = |codec: WebCodec| (codec == WebCodec::Tele) == event;
        self.rtc.codec_config().params().iter().find(|params| wanted(params.spec().codec)).map(|params| params.pt())
    }
}

fn remark(stats: RemoteIngressStats) -> Remark {
    let lost = if stats.packets_lost > LOST_MAX { 0 } else { stats.packets_lost as u32 };
    Remark { lost, highest: *stats.maximum_sequence_number as u32, jitter: stats.jitter }
}

/// The local user fragment that a STUN request names; `None` for anything else.
pub(crate) fn stun_target(bytes: &[u8]) -> Option<String> {
    // RFC 7983 §7: STUN begins with 0–3; a request has no class bits.
    if bytes.first().is_none_or(|byte| *byte > 1) {
        return None;
    }
    let message = StunMessage::parse(bytes).ok()?;
    if !message.is_binding_request() {
        return None;
    }
    message.split_username().map(|(local, _)| local.to_owned())
}

pub(crate) fn receive_of(from: SocketAddr, candidate: SocketAddr, bytes: &[u8]) -> Option<Receive<'_>> {
    Receive::new(Protocol::Udp, from, candidate, bytes).ok()
}

fn offered_codec(offer: &str) -> Option<Codec> {
    let offers =
        |name: &str| offer.lines().any(|line| line.starts_with("a=rtpmap:") && line.trim_end().ends_with(name));
    if offers(" PCMA/8000") {
        Some(Codec::Pcma)
    } else if offers(" PCMU/8000") {
        Some(Codec::Pcmu)
    } else {
        None
    }
}
