//! A telephone leg: RTP, in clear or as SRTP, with RTCP on the next port.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::{Mono, Now, SrtpKeys};

use crate::codec::{Codec, Format, PLAY_FORMAT, SLOT_MS, Wide};
use crate::latch::Latch;
use crate::outlet::Outlet;
use crate::reception::{Reception, Report};
use crate::rtcp::{self, Compound, ReportBlock, SenderInfo};
use crate::srtp::Srtp;

/// Without RTP and RTCP for this long, audio counts as lost: three times what phones with silence suppression leave between two
/// comfort-noise packets.
pub(crate) const MEDIA_SILENCE_MAX: Duration = Duration::from_secs(30);
/// The same where there was never any, from the answer on: twice as long, for what is slow to begin, an announcement fetched first or a
/// path opened by our own packets.
pub(crate) const FIRST_PACKET_MAX: Duration = Duration::from_secs(60);
/// RFC 3550 §6.2: the fixed minimum between two reports.
const REPORT_EVERY: Duration = Duration::from_secs(5);

/// What was negotiated for a telephone leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RtpParams {
    /// Where the peer wants RTP.
    pub remote: SocketAddr,
    /// The law; of a leg with another codec, the one its sound is turned into.
    pub codec: Codec,
    /// The codec on the wire, where it is not the law.
    pub wide: Option<Wide>,
    /// The payload type of what is on the wire.
    pub payload_type: u8,
    /// The payload type of telephone events, when the peer takes them.
    pub dtmf_payload_type: Option<u8>,
    /// Milliseconds of sound in a packet; 0 counts as 20.
    pub ptime_ms: u8,
    /// Whether we send.
    pub sends: bool,
    /// Whether the peer sends; false while it holds us.
    pub receives: bool,
    /// The keys, when both directions are encrypted.
    pub srtp: Option<Arc<SrtpKeys>>,
}

impl RtpParams {
    pub(crate) fn format(&self) -> Format {
        let codec = if self.wide.is_some() { PLAY_FORMAT.codec } else { self.codec };
        Format { codec, wide: self.wide, ptime_ms: if self.ptime_ms == 0 { SLOT_MS } else { self.ptime_ms } }
    }

    /// A time of the house on the wire's clock. Both begin again at zero at the same moment.
    pub(crate) fn wire_time(&self, timestamp: u32) -> u32 {
        timestamp.wrapping_mul(self.ticks())
    }

    /// Ticks of the wire's clock for one of the house's.
    fn ticks(&self) -> u32 {
        self.wide.map_or(1, Wide::ticks)
    }
}

/// What a payload type means on a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    Audio,
    Event,
    Other,
}

#[derive(Debug)]
struct Open {
    params: RtpParams,
    srtp: Option<Box<Srtp>>,
    latch: Latch,
    /// The last sign of life; `None` until there was one.
    heard_at: Option<Mono>,
    /// Since when the call is up and a first packet is due; `None` before the answer.
    due_since: Option<Mono>,
    lost_reported: bool,
    next_report: Mono,
    reported_packets: u64,
    peer_report: Option<(u32, u32, Mono)>,
}

/// The telephone side of a leg. Without parameters it is only a reserved port.
#[derive(Debug)]
pub(crate) struct RtpLeg {
    name: String,
    open: Option<Open>,
}

impl RtpLeg {
    /// A reserved port; `name` is the leg's canonical name in RTCP and says nothing about anybody.
    pub(crate) fn reserved(name: String) -> RtpLeg {
        RtpLeg { name, open: None }
    }

    /// Takes what was negotiated, first or again; true the first time.
    pub(crate) fn open(&mut self, now: Mono, params: RtpParams) -> bool {
        let Some(open) = self.open.as_mut() else {
            self.open = Some(Open {
                latch: Latch::new(params.remote),
                srtp: params.srtp.clone().map(|keys| Box::new(Srtp::new(keys))),
                params,
                heard_at: None,
                due_since: None,
                lost_reported: false,
                next_report: now + REPORT_EVERY,
                reported_packets: 0,
                peer_report: None,
            });
            return true;
        };
        open.latch.renegotiated(params.remote);
        open.srtp = match (open.srtp.take(), params.srtp.clone()) {
            (Some(mut srtp), Some(keys)) => {
                srtp.renew(keys);
                Some(srtp)
            }
            (None, Some(keys)) => Some(Box::new(Srtp::new(keys))),
            (Some(_) | None, None) => None,
        };
        open.params = params;
        // Silence counts from the moment it is not wanted any more.
        open.heard_at = open.heard_at.map(|_| now);
        open.due_since = open.due_since.map(|_| now);
        open.lost_reported = false;
        false
    }

    pub(crate) fn params(&self) -> Option<&RtpParams> {
        self.open.as_ref().map(|open| &open.params)
    }

    /// What seals and opens its packets, if they are encrypted.
    pub(crate) fn srtp(&mut self) -> Option<&mut Srtp> {
        self.open.as_mut()?.srtp.as_deref_mut()
    }

    pub(crate) fn latch(&mut self) -> Option<&mut Latch> {
        self.open.as_mut().map(|open| &mut open.latch)
    }

    pub(crate) fn sends(&self) -> bool {
        self.params().is_some_and(|params| params.sends)
    }

