//! Sockets: the browsers' port, and a pair for each telephone leg.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::ops::RangeInclusive;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::MediaThreadConfig;

/// What the kernel may hold for the browsers' port while the thread is busy elsewhere: 100 ms of 1,000 talking browsers.
const WEB_RECEIVE_BYTES: usize = 4 << 20;

/// One socket of the browsers' port.
#[derive(Debug)]
pub(super) struct WebSocket {
    pub(super) socket: UdpSocket,
    /// The candidates that lead to it; the first stands for all when a datagram arrives.
    pub(super) candidates: Vec<SocketAddr>,
}

/// Binds the browsers' port.
pub(super) fn bind_web(config: &MediaThreadConfig) -> io::Result<Vec<WebSocket>> {
    let port = *config.rtp_ports.start();
    let advertised = if config.advertised.is_empty() { vec![config.bind] } else { config.advertised.clone() };
    if advertised.iter().any(IpAddr::is_unspecified) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "browsers need an advertised address when all interfaces are bound",
        ));
    }
    let candidates: Vec<SocketAddr> = advertised.iter().map(|ip| SocketAddr::new(*ip, port)).collect();
    if config.bind.is_unspecified() {
        // A socket per address, so that answers leave from the address that was asked.
        let sockets: io::Result<Vec<WebSocket>> = candidates
            .iter()
            .map(|candidate| Ok(WebSocket { socket: bind_wide(*candidate)?, candidates: vec![*candidate] }))
            .collect();
        match sockets {
            Ok(sockets) => return Ok(sockets),
            // An advertised address of a translator in front of us is not ours to bind.
            Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {}
            Err(error) => return Err(error),
        }
    }
    Ok(vec![WebSocket { socket: bind_wide(SocketAddr::new(config.bind, port))?, candidates }])
}

fn bind_wide(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    // Best effort: the kernel's own limit may be lower.
    let _ = socket.set_recv_buffer_size(WEB_RECEIVE_BYTES);
    let _ = socket.set_send_buffer_size(WEB_RECEIVE_BYTES);
    sip::Dscp::Media.mark(&socket);
    socket.set_nonblocking(true)?;
    socket.bind(&SockAddr::from(address))?;
    Ok(socket.into())
}

/// The sockets of one telephone leg.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) port: u16,
    pub(super) rtp: UdpSocket,
    /// Missing when somebody else has the port; the leg does without reports then.
    pub(super) rtcp: Option<UdpSocket>,
}

/// The even ports of the range, given round-robin so that late packets of an ended leg meet a closed port.
#[derive(Debug)]
pub(super) struct Ports {
    bind: IpAddr,
    first: u16,
    count: u16,
    next: u16,
}

impl Ports {
    pub(super) fn new(bind: IpAddr, range: &RangeInclusive<u16>) -> Ports {
        // The first port is the browsers'.
        let above = range.start().saturating_add(1);
        let first = above.saturating_add(above % 2);
        let count = if *range.end() >= first { (*range.end() - first) / 2 + 1 } else { 0 };
        Ports { bind, first, count, next: 0 }
    }

    /// A pair on the next port that nobody has; `None` when there is none.
    pub(super) fn bind(&mut self) -> Option<Pair> {
        for _ in 0..self.count {
            let port = self.first + 2 * self.next;
            self.next = (self.next + 1) % self.count;
            if let Ok(rtp) = self.bind_one(port) {
                let rtcp = port.checked_add(1).and_then(|port| self.bind_one(port).ok());
                return Some(Pair { port, rtp, rtcp });
            }
        }
        None
    }

    fn bind_one(&self, port: u16) -> io::Result<UdpSocket> {
        let socket = UdpSocket::bind(SocketAddr::new(self.bind, port))?;
        sip::Dscp::Media.mark(&socket);
        socket.set_nonblocking(true)?;
        Ok(socket)
    }
}

#[cfg(test)]
mod tests {
    use socket2::SockRef;

    use super::*;

    #[test]
    fn sound_is_marked_for_expedited_forwarding() {
        let local: IpAddr = [127, 0, 0, 1].into();
        let pair = Ports::new(local, &(47_000..=47_100)).bind().unwrap();
        let web = bind_wide(SocketAddr::new(local, 0)).unwrap();
        for socket in [&pair.rtp, &web] {
            assert_eq!(SockRef::from(socket).tos_v4().unwrap(), 46 << 2);
        }
    }
}
