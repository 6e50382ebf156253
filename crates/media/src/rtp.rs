//! RTP packets (RFC 3550 §5.1): read without copying, written into a buffer of the caller.

/// The fixed part of a header.
const FIXED: usize = 12;

/// Why bytes are not an RTP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadRtp {
    /// Fewer bytes than the header announces.
    Short,
    /// A version other than 2.
    Version,
    /// Padding longer than the payload, or of length zero.
    Padding,
}

/// One packet, its payload still in the receive buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtpView<'a> {
    /// Beginning of a talk spurt, or of an event.
    pub marker: bool,
    /// Payload type, 0–127.
    pub payload_type: u8,
    /// Sequence number.
    pub sequence: u16,
    /// Timestamp in ticks of the payload's clock.
    pub timestamp: u32,
    /// Synchronization source.
    pub ssrc: u32,
    /// Payload without padding.
    pub payload: &'a [u8],
}

impl<'a> RtpView<'a> {
    /// Reads a datagram. Contributing sources and header extensions are skipped.
    pub fn parse(bytes: &'a [u8]) -> Result<RtpView<'a>, BadRtp> {
        let (fixed, _) = bytes.split_first_chunk::<FIXED>().ok_or(BadRtp::Short)?;
        if fixed[0] >> 6 != 2 {
            return Err(BadRtp::Version);
        }
        let mut start = FIXED + 4 * usize::from(fixed[0] & 0x0F);
        if fixed[0] & 0x10 != 0 {
            // RFC 3550 §5.3.1: two bytes of profile, two of length in words.
            let head = bytes.get(start..start + 4).ok_or(BadRtp::Short)?;
            start += 4 + 4 * usize::from(u16::from_be_bytes([head[2], head[3]]));
        }
        let mut payload = bytes.get(start..).ok_or(BadRtp::Short)?;
        if fixed[0] & 0x20 != 0 {
            let padding = usize::from(*payload.last().ok_or(BadRtp::Padding)?);
            if padding == 0 || padding > payload.len() {
                return Err(BadRtp::Padding);
            }
            payload = &payload[..payload.len() - padding];
        }
        Ok(RtpView {
            marker: fixed[1] & 0x80 != 0,
            payload_type: fixed[1] & 0x7F,
            sequence: u16::from_be_bytes([fixed[2], fixed[3]]),
            timestamp: u32::from_be_bytes([fixed[4], fixed[5], fixed[6], fixed[7]]),
            ssrc: u32::from_be_bytes([fixed[8], fixed[9], fixed[10], fixed[11]]),
            payload,
        })
    }

    /// Appends the packet to `out`, without extensions and padding.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(0x80);
        out.push((u8::from(self.marker) << 7) | (self.payload_type & 0x7F));
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&self.timestamp.to_be_bytes());
        out.extend_from_slice(&self.ssrc.to_be_bytes());
        out.extend_from_slice(self.payload);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet() -> RtpView<'static> {
        RtpView { marker: true, payload_type: 8, sequence: 0xFFFE, timestamp: 7, ssrc: 0xDEAD_BEEF, payload: b"abc" }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        packet().write(&mut bytes);
        assert_eq!(RtpView::parse(&bytes), Ok(packet()));
    }

    #[test]
    fn sources_extension_and_padding_are_skipped() {
        let mut bytes = vec![0x80 | 0x20 | 0x10 | 2, 0x88, 0xFF, 0xFE, 0, 0, 0, 7, 0xDE, 0xAD, 0xBE, 0xEF];
        bytes.extend_from_slice(&[0; 8]);
        bytes.extend_from_slice(&[0xBE, 0xDE, 0, 1, 1, 2, 3, 4]);
        bytes.extend_from_slice(b"abc");
        bytes.extend_from_slice(&[0, 0, 3]);
        assert_eq!(RtpView::parse(&bytes), Ok(packet()));
    }

    #[test]
    fn broken_packets_are_named() {
        assert_eq!(RtpView::parse(&[0x80; 11]), Err(BadRtp::Short));
        assert_eq!(RtpView::parse(&[0x40; 12]), Err(BadRtp::Version));
        assert_eq!(RtpView::parse(&[0x8F; 12]), Err(BadRtp::Short));
        assert_eq!(RtpView::parse(&[0x90; 15]), Err(BadRtp::Short));
        let mut padded = vec![0xA0; 12];
        assert_eq!(RtpView::parse(&padded), Err(BadRtp::Padding));
        padded.push(9);
        assert_eq!(RtpView::parse(&padded), Err(BadRtp::Padding));
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let mut state = 1u64;
        let mut bytes = [0u8; 40];
        for round in 0..200_000usize {
            for byte in &mut bytes {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = (state >> 56) as u8;
            }
            bytes[0] = 0x80 | (bytes[0] & 0x3F);
            let _ = RtpView::parse(&bytes[..round % 41]);
        }
    }
}
