//! RTP packets and RFC 4733 events, by hand.

/// Samples in one 20 ms packet.
pub const FRAME: usize = 160;

/// A received packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// First packet of a stretch.
    pub marker: bool,
    /// Payload type.
    pub payload_type: u8,
    /// Sequence number.
    pub sequence: u16,
    /// Sampling instant of the first sample.
    pub timestamp: u32,
    /// The sender's number.
    pub ssrc: u32,
    /// Sound or event.
    pub payload: &'a [u8],
}

impl<'a> Packet<'a> {
    /// Reads a datagram; `None` when it is not RTP version 2 (RFC 3550 §5.1) or is RTCP on the same port (RFC 5761 §4).
    pub fn read(datagram: &'a [u8]) -> Option<Packet<'a>> {
        let (header, _) = datagram.split_first_chunk::<12>()?;
        if header[0] >> 6 != 2 || (192..=223).contains(&header[1]) {
            return None;
        }
        let mut start = 12 + 4 * usize::from(header[0] & 0x0f);
        if header[0] & 0x10 != 0 {
            let words = datagram.get(start + 2..start + 4)?;
            start += 4 + 4 * usize::from(u16::from_be_bytes([words[0], words[1]]));
        }
        let mut end = datagram.len();
        if header[0] & 0x20 != 0 {
            end = end.checked_sub(usize::from(*datagram.last()?))?;
        }
        Some(Packet {
            marker: header[1] & 0x80 != 0,
            payload_type: header[1] & 0x7f,
            sequence: u16::from_be_bytes([header[2], header[3]]),
            timestamp: u32::from_be_bytes([header[4], header[5], header[6], header[7]]),
            ssrc: u32::from_be_bytes([header[8], header[9], header[10], header[11]]),
            payload: datagram.get(start..end)?,
        })
    }

    /// The wire form, without extensions.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(12 + self.payload.len());
        out.push(0x80);
        out.push(self.payload_type | if self.marker { 0x80 } else { 0 });
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&self.timestamp.to_be_bytes());
        out.extend_from_slice(&self.ssrc.to_be_bytes());
        out.extend_from_slice(self.payload);
        out
    }
}

/// The event code of a printed key (RFC 4733 §3.2).
pub fn event_of(key: char) -> Option<u8> {
    match key {
        '0'..='9' => Some(key as u8 - b'0'),
        '*' => Some(10),
        '#' => Some(11),
        'A'..='D' => Some(key as u8 - b'A' + 12),
        'a'..='d' => Some(key as u8 - b'a' + 12),
        _ => None,
    }
}

/// The printed key of an event code 0–15.
pub fn key_of(event: u8) -> Option<char> {
    "0123456789*#ABCD".chars().nth(usize::from(event))
}

/// The payload of one event packet: code, end bit, volume −10 dBm0, duration in samples.
pub fn event_payload(event: u8, is_end: bool, duration: u16) -> [u8; 4] {
    let [high, low] = duration.to_be_bytes();
    [event, if is_end { 0x80 } else { 0 } | 10, high, low]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_round_trip_and_foreign_ones_are_refused() {
        let packet =
            Packet { marker: true, payload_type: 8, sequence: 65_535, timestamp: 7, ssrc: 9, payload: &[1, 2, 3] };
        assert_eq!(Packet::read(&packet.write()), Some(packet));
        assert_eq!(Packet::read(&[0x80; 11]), None);
        assert_eq!(Packet::read(&[0; 20]), None);
        let mut rtcp = packet.write();
        rtcp[1] = 200;
        assert_eq!(Packet::read(&rtcp), None);
    }

    #[test]
    fn extensions_sources_and_padding_are_skipped() {
        let mut datagram = vec![0x80 | 0x20 | 0x10 | 1, 8, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
        datagram.extend([0, 0, 0, 4]);
        datagram.extend([0xbe, 0xde, 0, 1, 9, 9, 9, 9]);
        datagram.extend([5, 6, 0, 2]);
        assert_eq!(Packet::read(&datagram).unwrap().payload, &[5, 6]);
    }

    #[test]
    fn keys_and_events_agree() {
        for event in 0..16 {
            assert_eq!(event_of(key_of(event).unwrap()), Some(event));
        }
        assert_eq!((event_of('x'), key_of(16)), (None, None));
    }
}
