//! What this machine takes for nothing but passing packets on: receive, send, by the kernel's usual calls, one socket a leg, no logic.
//!
//! Whatever a server does with the sound of a call costs at least this, so that its figures can be held against it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::time::{ClockId, Timespec, clock_gettime};
use serde::Serialize;
use tokio::time::Instant;

const PACKET: [u8; 172] = [0x80; 172];
/// Packets of one slot are spread over this many parts of it.
const PARTS: usize = 20;
/// Not counted, at the beginning.
const SETTLING: Duration = Duration::from_secs(1);

/// What it took.
#[derive(Debug, Serialize)]
pub struct Bare {
    /// Percent of a core for one call: 50 packets a second each way.
    pub cpu_percent_a_call: f64,
    /// Packets sent and passed on.
    pub sent: u64,
    /// Of them arrived.
    pub received: u64,
}

/// Passes the packets of `calls` calls on for `seconds`.
///
/// # Errors
/// When sockets cannot be had.
pub fn run(calls: usize, seconds: u64) -> io::Result<Bare> {
    let bind = || UdpSocket::bind((Ipv4Addr::LOCALHOST, 0));
    let legs = (0..2 * calls).map(|_| bind()).collect::<io::Result<Vec<_>>>()?;
    let ends = [bind()?, bind()?];
    for socket in legs.iter().chain(&ends) {
        socket.set_nonblocking(true)?;
    }
    let to = legs.iter().map(UdpSocket::local_addr).collect::<io::Result<Vec<_>>>()?;
    let back = [ends[0].local_addr()?, ends[1].local_addr()?];
    let over = Arc::new(AtomicBool::new(false));
    let relay = std::thread::spawn({
        let over = over.clone();
        move || pass_on(&legs, back, &over)
    });
    let (sent, received) = talk(&ends, &to, Duration::from_secs(seconds) + SETTLING);
    over.store(true, Ordering::Relaxed);
    let cpu = relay.join().map_err(|_| io::Error::other("the relay ended early"))??;
    let cpu_percent_a_call = 100.0 * cpu.as_secs_f64() / seconds as f64 / calls as f64;
    Ok(Bare { cpu_percent_a_call, sent, received })
}

/// Relays between neighbours until it is over; gives the thread's own time on a core, without the settling.
fn pass_on(legs: &[UdpSocket], back: [SocketAddr; 2], over: &AtomicBool) -> io::Result<Duration> {
    let watch = epoll::create(CreateFlags::CLOEXEC)?;
    for (index, leg) in legs.iter().enumerate() {
        epoll::add(&watch, leg, EventData::new_u64(index as u64), EventFlags::IN)?;
    }
    let wait = Timespec { tv_sec: 0, tv_nsec: 5_000_000 };
    let mut events = Vec::with_capacity(1_024);
    let mut buffer = [0; 2_048];
    let (begun, mut settled) = (Instant::now(), None);
    while !over.load(Ordering::Relaxed) {
        events.clear();
        epoll::wait(&watch, spare_capacity(&mut events), Some(&wait))?;
        for event in &events {
            let index = { event.data }.u64() as usize;
            if let Ok((length, _)) = legs[index].recv_from(&mut buffer) {
                let _ = legs[index ^ 1].send_to(&buffer[..length], back[(index ^ 1) % 2]);
            }
        }
        if settled.is_none() && begun.elapsed() >= SETTLING {
            settled = Some(on_core());
        }
    }
    Ok(on_core().saturating_sub(settled.unwrap_or_default()))
}

/// The time this thread has had a core.
fn on_core() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
}

fn talk(ends: &[UdpSocket; 2], to: &[SocketAddr], length: Duration) -> (u64, u64) {
    let (begun, mut sent, mut received, mut part) = (Instant::now(), 0, 0, 0);
    let mut next = begun;
    while begun.elapsed() < length {
        next += Duration::from_millis(20) / PARTS as u32;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        for (index, leg) in to.iter().enumerate().skip(part).step_by(PARTS) {
            sent += u64::from(ends[index % 2].send_to(&PACKET, leg).is_ok());
        }
        received += arrived(ends);
        part = (part + 1) % PARTS;
    }
    std::thread::sleep(Duration::from_millis(20));
    (sent, received + arrived(ends))
}

fn arrived(ends: &[UdpSocket; 2]) -> u64 {
    let mut buffer = [0; 2_048];
    ends.iter().map(|end| std::iter::from_fn(|| end.recv_from(&mut buffer).ok()).count() as u64).sum()
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_sent_arrives_and_costs_something() {
        let bare = super::run(2, 1).unwrap();
        assert!(bare.sent > 100 && bare.received == bare.sent, "{bare:?}");
        assert!(bare.cpu_percent_a_call > 0.0);
    }
}
