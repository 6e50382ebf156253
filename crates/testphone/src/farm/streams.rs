//! All RTP of a farm: one socket for the callers, one for the phones, 20 ms packets spread over the slot, loss and delay exact.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use socket2::SockRef;
use tokio::time::Instant;

use super::bursts::{burst, is_turn};
use super::figures::{Quantiles, quantiles};
use super::mixes::Mixes;
use crate::rtp::{FRAME, Packet};
use crate::srtp::{Master, Opener, Session};

/// What a payload of ours begins with; no codec silence or prompt does.
const MAGIC: [u8; 4] = [0xc5, 0x11, 0x57, 0x0f];
/// A-law, as near to zero as it goes.
const SILENCE: u8 = 0xd5;
/// Sends of one slot are spread over this many parts of it, as the phones of many people are.
const PARTS: u32 = 20;
const SLOT: Duration = Duration::from_millis(20);
/// What the farm was kept from sending is sent at once as long as it is no more than this; a telephone that stood still longer is silent
/// for that time, and does not flood its far end afterwards.
const CATCH_UP_MAX: Duration = Duration::from_millis(100);
/// Packets at the end of a call that do not count: a tenth of a second.
const TAIL: u32 = 5;
/// Arrivals are looked for this often. Waiting for each would have the sender, in our case the server, pay for waking this thread;
/// delays are told too long by up to this.
const LOOK: Duration = Duration::from_micros(250);
/// What the kernel may hold of each socket between two looks.
const RECEIVE_BYTES: usize = 8 << 20;
/// Of the delays, one in so many is kept.
const DELAY_SAMPLE: u32 = 16;

/// Which of the two sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Caller,
    Device,
}

/// What a stream carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sound {
    /// Packets with their number and time in them, which arrive as they were sent or not at all.
    Tagged,
    /// Bursts, for calls that are mixed, in the turn of this lane.
    Bursts { lane: u64 },
}

/// One direction of one call.
#[derive(Debug)]
struct Stream {
    side: Side,
    sound: Sound,
    to: SocketAddr,
    /// What is sent is sealed with it.
    key: Option<Session>,
    /// Sequence number, unwrapped.
    index: u64,
    /// Number of the first packet that counts, once the other end was known to be there.
    counted_from: Option<u32>,
    number: u32,
}

/// What of one direction arrived.
#[derive(Debug, Default)]
struct Arrived {
    counted_from: u32,
    /// Known once the call is over.
    counted_to: Option<u32>,
    count: u64,
    /// The last few, which do not count if the call ends now.
    last: [Option<u32>; TAIL as usize],
}

#[derive(Debug, Default)]
struct Table {
    streams: HashMap<u32, Stream>,
    /// Counted packets of streams that are gone.
    sent: u64,
    received: u64,
    /// By stream; kept for packets under way.
    arrived: HashMap<u32, Arrived>,
    /// By stream, the one in the other direction.
    peers: HashMap<u32, u32>,
    delays: Vec<f64>,
    /// Those of packets that were encrypted on one of their two ways.
    secure_delays: Vec<f64>,
    /// By where it comes from, how what is sealed is opened.
    openers: HashMap<SocketAddr, Opener>,
    opened: u64,
    refused: u64,
    /// How late a slot was sent at most.
    late_max: Duration,
    mixes: Mixes,
}

/// The keys of a call: ours, and the other side's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    pub(super) ours: Master,
    pub(super) theirs: Master,
}

/// The RTP of a farm. Dropping it ends the threads.
#[derive(Debug)]
pub(super) struct Streams {
    table: Arc<Mutex<Table>>,
    is_over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    caller: SocketAddr,
    device: SocketAddr,
}

impl Streams {
    pub(super) fn start(ip: IpAddr) -> io::Result<Streams> {
        let (caller, device) = (UdpSocket::bind((ip, 0))?, UdpSocket::bind((ip, 0))?);
        let streams = Streams {
            table: Arc::default(),
            is_over: Arc::default(),
            threads: Vec::new(),
            caller: caller.local_addr()?,
            device: device.local_addr()?,
        };
        streams.run([caller, device])
    }

    fn run(mut self, sockets: [UdpSocket; 2]) -> io::Result<Streams> {
        let epoch = Instant::now();
        for socket in &sockets {
            socket.set_nonblocking(true)?;
            // Best effort: what arrives while both cores are busy waits here.
            let _ = SockRef::from(socket).set_recv_buffer_size(RECEIVE_BYTES);
            let (socket, table, is_over) = (socket.try_clone()?, Arc::clone(&self.table), Arc::clone(&self.is_over));
            self.threads.push(std::thread::spawn(move || receive(&socket, &table, &is_over, epoch)));
        }
        let (table, is_over) = (Arc::clone(&self.table), Arc::clone(&self.is_over));
        self.threads.push(std::thread::spawn(move || send(&sockets, &table, &is_over, epoch)));
        Ok(self)
    }

