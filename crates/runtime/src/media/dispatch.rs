//! Events on their way from the media thread, so that a slow listener never holds up sound.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread;

use media::MediaEvent;

/// Events that may wait for the listener.
///
/// Overflow: keys, lost and bad audio are dropped and counted; beginnings and ends of legs and plays wait aside, bounded by what exists.
const EVENTS_MAX: usize = 16_384;

/// The media thread's side.
#[derive(Debug)]
pub(super) struct Dispatcher {
    sender: SyncSender<MediaEvent>,
    aside: VecDeque<MediaEvent>,
    dropped: u64,
}

/// Starts the thread that calls `events`; it ends with the dispatcher.
pub(super) fn start(events: Box<dyn Fn(MediaEvent) + Send>) -> io::Result<Dispatcher> {
    let (sender, receiver) = sync_channel(EVENTS_MAX);
    thread::Builder::new().name("media-events".to_owned()).spawn(move || receiver.into_iter().for_each(events))?;
    Ok(Dispatcher { sender, aside: VecDeque::new(), dropped: 0 })
}

impl Dispatcher {
    /// Passes an event on without waiting.
    pub(super) fn send(&mut self, event: MediaEvent) {
        self.flush();
        if !self.aside.is_empty() {
            self.put_aside(event);
        } else if let Err(TrySendError::Full(event)) = self.sender.try_send(event) {
            self.put_aside(event);
        }
    }

    /// Passes on what waits aside, as far as the listener allows.
    pub(super) fn flush(&mut self) {
        while let Some(event) = self.aside.pop_front() {
            if let Err(TrySendError::Full(event)) = self.sender.try_send(event) {
                self.aside.push_front(event);
                return;
            }
        }
    }

    fn put_aside(&mut self, event: MediaEvent) {
        match event {
            MediaEvent::Digit { .. }
            | MediaEvent::MediaLost { .. }
            | MediaEvent::QualityFell { .. }
            | MediaEvent::QualityRose { .. }
            | MediaEvent::SilenceHeard { .. } => {
                self.dropped += 1;
                if self.dropped.is_power_of_two() {
                    tracing::warn!(dropped = self.dropped, "media events are dropped: the listener does not keep up");
                }
            }
            // Told once: a caller whose first sound got lost would be taken for nobody.
            MediaEvent::LegUp { .. }
            | MediaEvent::LegGone { .. }
            | MediaEvent::PlayEnded { .. }
            | MediaEvent::SoundHeard { .. }
            | MediaEvent::ToneHeard { .. }
            | MediaEvent::StretchOver(_)
            | MediaEvent::RoomGone { .. } => self.aside.push_back(event),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Key, LegId};
    use std::sync::mpsc;

    #[test]
    fn a_stuck_listener_loses_keys_but_no_leg() {
        let (release, gate) = mpsc::channel::<()>();
        let (told, heard) = mpsc::channel();
        let mut dispatcher = start(Box::new(move |event| {
            let _ = gate.recv();
            told.send(event).unwrap();
        }))
        .unwrap();
        let total = EVENTS_MAX as i64 + 100;
        for n in 0..total {
            dispatcher.send(MediaEvent::LegUp { leg: LegId(n) });
        }
        dispatcher.send(MediaEvent::Digit { leg: LegId(1), key: Key::from_char('1').unwrap() });
        assert_eq!(dispatcher.dropped, 1);
        drop(release);
        for n in 0..total {
            dispatcher.flush();
            assert_eq!(heard.recv().unwrap(), MediaEvent::LegUp { leg: LegId(n) });
        }
    }
}
