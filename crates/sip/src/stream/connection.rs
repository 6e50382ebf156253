//! The task of one connection, TCP or TLS: reads whole messages, writes what it is given, and ends when it is too slow, too quiet or
//! talks no SIP.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::framing::{Framed, Framing};
use crate::hop::{ConnectionId, Hop};
use crate::tls::Wire;

/// What is read at once.
const READ_MAX: usize = 4 * 1024;
/// How long a write may wait for a peer that does not read.
const WRITE_TIME_MAX: Duration = Duration::from_secs(10);

/// What a connection tells the endpoint.
#[derive(Debug)]
pub(crate) enum News {
    /// A message, and the way it came.
    Message(Hop, Vec<u8>),
    Closed(ConnectionId),
}

/// What a connection needs to know.
pub(super) struct Terms {
    /// The way back over it.
    pub(super) way: Hop,
    /// Its far end has proved who it is.
    pub(super) is_trusted: Arc<AtomicBool>,
    pub(super) idle_max: Duration,
    /// The same for somebody who has proved nothing.
    pub(super) stranger_idle_max: Duration,
    pub(super) message_time_max: Duration,
    pub(super) news: mpsc::Sender<News>,
}

impl Terms {
    /// How long a connection lives that was heard then, and whose message began then. One that comes byte by byte does not
    /// keep it.
    fn until(&self, heard: Instant, begun: Option<Instant>) -> Instant {
        let is_trusted = self.is_trusted.load(Ordering::Relaxed);
        let idle = heard + if is_trusted { self.idle_max } else { self.stranger_idle_max };
        begun.map_or(idle, |at| idle.min(at + self.message_time_max))
    }
}

/// Runs an open connection to its end.
pub(super) async fn serve(mut stream: Wire, terms: Terms, mut writes: mpsc::Receiver<Vec<u8>>) -> io::Result<()> {
    let (mut framing, mut buffer) = (Framing::default(), vec![0; READ_MAX]);
    let mut heard = Instant::now();
    let mut begun: Option<Instant> = None;
    loop {
        let until = terms.until(heard, begun);
        tokio::select! {
            read = stream.read(&mut buffer) => match read? {
                0 => return Ok(()),
                length => framing.push(&buffer[..length]),
            },
            write = writes.recv() => match write {
                Some(bytes) => {
                    write_all(&mut stream, &bytes).await?;
                    continue;
                }
                // TLS says goodbye, so that the far end knows that nothing was cut off.
                None => return timeout(WRITE_TIME_MAX, stream.shutdown()).await.unwrap_or(Ok(())),
            },
            // Trust may have come while it slept.
            () = tokio::time::sleep_until(until) => match terms.until(heard, begun) > until {
                true => continue,
                false => return Err(io::ErrorKind::TimedOut.into()),
            },
        }
        loop {
            match framing.take() {
                Framed::Message(message) => {
                    heard = Instant::now();
                    begun = None;
                    // Waits while the endpoint is behind; so does the peer, by TCP's own window.
                    if terms.news.send(News::Message(terms.way, message)).await.is_err() {
                        return Ok(());
                    }
                }
                Framed::Ping => {
                    heard = Instant::now();
                    write_all(&mut stream, b"\r\n").await?;
                }
                Framed::More => break,
                Framed::Broken => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        begun = if framing.is_in_message() { begun.or(Some(Instant::now())) } else { None };
    }
}

async fn write_all(stream: &mut Wire, bytes: &[u8]) -> io::Result<()> {
    let write = async {
        stream.write_all(bytes).await?;
        // TLS may keep the end of a record to itself.
        stream.flush().await
    };
    timeout(WRITE_TIME_MAX, write).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}
