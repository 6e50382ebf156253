//! Pages of an Ogg file with one stream (RFC 3533 §6).

/// Segments of a page at most.
const SEGMENTS_MAX: usize = 255;
const HEADER_BYTES: usize = 27;
const CHECKSUM_AT: usize = 22;

/// The pages of one stream, in order.
pub(super) struct Pages {
    serial: u32,
    next: u32,
}

impl Pages {
    pub(super) fn new(serial: u32) -> Pages {
        Pages { serial, next: 0 }
    }

    /// A page with whole packets, of which together no more than 255 segments may come; what comes beyond them is left out.
    /// `position` is that of the end of the last packet.
    pub(super) fn page(&mut self, packets: &[Vec<u8>], position: u64, is_last: bool) -> Vec<u8> {
        let (mut segments, mut body): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        for packet in packets {
            let full = packet.len() / 255;
            if segments.len() + full + 1 > SEGMENTS_MAX {
                break;
            }
            segments.extend(std::iter::repeat_n(255, full));
            segments.push((packet.len() % 255) as u8);
            body.extend_from_slice(packet);
        }
        let flags = u8::from(self.next == 0) << 1 | u8::from(is_last) << 2;
        let mut page = Vec::with_capacity(HEADER_BYTES + segments.len() + body.len());
        page.extend(b"OggS\0");
        page.push(flags);
        page.extend(position.to_le_bytes());
        page.extend(self.serial.to_le_bytes());
        page.extend(self.next.to_le_bytes());
        page.extend([0; 4]);
        page.push(segments.len() as u8);
        page.extend(segments);
        page.extend(body);
        let checksum = checksum(&page).to_le_bytes();
        page[CHECKSUM_AT..CHECKSUM_AT + 4].copy_from_slice(&checksum);
        self.next += 1;
        page
    }
}

/// CRC-32 with the polynomial 0x04C11DB7, from zero, highest bit first (RFC 3533 §6, field 7).
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |mut crc, byte| {
        crc ^= u32::from(*byte) << 24;
        for _ in 0..8 {
            crc = crc << 1 ^ if crc >> 31 == 1 { 0x04C1_1DB7 } else { 0 };
        }
        crc
    })
}
