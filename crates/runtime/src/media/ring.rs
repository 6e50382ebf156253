//! Commands on their way to the media thread.

use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{Key, LegId, RoomId};
use media::{LoadedPlan, MediaCensus, MediaError, RtpParams, Stretch};
use tokio::sync::oneshot;

use super::MediaFigures;
use super::watch::{Token, Waker, Watch};

/// Commands that may wait: some seconds of a busy floor, while the thread takes them every few milliseconds.
///
/// Overflow: new legs and questions are refused with `Overload`, keys are dropped: the far end would not wait for them. What changes
/// or ends something that exists always fits, because the later word on a room or leg then replaces the earlier one, so that the ring
/// is bounded by what exists.
const COMMANDS_MAX: usize = 16_384;

/// What the media thread can be asked.
#[derive(Debug)]
pub(super) enum Command {
    ReserveRtp { leg: LegId, reply: oneshot::Sender<Result<u16, MediaError>> },
    OpenRtp { leg: LegId, params: RtpParams },
    OpenWeb { leg: LegId, offer: String, reply: oneshot::Sender<Result<String, MediaError>> },
    Answered(LegId),
    SetRoom(LoadedPlan),
    CloseRoom(RoomId),
    SendDigits { leg: LegId, keys: Vec<Key> },
    CloseLeg(LegId),
    Census { reply: oneshot::Sender<Result<MediaCensus, MediaError>> },
    Figures { reply: oneshot::Sender<Result<MediaFigures, MediaError>> },
    Stretches { legs: Vec<LegId>, reply: oneshot::Sender<Result<Vec<Stretch>, MediaError>> },
    Scores { reply: oneshot::Sender<Result<Vec<(LegId, u16)>, MediaError>> },
    Stop,
}

/// The ring and the thread's alarm clock.
#[derive(Debug)]
pub(super) struct Ring {
    queue: Mutex<Queue>,
    waker: Waker,
}

#[derive(Debug, Default)]
struct Queue {
    commands: VecDeque<Command>,
    closed: bool,
}

impl Ring {
    pub(super) fn new(watch: &Watch, token: Token) -> io::Result<Ring> {
        Ok(Ring { queue: Mutex::default(), waker: Waker::new(watch, token)? })
    }

    /// Hands a command over, never waiting for the thread.
    pub(super) fn push(&self, command: Command) {
        let mut queue = self.lock();
        if queue.closed {
            // Dropping a question answers it.
            return;
        }
        let was_empty = queue.commands.is_empty();
        if queue.commands.len() >= COMMANDS_MAX {
            let Some(command) = refuse(command) else { return };
            queue.commands.retain(|earlier| !replaces(&command, earlier));
            queue.commands.push_back(command);
        } else {
            queue.commands.push_back(command);
        }
        drop(queue);
        if was_empty && let Err(error) = self.waker.wake() {
            tracing::error!(%error, "the media thread could not be woken; it finds the command at its next tick");
        }
    }

    /// All commands, oldest first; `into` comes back empty and is used for the next ones.
    pub(super) fn take(&self, into: &mut VecDeque<Command>) {
        std::mem::swap(&mut self.lock().commands, into);
    }

    /// The thread was woken and takes what there is.
    pub(super) fn heard(&self) {
        self.waker.quiet();
    }

    /// No command is taken any more; those in waiting are dropped.
    pub(super) fn close(&self) {
        let mut queue = self.lock();
        queue.closed = true;
        queue.commands.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers what can be refused; gives back what cannot.
fn refuse(command: Command) -> Option<Command> {
    match command {
        Command::ReserveRtp { reply, .. } => drop(reply.send(Err(MediaError::Overload))),
        Command::OpenWeb { reply, .. } => drop(reply.send(Err(MediaError::Overload))),
        Command::Census { reply } => drop(reply.send(Err(MediaError::Overload))),
        Command::Figures { reply } => drop(reply.send(Err(MediaError::Overload))),
        Command::Stretches { reply, .. } => drop(reply.send(Err(MediaError::Overload))),
        Command::Scores { reply } => drop(reply.send(Err(MediaError::Overload))),
        Command::SendDigits { leg, keys } => {
            tracing::warn!(leg.id = %leg, dropped = keys.len(), "keys are dropped: the media thread does not keep up");
        }
        Command::OpenRtp { .. }
        | Command::Answered(_)
        | Command::SetRoom(_)
        | Command::CloseRoom(_)
        | Command::CloseLeg(_)
        | Command::Stop => return Some(command),
    }
    None
}

fn replaces(later: &Command, earlier: &Command) -> bool {
    match (later, earlier) {
        (Command::SetRoom(later), Command::SetRoom(earlier)) => later.plan.room == earlier.plan.room,
        (Command::CloseRoom(later), Command::SetRoom(earlier)) => *later == earlier.plan.room,
        (Command::CloseRoom(later), Command::CloseRoom(earlier)) => later == earlier,
        (Command::OpenRtp { leg: later, .. }, Command::OpenRtp { leg: earlier, .. }) => later == earlier,
        (Command::CloseLeg(later), Command::CloseLeg(earlier)) => later == earlier,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::room::Recorder;

    fn ring() -> Ring {
        Ring::new(&Watch::new().unwrap(), Token(0)).unwrap()
    }

    fn plan(room: i64, version: u64) -> Command {
        struct Mute;
        impl media::Sounds for Mute {
            fn alaw(&self, _: &domain::room::SoundKey) -> Option<std::sync::Arc<[u8]>> {
                None
            }
        }
        let plan = domain::RoomPlan {
            room: RoomId(room),
            version,
            ports: Vec::new(),
            hears: Vec::new(),
            plays: Vec::new(),
            recorder: Recorder::Off,
            silence: None,
            listening: None,
        };
        Command::SetRoom(LoadedPlan::load(plan, &Mute))
    }

    #[test]
    fn when_full_new_legs_are_refused_and_later_plans_replace_earlier_ones() {
        let ring = ring();
        for n in 0..COMMANDS_MAX {
            ring.push(plan(n as i64 % 10, n as u64));
        }
        let (reply, mut answer) = oneshot::channel();
        ring.push(Command::ReserveRtp { leg: LegId(1), reply });
        assert_eq!(answer.try_recv().unwrap(), Err(MediaError::Overload));
        ring.push(Command::SendDigits { leg: LegId(7), keys: vec![Key::from_char('1').unwrap()] });
        ring.push(plan(3, 1_000_000));
        ring.push(Command::CloseLeg(LegId(7)));
        let mut taken = VecDeque::new();
        ring.take(&mut taken);
        assert!(taken.len() < COMMANDS_MAX);
        assert!(!taken.iter().any(|c| matches!(c, Command::SendDigits { .. })));
        let of_three = taken.iter().filter(|c| matches!(c, Command::SetRoom(l) if l.plan.room == RoomId(3)));
        assert_eq!(of_three.count(), 1);
        assert!(matches!(taken.back(), Some(Command::CloseLeg(LegId(7)))));
    }

    #[test]
    fn a_closed_ring_answers_by_dropping() {
        let ring = ring();
        ring.close();
        let (reply, mut answer) = oneshot::channel();
        ring.push(Command::Census { reply });
        assert_eq!(answer.try_recv(), Err(oneshot::error::TryRecvError::Closed));
    }
}
