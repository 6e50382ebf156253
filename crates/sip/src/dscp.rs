//! How urgent our packets are to routers on their way (RFC 2474; which classes: RFC 4594).

use socket2::SockRef;

/// A class of packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dscp {
    /// Signalling: class selector 3, 24.
    Signalling,
    /// Sound: expedited forwarding, 46.
    Media,
}

impl Dscp {
    fn code_point(self) -> u32 {
        match self {
            Dscp::Signalling => 24,
            Dscp::Media => 46,
        }
    }

    /// Marks everything this socket sends from now on. Where the system does not let us, packets go as all others do.
    pub fn mark<'a>(self, socket: impl Into<SockRef<'a>>) {
        let socket = socket.into();
        // The two bits below are for congestion (RFC 3168).
        let octet = self.code_point() << 2;
        // A socket is of one family; the other call is refused. One for IPv6 may send IPv4 too, and takes both.
        let _ = socket.set_tos_v4(octet);
        let _ = socket.set_tclass_v6(octet);
    }
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;

    use super::*;

    #[test]
    fn sockets_of_both_families_are_marked() {
        for (class, octet) in [(Dscp::Signalling, 0x60), (Dscp::Media, 0xb8)] {
            let four = UdpSocket::bind("127.0.0.1:0").unwrap();
            class.mark(&four);
            assert_eq!(SockRef::from(&four).tos_v4().unwrap(), octet);
            // Some machines have no IPv6.
            if let Ok(six) = UdpSocket::bind("[::1]:0") {
                class.mark(&six);
                assert_eq!(SockRef::from(&six).tclass_v6().unwrap(), octet);
            }
        }
    }
}
