//! RTCP for telephone legs (RFC 3550 §6): sender and receiver reports with a name, and a goodbye.

use domain::Utc;

use crate::reception::Report;

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const DESCRIPTION: u8 = 202;
const GOODBYE: u8 = 203;
const CNAME: u8 = 1;
/// Seconds from 1900 to 1970.
const NTP_EPOCH_S: u64 = 2_208_988_800;
/// The longest name that fits its length byte with room to spare.
const NAME_MAX: usize = 64;

/// What we sent so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SenderInfo {
    /// Wall clock of the report.
    pub at: Utc,
    /// The stream's timestamp at the same moment.
    pub timestamp: u32,
    /// Packets sent.
    pub packets: u32,
    /// Payload bytes sent.
    pub octets: u32,
}

/// What we know of the peer's stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportBlock {
    /// The peer's SSRC.
    pub ssrc: u32,
    /// The figures.
    pub report: Report,
    /// The middle 32 bits of the last sender report's clock; 0 when there was none.
    pub last_sender_report: u32,
    /// Since then, in 65,536ths of a second.
    pub delay: u32,
}

/// One compound packet of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compound<'a> {
    /// Our SSRC.
    pub ssrc: u32,
    /// Present when something was sent since the last report.
    pub sender: Option<SenderInfo>,
    /// Present when something was received.
    pub block: Option<ReportBlock>,
    /// The canonical name of the leg.
    pub name: &'a str,
    /// The leg is over.
    pub goodbye: bool,
}

impl Compound<'_> {
    /// Appends the packet to `out`.
    pub fn write(&self, out: &mut Vec<u8>) {
        let kind = if self.sender.is_some() { SENDER_REPORT } else { RECEIVER_REPORT };
        let start = begin(out, u8::from(self.block.is_some()), kind);
        put(out, self.ssrc);
        if let Some(sender) = &self.sender {
            let (seconds, fraction) = ntp(sender.at);
            put_all(out, &[seconds, fraction, sender.timestamp, sender.packets, sender.octets]);
        }
        if let Some(block) = &self.block {
            let lost = (u32::from(block.report.fraction_lost) << 24) | (block.report.lost & 0x00FF_FFFF);
            put_all(
                out,
                &[block.ssrc, lost, block.report.highest, block.report.jitter, block.last_sender_report, block.delay],
            );
        }
        finish(out, start);
        self.write_name(out);
        if self.goodbye {
            let start = begin(out, 1, GOODBYE);
            put(out, self.ssrc);
            finish(out, start);
        }
    }

    fn write_name(&self, out: &mut Vec<u8>) {
        let name = &self.name.as_bytes()[..self.name.len().min(NAME_MAX)];
        let start = begin(out, 1, DESCRIPTION);
        put(out, self.ssrc);
        out.push(CNAME);
        out.push(name.len() as u8);
        out.extend_from_slice(name);
        // RFC 3550 §6.5: the list of items ends with at least one zero and on a word.
        out.push(0);
        while !(out.len() - start).is_multiple_of(4) {
            out.push(0);
        }
        finish(out, start);
    }
}

/// What a peer's compound packet told us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The peer's SSRC and the middle 32 bits of its clock, when it sent a sender report.
    pub sender: Option<(u32, u32)>,
}

/// Reads a compound packet; `None` when it is none. Kinds that are not understood are passed over.
pub fn parse(bytes: &[u8]) -> Option<Received> {
    let mut received = Received::default();
    let mut rest = bytes;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let head = rest.first_chunk::<4>()?;
        if head[0] >> 6 != 2 {
            return None;
        }
        let length = 4 + 4 * usize::from(u16::from_be_bytes([head[2], head[3]]));
        let packet = rest.get(..length)?;
        if head[1] == SENDER_REPORT {
            let ssrc = word(packet, 4)?;
            let middle = (word(packet, 8)? << 16) | (word(packet, 12)? >> 16);
            received.sender = Some((ssrc, middle));
        }
        rest = &rest[length..];
    }
    Some(received)
}

fn begin(out: &mut Vec<u8>, count: u8, kind: u8) -> usize {
    let start = out.len();
    out.extend_from_slice(&[0x80 | count, kind, 0, 0]);
    start
}

fn finish(out: &mut [u8], start: usize) {
    let words = ((out.len() - start) / 4 - 1) as u16;
    out[start + 2..start + 4].copy_from_slice(&words.to_be_bytes());
}

fn put(out: &mut Vec<u8>, word: u32) {
    out.extend_from_slice(&word.to_be_bytes());
}

fn put_all(out: &mut Vec<u8>, words: &[u32]) {
    words.iter().for_each(|word| put(out, *word));
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|word| u32::from_be_bytes(*word))
}

fn ntp(at: Utc) -> (u32, u32) {
    let micros = u64::try_from(at.0).unwrap_or(0);
    let seconds = micros / 1_000_000 + NTP_EPOCH_S;
    let fraction = ((micros % 1_000_000) << 32) / 1_000_000;
    (seconds as u32, fraction as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compound() -> Compound<'static> {
        Compound { ssrc: 0x0102_0304, sender: None, block: None, name: "leg", goodbye: false }
    }

    #[test]
    fn a_sender_report_is_read_back() {
        let mut out = Vec::new();
        let sender = SenderInfo { at: Utc(1_500_000), timestamp: 160, packets: 2, octets: 320 };
        Compound { sender: Some(sender), goodbye: true, ..compound() }.write(&mut out);
        assert_eq!(out.len() % 4, 0);
        let seconds = (NTP_EPOCH_S + 1) as u32;
        let middle = (seconds << 16) | 0x8000;
        assert_eq!(parse(&out), Some(Received { sender: Some((0x0102_0304, middle)) }));
        assert_eq!(&out[out.len() - 8..], [0x81, GOODBYE, 0, 1, 1, 2, 3, 4]);
    }

    #[test]
    fn a_receiver_report_carries_the_block() {
        let mut out = Vec::new();
        let report = Report { fraction_lost: 3, lost: 9, highest: 70_000, jitter: 5 };
        let block = ReportBlock { ssrc: 7, report, last_sender_report: 8, delay: 65_536 };
        Compound { block: Some(block), ..compound() }.write(&mut out);
        assert_eq!(out[..4], [0x81, RECEIVER_REPORT, 0, 7]);
        assert_eq!(word(&out, 8), Some(7));
        assert_eq!(word(&out, 12), Some((3 << 24) | 9));
        assert_eq!(word(&out, 28), Some(65_536));
        assert_eq!(parse(&out), Some(Received::default()));
    }

    #[test]
    fn broken_packets_are_refused() {
        assert_eq!(parse(&[]), None);
        assert_eq!(parse(&[0x80, 200, 0, 9, 0, 0, 0, 0]), None);
        assert_eq!(parse(&[0x80, 200, 0, 1, 0, 0, 0, 0]), None);
        assert_eq!(parse(&[0x00, 201, 0, 0]), None);
        assert_eq!(parse(&[0x80, 201, 0]), None);
    }
}
