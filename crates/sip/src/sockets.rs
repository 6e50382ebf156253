//! The sockets we listen at.

use std::io;
use std::net::SocketAddr;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

use crate::config::{SipError, TlsDoor};
use crate::dscp::Dscp;

/// Kernel buffers: at 100 calls/s of 1 KiB messages, 4 MiB outlast a pause of several seconds.
const RECEIVE_BUFFER: usize = 4 * 1024 * 1024;
const SEND_BUFFER: usize = 1024 * 1024;
/// Connections that wait to be accepted by the kernel.
const BACKLOG: u32 = 256;
/// Attempts to find a free port that is free for UDP and TCP.
const PORT_ATTEMPTS: u32 = 16;

/// Opens UDP and, if asked, TCP at the same port.
pub(crate) fn open(bind: SocketAddr, tcp: bool) -> io::Result<(UdpSocket, Option<TcpListener>)> {
    let mut attempts = 0;
    loop {
        let socket = open_udp(bind)?;
        if !tcp {
            return Ok((socket, None));
        }
        attempts += 1;
        match open_tcp(SocketAddr::new(bind.ip(), socket.local_addr()?.port())) {
            Ok(listener) => return Ok((socket, Some(listener))),
            // A free port of UDP need not be free for TCP.
            Err(_) if bind.port() == 0 && attempts < PORT_ATTEMPTS => {}
            Err(error) => return Err(error),
        }
    }
}

fn open_udp(bind: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(bind), Type::DGRAM, Some(Protocol::UDP))?;
    // The kernel clamps these to its limits; smaller buffers are no reason not to start.
    let _ = socket.set_recv_buffer_size(RECEIVE_BUFFER);
    let _ = socket.set_send_buffer_size(SEND_BUFFER);
    Dscp::Signalling.mark(&socket);
    socket.set_nonblocking(true)?;
    socket.bind(&bind.into())?;
    UdpSocket::from_std(socket.into())
}

fn open_tcp(bind: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(bind), Type::STREAM, Some(Protocol::TCP))?;
    // A restart must not wait for connections of the process before.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&bind.into())?;
    socket.listen(i32::try_from(BACKLOG).unwrap_or(i32::MAX))?;
    TcpListener::from_std(socket.into())
}

/// A connection that was opened towards us.
pub(crate) struct Opened {
    pub(crate) stream: TcpStream,
    pub(crate) address: SocketAddr,
    /// Its far end is to speak TLS.
    pub(crate) is_tls: bool,
}

/// Where connections come in.
pub(crate) struct Doors {
    plain: Option<TcpListener>,
    secured: Option<(TcpListener, TlsDoor)>,
}

impl Doors {
    /// Opens the door of TLS beside that of TCP.
    ///
    /// # Errors
    /// When its address cannot be had.
    pub(crate) fn open(plain: Option<TcpListener>, tls: Option<TlsDoor>) -> Result<Doors, SipError> {
        let secure = |door: TlsDoor| {
            let listener = open_tcp(door.bind).map_err(|source| SipError::Bind { address: door.bind, source })?;
            Ok((listener, door))
        };
        Ok(Doors { plain, secured: tls.map(secure).transpose()? })
    }

    /// The address of the door of TLS.
    pub(crate) fn tls_addr(&self) -> Option<SocketAddr> {
        self.secured.as_ref().and_then(|(listener, _)| listener.local_addr().ok())
    }

    /// What is shown at the door of TLS.
    pub(crate) fn tls(&self) -> Option<&TlsDoor> {
        self.secured.as_ref().map(|(_, door)| door)
    }

    /// The next one; never, where nothing is served.
    pub(crate) async fn next(&self) -> io::Result<Opened> {
        let secured = self.secured.as_ref().map(|(listener, _)| listener);
        tokio::select! {
            accepted = accept(self.plain.as_ref()) => accepted.map(|(stream, address)| Opened { stream, address, is_tls: false }),
            accepted = accept(secured) => accepted.map(|(stream, address)| Opened { stream, address, is_tls: true }),
        }
    }
}

/// The next connection at one of them; never, when there is none.
async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}