    pub(crate) fn receives(&self) -> bool {
        self.params().is_some_and(|params| params.receives)
    }

    pub(crate) fn target(&self) -> Option<SocketAddr> {
        self.open.as_ref().map(|open| open.latch.target())
    }

    pub(crate) fn payload(&self, payload_type: u8) -> Payload {
        match self.params() {
            Some(params) if params.payload_type == payload_type => Payload::Audio,
            Some(params) if params.dtmf_payload_type == Some(payload_type) => Payload::Event,
            Some(_) | None => Payload::Other,
        }
    }

    /// A packet of the leg's own source came.
    pub(crate) fn heard(&mut self, now: Mono) {
        if let Some(open) = self.open.as_mut() {
            open.heard_at = Some(now);
            open.lost_reported = false;
        }
    }

    /// The call is up: from here on a peer that never sent anything is missed.
    pub(crate) fn answered(&mut self, now: Mono) {
        let Some(open) = self.open.as_mut().filter(|open| open.due_since.is_none()) else { return };
        open.due_since = Some(now);
        // What was heard before, or missed, tells nothing of the time from here on.
        open.heard_at = open.heard_at.map(|_| now);
        open.lost_reported = false;
    }

    /// Whether audio stopped arriving, or never began; true once per silence.
    pub(crate) fn is_lost(&mut self, now: Mono) -> bool {
        let Some(open) = self.open.as_mut() else { return false };
        let silent = match open.heard_at {
            Some(at) => now.since(at) >= MEDIA_SILENCE_MAX,
            None => open.due_since.is_some_and(|since| now.since(since) >= FIRST_PACKET_MAX),
        };
        if !silent || !open.params.receives || open.lost_reported {
            return false;
        }
        open.lost_reported = true;
        true
    }

    /// RTCP came; it counts as life only from the host the leg is locked to, and never moves the lock. Gives what it says of our
    /// stream, `ssrc`.
    pub(crate) fn receive_rtcp(&mut self, now: Mono, from: SocketAddr, bytes: &[u8], ssrc: u32) -> Option<ReportBlock> {
        let open = self.open.as_mut()?;
        let Some((source, _)) = open.latch.source() else {
            // No audio yet, but somebody is there.
            let is_peer = from.ip() == open.params.remote.ip() && rtcp::parse(bytes, ssrc).is_some();
            if is_peer {
                open.due_since = open.due_since.map(|_| now);
                open.heard_at = open.heard_at.map(|_| now);
            }
            return None;
        };
        if from.ip() != source.ip() {
            return None;
        }
        let received = rtcp::parse(bytes, ssrc)?;
        if let Some((ssrc, middle)) = received.sender {
            open.peer_report = Some((ssrc, middle, now));
        }
        if open.heard_at.is_some() {
            open.heard_at = Some(now);
        }
        let ticks = open.params.ticks();
        received.ours.map(|block| {
            let report = Report { jitter: block.report.jitter / ticks, ..block.report };
            ReportBlock { report, ..block }
        })
    }

    /// Where RTCP goes: the port after RTP's (RFC 3550 §11).
    pub(crate) fn rtcp_target(&self) -> Option<SocketAddr> {
        let mut target = self.target()?;
        target.set_port(target.port().checked_add(1)?);
        Some(target)
    }

    /// Whether a report is due; moves the deadline on.
    pub(crate) fn report_due(&mut self, now: Mono) -> bool {
        let Some(open) = self.open.as_mut() else { return false };
        if now < open.next_report {
            return false;
        }
        open.next_report = now + REPORT_EVERY;
        true
    }

    /// Appends a report to `out`; gives the clock by which the peer will name it, when it is a sender's.
    pub(crate) fn write_report(
        &mut self,
        now: Now,
        outlet: &Outlet,
        reception: &mut Reception,
        goodbye: bool,
        out: &mut Vec<u8>,
    ) -> Option<u32> {
        let open = self.open.as_mut()?;
        let (packets, octets) = outlet.sent();
        let sent_since = packets != open.reported_packets;
        open.reported_packets = packets;
        let sender = sent_since.then(|| SenderInfo {
            at: now.utc,
            timestamp: open.params.wire_time(outlet.timestamp_at(now.mono)),
            // RFC 3550 §6.4.1: both counts wrap.
            packets: packets as u32,
            octets: octets as u32,
        });
        let block = open.latch.source().zip(reception.report()).map(|((_, ssrc), report)| {
            let known = open.peer_report.filter(|(reporter, ..)| *reporter == ssrc);
            let (last_sender_report, delay) =
                known.map_or((0, 0), |(_, middle, at)| (middle, in_65536ths(now.mono.since(at))));
            let report = Report { jitter: open.params.wire_time(report.jitter), ..report };
            ReportBlock { ssrc, report, last_sender_report, delay }
        });
        Compound { ssrc: outlet.ssrc(), sender, block, name: &self.name, goodbye }.write(out);
        sender.map(|sender| rtcp::clock(sender.at))
    }
}

fn in_65536ths(duration: Duration) -> u32 {
    u32::try_from(duration.as_micros() * 65_536 / 1_000_000).unwrap_or(u32::MAX)
}