    /// Where the side receives.
    pub(super) fn local(&self, side: Side) -> SocketAddr {
        match side {
            Side::Caller => self.caller,
            Side::Device => self.device,
        }
    }

    /// Begins to send. Packets count once the other direction was heard, see [`Streams::pair`].
    pub(super) fn add(&self, id: u32, side: Side, to: SocketAddr, keys: Option<Keys>, sound: Sound) {
        let key = keys.map(|keys| Session::new(&keys.ours));
        let stream = Stream { side, sound, to, key, index: 0, counted_from: None, number: 0 };
        let mut table = lock(&self.table);
        table.streams.insert(id, stream);
        if sound != Sound::Tagged {
            table.mixes.listen(id, to);
        }
        if let Some(keys) = keys {
            table.openers.insert(to, Opener::new(&keys.theirs));
        }
    }

    /// The two directions of one call. Each counts from the first packet heard from the other on: the way is open then, and what is
    /// sent must arrive. The last tenth of a second before either end hangs up does not count: it may cross the end of the call.
    pub(super) fn pair(&self, one: u32, other: u32) {
        let mut table = lock(&self.table);
        table.peers.insert(one, other);
        table.peers.insert(other, one);
    }

    /// Ends sending.
    pub(super) fn remove(&self, id: u32) {
        let mut table = lock(&self.table);
        let peer = table.peers.get(&id).copied();
        table.close(id);
        table.mixes.remove(id);
        // It goes on sending until it hears of the end, to nobody.
        peer.into_iter().for_each(|peer| table.close(peer));
        if let Some(gone) = table.streams.remove(&id) {
            table.openers.remove(&gone.to);
        }
    }

    /// How late the farm itself sent at most: what is beyond it is nobody else's delay.
    pub(super) fn late_max(&self) -> Duration {
        lock(&self.table).late_max
    }

    /// SRTP packets that were opened, those that could not be, and the delay of calls that are encrypted at the phone.
    pub(super) fn secured(&self) -> (u64, u64, Quantiles) {
        let mut table = lock(&self.table);
        (table.opened, table.refused, quantiles(&mut table.secure_delays))
    }

    /// Bursts that somebody was to hear, those that were heard, and their delay.
    pub(super) fn mixed(&self) -> (u64, u64, Quantiles) {
        lock(&self.table).mixes.totals()
    }

    /// Counted packets sent and received, and their delay.
    pub(super) fn totals(&self) -> (u64, u64, Quantiles) {
        let mut table = lock(&self.table);
        let ids: Vec<u32> = table.streams.keys().copied().collect();
        ids.into_iter().for_each(|id| table.close(id));
        (table.sent, table.received, quantiles(&mut table.delays))
    }
}

impl Drop for Streams {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn lock(table: &Mutex<Table>) -> std::sync::MutexGuard<'_, Table> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

fn send(sockets: &[UdpSocket; 2], table: &Mutex<Table>, is_over: &AtomicBool, epoch: Instant) {
    let mut next = Instant::now();
    let (mut part, mut slot) = (0, 0);
    while !is_over.load(Ordering::Relaxed) {
        let now = Instant::now();
        if next > now {
            std::thread::sleep(next - now);
        }
        let late = Instant::now().saturating_duration_since(next);
        next += SLOT / PARTS;
        if late > CATCH_UP_MAX {
            next = Instant::now();
        }
        let mut table = lock(table);
        table.late_max = table.late_max.max(late);
        let Table { streams, mixes, .. } = &mut *table;
        for (id, stream) in streams {
            if id % PARTS == part {
                let payload = stream.payload(*id, epoch.elapsed(), slot, mixes);
                let datagram = stream.packet(*id, &payload);
                let socket = match stream.side {
                    Side::Caller => &sockets[0],
                    Side::Device => &sockets[1],
                };
                // A full buffer loses the packet on our side; it is sent again as the next one.
                if socket.send_to(&datagram, stream.to).is_err() {
                    stream.number = stream.number.wrapping_sub(1);
                }
            }
        }
        part = (part + 1) % PARTS;
        slot += u64::from(part == 0);
    }
}

impl Table {
    /// A packet of `id` arrived, so the way back is open too.
    fn heard(&mut self, id: u32) {
        let Some(back) = self.peers.get(&id) else { return };
        if let Some(stream) = self.streams.get_mut(back).filter(|stream| stream.counted_from.is_none()) {
            stream.counted_from = Some(stream.number);
            self.arrived.insert(*back, Arrived { counted_from: stream.number, ..Arrived::default() });
        }
    }

    /// What came, in clear; `None` when it is sealed with another key.
    fn open(&mut self, from: SocketAddr, datagram: &[u8]) -> Option<Vec<u8>> {
        let Some(opener) = self.openers.get_mut(&from) else { return Some(datagram.to_vec()) };
        let opened = opener.open(datagram);
        *(if opened.is_some() { &mut self.opened } else { &mut self.refused }) += 1;
        opened
    }

