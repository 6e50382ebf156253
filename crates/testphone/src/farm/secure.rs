//! The connection of a phone that speaks SIP over TLS: one each, opened by the phone and never waited for once it stands.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection};

use crate::message::Message;
use crate::registration::cut;

/// A connection with TLS.
pub(super) struct Secure {
    stream: TcpStream,
    tls: ClientConnection,
    pub(super) local: SocketAddr,
    buffer: Vec<u8>,
    pub(super) is_gone: bool,
}

impl Secure {
    /// Connects and shakes hands.
    pub(super) fn open(target: SocketAddr, config: Arc<ClientConfig>) -> io::Result<Secure> {
        let mut stream = TcpStream::connect(target)?;
        stream.set_nodelay(true)?;
        let mut tls = ClientConnection::new(config, ServerName::from(target.ip())).map_err(io::Error::other)?;
        while tls.is_handshaking() {
            tls.complete_io(&mut stream)?;
        }
        stream.set_nonblocking(true)?;
        let local = stream.local_addr()?;
        Ok(Secure { stream, tls, local, buffer: Vec::new(), is_gone: false })
    }

    /// Sends; what the kernel does not take goes with the next look.
    pub(super) fn send(&mut self, bytes: &[u8]) {
        self.is_gone |= self.tls.writer().write_all(bytes).is_err();
        self.flush();
    }

    fn flush(&mut self) {
        while self.tls.wants_write() {
            match self.tls.write_tls(&mut self.stream) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => {
                    self.is_gone = true;
                    return;
                }
            }
        }
    }

    /// Everything that has come.
    pub(super) fn take(&mut self) -> Vec<Message> {
        while !self.is_gone {
            match self.tls.read_tls(&mut self.stream) {
                Ok(1..) => self.is_gone |= self.decrypt().is_err(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Ok(0) | Err(_) => self.is_gone = true,
            }
        }
        self.flush();
        let whole = std::iter::from_fn(|| cut(&mut self.buffer));
        whole.filter_map(|message| Message::parse(&message)).collect()
    }

    fn decrypt(&mut self) -> io::Result<()> {
        let state = self.tls.process_new_packets().map_err(io::Error::other)?;
        let begin = self.buffer.len();
        self.buffer.resize(begin + state.plaintext_bytes_to_read(), 0);
        self.tls.reader().read_exact(&mut self.buffer[begin..])
    }
}
