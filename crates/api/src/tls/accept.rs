//! The front door: TLS for those who speak it, and a word for those who came to it without.

use std::io;
use std::pin::Pin;

use axum::Extension;
use axum::middleware::AddExtension;
use axum_server::accept::Accept;
use axum_server::tls_rustls::RustlsAcceptor;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tower::Layer;

use crate::limits::HEADER_READ_TIME_MAX;

/// First byte of a TLS connection (RFC 8446 §5.1: the content type of a handshake record).
const TLS_HANDSHAKE: u8 = 0x16;

/// How a request came; stands in its extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Readable by everybody on the way.
    Plain,
    /// Over TLS.
    Tls,
}

/// What a connection is read from and written to.
pub trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Accepts connections: with TLS where there is a certificate, and always without delay for small packets.
#[derive(Clone)]
pub struct Door {
    tls: Option<RustlsAcceptor>,
}

impl Door {
    /// A door for TLS, which also lets in those without it, marked as such.
    pub fn secured(keeper: &super::Keeper) -> Door {
        Door { tls: Some(RustlsAcceptor::new(keeper.shown()).handshake_timeout(HEADER_READ_TIME_MAX)) }
    }

    /// A door without TLS.
    pub fn plain() -> Door {
        Door { tls: None }
    }
}

type Accepted<S> = (Box<dyn Duplex>, AddExtension<S, Transport>);

impl<S: Send + 'static> Accept<TcpStream, S> for Door {
    type Stream = Box<dyn Duplex>;
    type Service = AddExtension<S, Transport>;
    type Future = Pin<Box<dyn Future<Output = io::Result<Accepted<S>>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let tls = self.tls.clone();
        Box::pin(async move {
            // A live update is one small packet after another; none of them waits for the acknowledgement of the last.
            stream.set_nodelay(true)?;
            if let Some(tls) = tls
                && speaks_tls(&stream).await?
            {
                let (stream, service) = tls.accept(stream, service).await?;
                return Ok((Box::new(stream) as Box<dyn Duplex>, Extension(Transport::Tls).layer(service)));
            }
            Ok((Box::new(stream) as Box<dyn Duplex>, Extension(Transport::Plain).layer(service)))
        })
    }
}

async fn speaks_tls(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    let peeked = tokio::time::timeout(HEADER_READ_TIME_MAX, stream.peek(&mut first)).await;
    match peeked.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(first == [TLS_HANDSHAKE]),
    }
}