    /// Whether a packet of `id` was encrypted when it left, or when it came from there.
    fn is_secure(&self, id: u32, from: SocketAddr) -> bool {
        self.openers.contains_key(&from) || self.streams.get(&id).is_some_and(|stream| stream.key.is_some())
    }

    /// A packet arrived; whether it counts.
    fn arrive(&mut self, id: u32, number: u32) -> bool {
        let Some(arrived) = self.arrived.get_mut(&id).filter(|arrived| number >= arrived.counted_from) else {
            return false;
        };
        match arrived.counted_to {
            Some(to) if number >= to => return false,
            Some(_) => self.received += 1,
            None => {
                arrived.count += 1;
                arrived.last[(number % TAIL) as usize] = Some(number);
            }
        }
        true
    }

    /// The call of a direction is over.
    fn close(&mut self, id: u32) {
        let Some(stream) = self.streams.get(&id) else { return };
        let Some(arrived) = self.arrived.get_mut(&id).filter(|arrived| arrived.counted_to.is_none()) else { return };
        let to = stream.number.saturating_sub(TAIL).max(arrived.counted_from);
        arrived.counted_to = Some(to);
        let beyond = arrived.last.iter().flatten().filter(|number| **number >= to).count() as u64;
        self.sent += u64::from(to - arrived.counted_from);
        self.received += arrived.count.saturating_sub(beyond);
    }
}

impl Stream {
    fn payload(&self, id: u32, now: Duration, slot: u64, mixes: &mut Mixes) -> [u8; FRAME] {
        let mut payload = [SILENCE; FRAME];
        match self.sound {
            Sound::Tagged => {
                let since = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
                payload[..4].copy_from_slice(&MAGIC);
                payload[4..8].copy_from_slice(&id.to_be_bytes());
                payload[8..12].copy_from_slice(&self.number.to_be_bytes());
                payload[12..20].copy_from_slice(&since.to_be_bytes());
            }
            Sound::Bursts { lane } if is_turn(slot, lane) => payload = burst(id, mixes.send(id, now)),
            Sound::Bursts { .. } => {}
        }
        payload
    }

    fn packet(&mut self, id: u32, payload: &[u8; FRAME]) -> Vec<u8> {
        let packet = Packet {
            marker: self.number == 0,
            payload_type: 8,
            sequence: self.index as u16,
            timestamp: self.number.wrapping_mul(FRAME as u32),
            ssrc: id,
            payload,
        };
        let plain = packet.write();
        let datagram = match &self.key {
            Some(key) => key.seal(plain, self.index),
            None => plain,
        };
        self.index += 1;
        self.number = self.number.wrapping_add(1);
        datagram
    }
}

fn receive(socket: &UdpSocket, table: &Mutex<Table>, is_over: &AtomicBool, epoch: Instant) {
    let mut buffer = [0; 2_048];
    while !is_over.load(Ordering::Relaxed) {
        let Ok((length, from)) = socket.recv_from(&mut buffer) else {
            std::thread::sleep(LOOK);
            continue;
        };
        let now = epoch.elapsed();
        let mut table = lock(table);
        let Some(clear) = table.open(from, &buffer[..length]) else { continue };
        let Some(packet) = Packet::read(&clear) else { continue };
        table.mixes.hear(from, now, packet.payload);
        let Some((id, number, sent)) = tag(packet.payload) else { continue };
        table.heard(id);
        if table.arrive(id, number) && number.is_multiple_of(DELAY_SAMPLE) {
            let delay = now.saturating_sub(sent).as_secs_f64() * 1_000.0;
            table.delays.push(delay);
            if table.is_secure(id, from) {
                table.secure_delays.push(delay);
            }
        }
    }
}

/// Stream, number and time of a payload of ours.
fn tag(payload: &[u8]) -> Option<(u32, u32, Duration)> {
    let rest = payload.strip_prefix(&MAGIC)?;
    let (id, rest) = rest.split_first_chunk::<4>()?;
    let (number, rest) = rest.split_first_chunk::<4>()?;
    let (sent, _) = rest.split_first_chunk::<8>()?;
    Some((u32::from_be_bytes(*id), u32::from_be_bytes(*number), Duration::from_nanos(u64::from_be_bytes(*sent))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_crosses_the_end_of_a_call_does_not_count_and_a_loss_before_it_does() {
        let mut table = Table::default();
        let to = SocketAddr::from(([127, 0, 0, 1], 9));
        for (id, peer, side) in [(1, 2, Side::Caller), (2, 1, Side::Device)] {
            table.streams.insert(
                id,
                Stream { side, sound: Sound::Tagged, to, key: None, index: 0, counted_from: None, number: 10 },
            );
            table.peers.insert(id, peer);
        }
        table.heard(2);
        for number in (8..40).filter(|number| *number != 20 && *number != 37) {
            table.arrive(1, number);
        }
        table.streams.get_mut(&1).unwrap().number = 40;
        table.close(1);
        table.close(1);
        assert_eq!((table.sent, table.received), (25, 24));
        assert!(table.arrive(1, 20) && !table.arrive(1, 37));
        assert_eq!(table.received, 25);
    }
}
