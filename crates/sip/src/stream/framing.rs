//! Cutting a stream into messages (RFC 3261 §18.3): by Content-Length, with a limit, in time linear in what comes.

/// The longest message on a stream; the same as of a datagram that is understood.
const MESSAGE_MAX: usize = 16 * 1024;

/// What the front of the stream is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Framed {
    /// A whole message.
    Message(Vec<u8>),
    /// A keep-alive that wants an answer (RFC 5626 §4.4.1).
    Ping,
    /// Not enough yet.
    More,
    /// No SIP, or too long: there is no way to find the next message.
    Broken,
}

/// What came and was not taken.
#[derive(Default)]
pub(crate) struct Framing {
    buffer: Vec<u8>,
    /// No empty line ends before here.
    searched: usize,
}

impl Framing {
    /// Takes what was read.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Whether a message has begun and is not whole.
    pub(crate) fn is_in_message(&self) -> bool {
        self.buffer.iter().any(|byte| !matches!(byte, b'\r' | b'\n'))
    }

    /// Takes the front off, until `More` or `Broken`.
    pub(crate) fn take(&mut self) -> Framed {
        if self.buffer.starts_with(b"\r\n\r\n") {
            self.cut(4);
            return Framed::Ping;
        }
        if self.buffer.starts_with(b"\r\n") && self.buffer.len() > 2 && self.buffer[2] != b'\r' {
            self.cut(2);
        }
        if !self.is_in_message() {
            return if self.buffer.len() > 3 { Framed::Broken } else { Framed::More };
        }
        let Some(end) = self.end_of_head() else {
            self.searched = self.buffer.len().saturating_sub(3);
            return if self.buffer.len() > MESSAGE_MAX { Framed::Broken } else { Framed::More };
        };
        let Some(length) = content_length(&self.buffer[..end]) else { return Framed::Broken };
        let whole = end.saturating_add(length);
        if whole > MESSAGE_MAX {
            return Framed::Broken;
        }
        if self.buffer.len() < whole {
            return Framed::More;
        }
        let message = self.buffer[..whole].to_vec();
        self.cut(whole);
        Framed::Message(message)
    }

    fn end_of_head(&self) -> Option<usize> {
        let at = self.buffer[self.searched..].windows(4).position(|four| four == b"\r\n\r\n")?;
        Some(self.searched + at + 4)
    }

    fn cut(&mut self, length: usize) {
        self.buffer.drain(..length);
        self.searched = 0;
        if self.buffer.is_empty() {
            // Thousands of silent connections should not each keep a buffer.
            self.buffer = Vec::new();
        }
    }
}

/// Content-Length by either name; zero without one, because a stream has no other end (RFC 3261 §18.3 demands it). `None`
/// when it cannot be believed: two that differ, or no number.
fn content_length(head: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(head);
    let mut found = None;
    for line in text.split("\r\n").skip(1) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = name.trim();
        if name.eq_ignore_ascii_case("Content-Length") || name.eq_ignore_ascii_case("l") {
            let digits = value.trim();
            let is_number = !digits.is_empty() && digits.len() < 9 && digits.bytes().all(|b| b.is_ascii_digit());
            let length = digits.parse().ok().filter(|_| is_number)?;
            if found.is_some_and(|known| known != length) {
                return None;
            }
            found = Some(length);
        }
    }
    Some(found.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(framing: &mut Framing) -> Vec<Framed> {
        let mut found = Vec::new();
        loop {
            match framing.take() {
                Framed::More => return found,
                Framed::Broken => {
                    found.push(Framed::Broken);
                    return found;
                }
                framed @ (Framed::Message(_) | Framed::Ping) => found.push(framed),
            }
        }
    }

    #[test]
    fn messages_are_found_however_they_are_cut() {
        let first = b"OPTIONS sip:h SIP/2.0\r\nl : 4\r\n\r\nab\r\n".to_vec();
        let second = b"BYE sip:h SIP/2.0\r\nX: y\r\n\r\n".to_vec();
        let stream = [b"\r\n".as_slice(), &first, b"\r\n\r\n", b"\r\n", &second, &first].concat();
        let expected = [Framed::Message(first.clone()), Framed::Ping, Framed::Message(second), Framed::Message(first)];
        for size in 1..stream.len() {
            let mut framing = Framing::default();
            let mut found = Vec::new();
            for piece in stream.chunks(size) {
                framing.push(piece);
                found.extend(all(&mut framing));
            }
            assert_eq!(found, expected, "pieces of {size}");
            assert!(!framing.is_in_message());
        }
    }

    #[test]
    fn what_cannot_be_followed_is_broken() {
        let long = format!("INVITE sip:h SIP/2.0\r\nX: {}", "y".repeat(17_000));
        for text in [
            long.as_str(),
            "A\r\nContent-Length: 99999\r\n\r\n",
            "A\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "A\r\nContent-Length: -1\r\n\r\n",
            "A\r\nContent-Length: 1\r\nl: 2\r\n\r\nab",
            "A\r\nContent-Length: x\r\n\r\n",
            "\r\r\r\r",
            "\n\n\n\n\n",
        ] {
            let mut framing = Framing::default();
            framing.push(text.as_bytes());
            assert_eq!(all(&mut framing), [Framed::Broken], "{text:.40}");
        }
    }

    #[test]
    fn a_keep_alive_is_no_message_that_has_begun() {
        let mut framing = Framing::default();
        framing.push(b"\r\n");
        assert_eq!(framing.take(), Framed::More);
        assert!(!framing.is_in_message());
        framing.push(b"I");
        assert_eq!(framing.take(), Framed::More);
        assert!(framing.is_in_message());
    }
}
