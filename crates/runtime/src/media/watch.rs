//! Which sockets have something, by epoll, level-triggered: a socket that is read once is named again while more waits, so that one
//! datagram costs one call to the kernel. Edge-triggered watching, which is what the usual event library offers, has to read once more
//! to see that nothing is left.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::event::{EventfdFlags, Timespec, eventfd};
use rustix::io::Errno;

/// Sockets named by one look.
const NAMED_MAX: usize = 1_024;

/// By what a socket is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token(pub usize);

/// The sockets that are watched. One that is closed is watched no more.
#[derive(Debug)]
pub(super) struct Watch(OwnedFd);

/// What one look sees; kept from look to look, on one thread.
pub(super) struct Sight(Vec<epoll::Event>);

impl Sight {
    pub(super) fn new() -> Sight {
        Sight(Vec::with_capacity(NAMED_MAX))
    }
}

impl Watch {
    pub(super) fn new() -> io::Result<Watch> {
        Ok(Watch(epoll::create(CreateFlags::CLOEXEC)?))
    }

    pub(super) fn add(&self, socket: impl AsFd, token: Token) -> io::Result<()> {
        Ok(epoll::add(&self.0, socket, EventData::new_u64(token.0 as u64), EventFlags::IN)?)
    }

    /// Waits for at most `wait` until a socket has something, and names those that do; a signal ends the wait with none.
    pub(super) fn look(&self, wait: Duration, sight: &mut Sight, named: &mut Vec<Token>) -> io::Result<()> {
        let wait = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: i64::from(wait.subsec_nanos()) };
        sight.0.clear();
        match epoll::wait(&self.0, spare_capacity(&mut sight.0), Some(&wait)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        // Copied out of a packed record.
        named.extend(sight.0.iter().map(|event| Token({ event.data }.u64() as usize)));
        Ok(())
    }
}

/// Ends a wait from another thread.
#[derive(Debug)]
pub(super) struct Waker(OwnedFd);

impl Waker {
    pub(super) fn new(watch: &Watch, token: Token) -> io::Result<Waker> {
        let bell = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        watch.add(&bell, token)?;
        Ok(Waker(bell))
    }

    pub(super) fn wake(&self) -> io::Result<()> {
        match rustix::io::write(&self.0, &1u64.to_ne_bytes()) {
            // It is as full of rings as can be.
            Ok(_) | Err(Errno::AGAIN) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The ring was heard.
    pub(super) fn quiet(&self) {
        let mut count = [0; 8];
        let _ = rustix::io::read(&self.0, &mut count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::UdpSocket;

    #[test]
    fn a_socket_is_named_until_it_is_read_empty_and_a_bell_until_it_is_quiet() {
        let (watch, mut sight) = (Watch::new().unwrap(), Sight::new());
        let bell = Waker::new(&watch, Token(0)).unwrap();
        let (to, from) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
        watch.add(&to, Token(7)).unwrap();
        for _ in 0..2 {
            from.send_to(b"x", to.local_addr().unwrap()).unwrap();
        }
        let mut look = || {
            let mut named = Vec::new();
            watch.look(Duration::from_millis(1), &mut sight, &mut named).unwrap();
            named
        };
        for _ in 0..2 {
            assert_eq!(look(), [Token(7)]);
            to.recv_from(&mut [0; 9]).unwrap();
        }
        assert_eq!(look(), []);
        bell.wake().unwrap();
        bell.wake().unwrap();
        assert_eq!(look(), [Token(0)]);
        bell.quiet();
        assert_eq!(look(), []);
        drop(to);
        assert_eq!(look(), []);
    }
}
