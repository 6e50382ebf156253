//! One question whether somebody is there, asked from a socket of its own: for the operator's check, not for the node at work.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;

/// Longer than any answer to OPTIONS worth reading.
const ANSWER_BYTES_MAX: usize = 4_096;
/// Asked so often; UDP loses some.
const TRIES: u32 = 2;

/// Asks a SIP peer by OPTIONS (RFC 3261 §11) and gives the status it answers with. Any status shows that it is there.
///
/// # Errors
/// When nothing comes within `patience`, or the network says that nobody can be reached.
pub fn ask_options(peer: SocketAddr, patience: Duration) -> io::Result<u16> {
    let any: IpAddr = if peer.is_ipv4() { IpAddr::from([0, 0, 0, 0]) } else { IpAddr::from([0u16; 8]) };
    let socket = UdpSocket::bind((any, 0))?;
    socket.connect(peer)?;
    socket.set_read_timeout(Some(patience / TRIES))?;
    let local = socket.local_addr()?;
    let nonce = RandomState::new().build_hasher().finish();
    let question = options(local, peer, nonce);
    let mut answer = [0; ANSWER_BYTES_MAX];
    for _ in 0..TRIES {
        socket.send(question.as_bytes())?;
        match socket.recv(&mut answer) {
            Ok(length) => return status_of(&answer[..length]).ok_or_else(|| io::ErrorKind::InvalidData.into()),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}

fn options(local: SocketAddr, peer: SocketAddr, nonce: u64) -> String {
    format!(
        "OPTIONS sip:{peer} SIP/2.0\r\n\
         Via: SIP/2.0/UDP {local};branch=z9hG4bK{nonce:016x};rport\r\n\
         Max-Forwards: 70\r\n\
         From: <sip:callisto@{local}>;tag={nonce:08x}\r\n\
         To: <sip:{peer}>\r\n\
         Call-ID: {nonce:016x}@{host}\r\n\
         CSeq: 1 OPTIONS\r\n\
         Contact: <sip:callisto@{local}>\r\n\
         Accept: application/sdp\r\n\
         Content-Length: 0\r\n\r\n",
        host = local.ip()
    )
}

/// The status of a reply: RFC 3261 §7.2.
fn status_of(answer: &[u8]) -> Option<u16> {
    let line = answer.split(|byte| *byte == b'\r').next()?;
    let code = std::str::from_utf8(line).ok()?.strip_prefix("SIP/2.0 ")?.get(..3)?;
    code.parse().ok().filter(|code| (100..700).contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_status_line_is_an_answer() {
        for (answer, status) in [
            ("SIP/2.0 200 OK\r\n\r\n", Some(200)),
            ("SIP/2.0 503 Service Unavailable\r\n", Some(503)),
            ("SIP/2.0 2", None),
            ("SIP/2.0 099 x\r\n", None),
            ("HTTP/1.1 200 OK\r\n", None),
            ("", None),
        ] {
            assert_eq!(status_of(answer.as_bytes()), status, "{answer}");
        }
    }

    #[test]
    fn nobody_there_is_an_error_in_time() {
        let deaf = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        let error = ask_options(deaf.local_addr().unwrap(), Duration::from_millis(100)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
