//! RTCP for telephone legs (RFC 3550 §6): sender and receiver reports with a name, and a goodbye.

use domain::Utc;

use crate::reception::Report;

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const DESCRIPTION: u8 = 202;
const GOODBYE: u8 = 203;
const CNAME: u8 = 1;
/// Where the report blocks begin, in a sender's report and in a receiver's, and how long each is (RFC 3550 §6.4).
const SENDER_BLOCKS_AT: usize = 28;
const RECEIVER_BLOCKS_AT: usize = 8;
const BLOCK_BYTES: usize = 24;
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
    /// What it says of our stream; of several blocks the last.
    pub ours: Option<ReportBlock>,
}

/// Reads a compound packet for the sender of the stream `ssrc`; `None` when it is none. Kinds that are not understood are passed over, and
/// so are blocks that are announced and not there.
pub fn parse(bytes: &[u8], ssrc: u32) -> Option<Received> {
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
            let sender = word(packet, 4)?;
            let middle = (word(packet, 8)? << 16) | (word(packet, 12)? >> 16);
            received.sender = Some((sender, middle));
        }
        let blocks_at = match head[1] {
            SENDER_REPORT => SENDER_BLOCKS_AT,
            RECEIVER_REPORT => RECEIVER_BLOCKS_AT,
            _ => packet.len(),
        };
        let blocks = packet.get(blocks_at..).unwrap_or_default().chunks_exact(BLOCK_BYTES);
        let mut of_ours = blocks.take(usize::from(head[0] & 0x1F)).filter_map(block).filter(|block| block.ssrc == ssrc);
        received.ours = of_ours.next_back().or(received.ours);
        rest = &rest[length..];
    }
    Some(received)
}

/// The middle 32 bits of the clock that a sender report of this moment carries; the peer names it in its answer (RFC 3550 §6.4.1, LSR).
pub fn clock(at: Utc) -> u32 {
    let (seconds, fraction) = ntp(at);
    (seconds << 16) | (fraction >> 16)
}

fn block(bytes: &[u8]) -> Option<ReportBlock> {
    let lost = word(bytes, 4)?;
    // RFC 3550 §6.4.1: 24 bits with a sign; packets that came twice make it negative.
    let cumulative = ((lost << 8) as i32) >> 8;
    let report = Report {
        fraction_lost: (lost >> 24) as u8,
        lost: u32::try_from(cumulative).unwrap_or(0),
        highest: word(bytes, 8)?,
        jitter: word(bytes, 12)?,
    };
    Some(ReportBlock { ssrc: word(bytes, 0)?, report, last_sender_report: word(bytes, 16)?, delay: word(bytes, 20)? })
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
        assert_eq!(parse(&out, 9), Some(Received { sender: Some((0x0102_0304, middle)), ours: None }));
        assert_eq!(clock(sender.at), middle);
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
        assert_eq!(parse(&out, 9), Some(Received::default()));
        assert_eq!(parse(&out, 7), Some(Received { sender: None, ours: Some(block) }));
    }

    #[test]
    fn the_block_about_us_is_found_among_others() {
        let mut out = Vec::new();
        let sender = SenderInfo { at: Utc(1_500_000), timestamp: 160, packets: 2, octets: 320 };
        let theirs = ReportBlock { ssrc: 6, report: Report::default(), last_sender_report: 1, delay: 2 };
        Compound { sender: Some(sender), block: Some(theirs), ..compound() }.write(&mut out);
        let words = u16::from_be_bytes(out[2..4].try_into().unwrap());
        // A second block, about us: 3/256, one packet less than none, and the rest counted up.
        let ours = [7u32, (3 << 24) | 0x00FF_FFFF, 70_000, 5, 8, 65_536];
        let at = SENDER_BLOCKS_AT + BLOCK_BYTES;
        out.splice(at..at, ours.into_iter().flat_map(u32::to_be_bytes));
        out[0] = 0x82;
        out[2..4].copy_from_slice(&(words + 6).to_be_bytes());
        let found = parse(&out, 7).unwrap().ours.unwrap();
        let report = Report { fraction_lost: 3, lost: 0, highest: 70_000, jitter: 5 };
        assert_eq!(found, ReportBlock { ssrc: 7, report, last_sender_report: 8, delay: 65_536 });
        // One that is not announced is none; more that are announced are not there.
        out[0] = 0x81;
        assert_eq!(parse(&out, 7).unwrap().ours, None);
        out[0] = 0x9F;
        assert_eq!(parse(&out, 7).unwrap().ours, Some(found));
        assert_eq!(parse(&out, 6).unwrap().ours, Some(theirs));
    }

    #[test]
    fn broken_packets_are_refused() {
        assert_eq!(parse(&[], 0), None);
        assert_eq!(parse(&[0x80, 200, 0, 9, 0, 0, 0, 0], 0), None);
        assert_eq!(parse(&[0x80, 200, 0, 1, 0, 0, 0, 0], 0), None);
        assert_eq!(parse(&[0x00, 201, 0, 0], 0), None);
        assert_eq!(parse(&[0x80, 201, 0], 0), None);
    }
}
