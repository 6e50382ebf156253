//! Where the sound of calls goes that send none themselves: it is taken and counted by nobody.
//!
//! A description has to name an address for sound, and a server sends silence there at 50 packets a second. On the socket of the signalling that
//! would fill the kernel's buffer between two looks, and messages of SIP would be lost among it.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use socket2::SockRef;

/// As rarely as the buffer allows: what is taken costs the machine under measurement something too.
const LOOK: Duration = Duration::from_millis(2);
const RECEIVE_BYTES: usize = 4 << 20;

/// A socket that is emptied. Dropping it ends its thread.
#[derive(Debug)]
pub(super) struct Sink {
    pub(super) local: SocketAddr,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Sink {
    pub(super) fn open(ip: IpAddr) -> io::Result<Sink> {
        let socket = UdpSocket::bind((ip, 0))?;
        socket.set_nonblocking(true)?;
        // Best effort: what is lost here is missed by nobody.
        let _ = SockRef::from(&socket).set_recv_buffer_size(RECEIVE_BYTES);
        let (local, is_over) = (socket.local_addr()?, Arc::new(AtomicBool::new(false)));
        let over = Arc::clone(&is_over);
        let thread = std::thread::spawn(move || {
            let mut buffer = [0; 256];
            while !over.load(Ordering::Relaxed) {
                while socket.recv(&mut buffer).is_ok() {}
                std::thread::sleep(LOOK);
            }
        });
        Ok(Sink { local, is_over, thread: Some(thread) })
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
