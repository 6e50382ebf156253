//! Callers: they press keys, lose patience, lose the network, and hang up in every stage.

use domain::input::{FailedCommand, LegSource};
use domain::room::{Play, PlayEnd, PortId, RoomPlan};
use domain::{
    AgentId, Command, CustomerId, EndReason, EndedBy, Input, Key, LegId, OfferId, PlayId, RequestId, RoomId, TrunkId,
};

use crate::Violation;
use crate::agenda::Happening;
use crate::centre::{FAR, FAR_AREA, FREE_NUMBER, NUMBER, agent_id};
use crate::world::{SECOND, World};

const MS: u64 = 1_000;
/// Numbers of calls that follow each other lie apart, and each comes once in ten thousand.
const SCATTER: u64 = 7_919;

/// A telephone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    up: bool,
    /// What is heard, when it ends by itself.
    hears: Option<(RoomId, Play)>,
    ending: bool,
    /// The last digits of the caller's number, unless it is withheld.
    pub number: Option<u64>,
}

impl World {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`happen` has already sorted what happens by who does it")]
    pub(crate) fn caller_happens(&mut self, what: Happening) -> Result<(), Violation> {
        match what {
            Happening::CallArrives => self.call_arrives(),
            Happening::CallIsUp(leg) => self.call_is_up(leg),
            Happening::CallerHearsUs(leg) if self.callers.contains_key(&leg) => {
                self.feed(Input::LegProgress { leg, early_media: true })
            }
            Happening::CallerGoes(leg) => {
                let up = self.callers.get(&leg).is_some_and(|caller| caller.up);
                let reason = if up { EndReason::HungUp } else { EndReason::Cancelled };
                self.leg_ends(leg, EndedBy::Customer, reason)
            }
            Happening::NetworkDrops(leg) => self.leg_ends(leg, EndedBy::Network, EndReason::Timeout),
            Happening::LegIsOver(leg) => self.leg_ends(leg, EndedBy::System, EndReason::HungUp),
            Happening::AudioStops(leg) if self.callers.contains_key(&leg) => {
                self.lost_the_line(leg);
                self.feed(Input::MediaLost { leg })
            }
            Happening::PeerHolds(leg, on) if self.callers.contains_key(&leg) => self.feed(Input::PeerHold { leg, on }),
            Happening::CallerPresses(leg, key) => self.press(leg, key),
            Happening::CallerIsSilent(leg) if self.callers.contains_key(&leg) => self.feed(Input::SilenceHeard { leg }),
            Happening::PlayIsOver(room, play, end) => self.feed(Input::PlayEnded { room, play, end }),
            Happening::CustomerFound(conversation, customer) => {
                self.feed(Input::CustomerResolved { conversation, customer })
            }
            _ => Ok(()),
        }
    }

    fn call_arrives(&mut self) -> Result<(), Violation> {
        self.arrived += 1;
        if self.arrived < self.scale.conversations {
            // Quarter hours of rush and of calm take turns.
            let rush = (self.t / (900 * SECOND)).is_multiple_of(2);
            let mean = if rush { 2_200 * MS } else { 5 * SECOND };
            let next = self.random.around(mean);
            self.plan(next, Happening::CallArrives);
        }
        if self.turns_calls_away() {
            return Ok(());
        }
        self.calls(None)
    }

    /// A call, from the number of one before or from a new one.
    pub(crate) fn calls(&mut self, again: Option<u64>) -> Result<(), Violation> {
        self.legs += 1;
        let leg = LegId(1_000_000 + self.legs);
        let wrong_number = self.random.percent(2);
        // Every third caller is answered with the agent alone.
        let right = if self.legs % 3 == 0 { FREE_NUMBER } else { NUMBER };
        let called = if wrong_number { "12345" } else { right }.to_owned();
        let withheld = self.random.percent(5);
        let number = again.or((!withheld).then_some(self.legs.unsigned_abs() * SCATTER % 10_000));
        self.callers.insert(leg, Caller { number, ..Caller::default() });
        let calling = number.map_or(String::new(), |number| format!("1380000{number:04}"));
        let source = if self.random.percent(20) { LegSource::Visitor } else { LegSource::Trunk(TrunkId(1)) };
        self.plan_fate(leg);
        let known = calling.clone();
        let area = if known.starts_with(FAR) { FAR_AREA.to_owned() } else { String::new() };
        self.feed(Input::LegArrived { leg, source, called, calling, known, area })
    }

    /// How the call goes wrong, if it does.
    fn plan_fate(&mut self, leg: LegId) {
        let (at, what) = match self.random.below(100) {
            0..10 => (self.random.below(12 * SECOND), Happening::CallerGoes(leg)),
            10..30 => (self.random.around(45 * SECOND), Happening::CallerGoes(leg)),
            30..33 => (self.random.below(240 * SECOND), Happening::NetworkDrops(leg)),
            33..36 => (self.random.below(240 * SECOND), Happening::AudioStops(leg)),
            36..39 => {
                let at = self.random.below(120 * SECOND);
                let hold = self.random.below(10 * SECOND);
                self.plan(at + hold, Happening::PeerHolds(leg, false));
                (at, Happening::PeerHolds(leg, true))
            }
            _ => return,
        };
        self.plan(at, what);
    }

    fn call_is_up(&mut self, leg: LegId) -> Result<(), Violation> {
        let Some(caller) = self.callers.get_mut(&leg) else { return Ok(()) };
        caller.up = true;
        self.feed(Input::LegAnswered { leg })
    }

    /// Exactly once for every leg, whoever ends it and however many try.
    pub(crate) fn leg_ends(&mut self, leg: LegId, by: EndedBy, reason: EndReason) -> Result<(), Violation> {
        if by == EndedBy::Network {
            self.lost_the_line(leg);
        }
        if self.callers.remove(&leg).is_none() {
            return Ok(());
        }
        self.feed(Input::LegEnded { leg, by, reason, cause: None, quality: None })
    }

    /// A key reaches the floor, and media stops the play it was armed for; the two reports race.
    fn press(&mut self, leg: LegId, key: Key) -> Result<(), Violation> {
        let Some(caller) = self.callers.get(&leg) else { return Ok(()) };
        let barged = caller.hears.clone().filter(|(_, play)| play.stop_on.contains(key));
        let digit = Input::Digit { leg, key };
        let Some((room, play)) = barged else { return self.feed(digit) };
        let stopped = Input::PlayEnded { room, play: play.id, end: PlayEnd::Barged };
        if self.random.percent(50) {
            self.feed(stopped)?;
            self.feed(digit)
        } else {
            self.feed(digit)?;
            self.feed(stopped)
        }
    }

    pub(crate) fn callers_react(&mut self, command: Command) {
        match command {
            Command::Answer { leg } => {
                let after = self.random.between(50 * MS, 600 * MS);
                self.plan(after, Happening::CallIsUp(leg));
            }
            Command::Proceed { leg, early_media: true } => {
                let after = self.random.between(50 * MS, 600 * MS);
                self.plan(after, Happening::CallerHearsUs(leg));
            }
            Command::Refuse { leg, .. } | Command::Release { leg, .. } => {
                if let Some(caller) = self.callers.get_mut(&leg)
                    && !caller.ending
                {
                    caller.ending = true;
                    let after = self.random.between(5 * MS, 400 * MS);
                    self.plan(after, Happening::LegIsOver(leg));
                }
            }
            Command::SetRoom(plan) | Command::BeginRecording(plan) => self.listen(&plan),
            Command::ResolveCustomer { conversation, .. } => {
                let customer = self.random.percent(60).then_some(CustomerId(77));
                let after = self.random.between(5 * MS, 3 * SECOND);
                if self.random.percent(95) {
                    self.plan(after, Happening::CustomerFound(conversation, customer));
                }
            }
            Command::RecogniseCaller { .. } => self.look_up(command),
            // Nobody of this centre has a SIP phone, `outsiders` are called, and no caller is a machine that listens for keys.
            Command::Dial { .. }
            | Command::Proceed { early_media: false, .. }
            | Command::CloseRoom { .. }
            | Command::SendDigits { .. }
            | Command::RefuseRefer { .. }
            | Command::RecallCallers { .. }
            | Command::Reply { .. } => {}
        }
    }

    fn listen(&mut self, plan: &RoomPlan) {
        if let Some(watch) = plan.silence {
            self.speak(watch.leg);
        }
        let leg = plan.hears.iter().find_map(|hear| match (hear.from, hear.to) {
            (PortId::Play(_), PortId::Leg(leg)) => Some(leg),
            (PortId::Play(_) | PortId::Leg(_), _) => None,
        });
        let play = plan.plays.first().filter(|play| !play.repeat).cloned();
        let Some(caller) = leg.and_then(|leg| self.callers.get_mut(&leg)) else { return };
        let before = caller.hears.take();
        caller.hears = play.clone().map(|play| (plan.room, play));
        if let Some((room, before)) = before
            && self.random.percent(30)
        {
            self.plan(MS, Happening::PlayIsOver(room, before.id, PlayEnd::Stopped));
        }
        let (Some(leg), Some(play)) = (leg, play) else { return };
        let length = self.random.between(SECOND, 7 * SECOND);
        let end = if self.random.percent(97) { PlayEnd::Finished } else { PlayEnd::Failed };
        self.plan(length, Happening::PlayIsOver(plan.room, play.id, end));
        if play.stop_on != domain::KeySet::NONE && self.random.percent(60) {
            let key = if self.random.percent(90) { self.random.between(1, 5) } else { self.random.between(6, 15) };
            let after = self.random.between(300 * MS, 9 * SECOND);
            if let Some(key) = Key::from_event(key as u8) {
                self.plan(after, Happening::CallerPresses(leg, key));
            }
        }
    }

    /// A caller speaks a message: for a while, or not at all, and ends it in one of the ways there are.
    fn speak(&mut self, leg: LegId) {
        let spoken = if self.random.percent(10) { 500 * MS } else { self.random.between(SECOND, 75 * SECOND) };
        let hash = Key::from_char('#').map(|key| Happening::CallerPresses(leg, key));
        match (self.random.below(4), hash) {
            (0, Some(hash)) => self.plan(spoken, hash),
            (1, _) => self.plan(spoken, Happening::CallerGoes(leg)),
            (2, _) => self.plan(spoken + 4 * SECOND, Happening::CallerIsSilent(leg)),
            _ => {}
        }
    }

    /// What no well-behaved world would say.
    pub(crate) fn noise(&mut self) -> Result<(), Violation> {
        let next = self.random.around(20 * SECOND);
        self.plan(next, Happening::Noise);
        let leg = LegId(1_000_000 + self.random.below(self.legs.unsigned_abs() + 10) as i64);
        let ended = !self.callers.contains_key(&leg);
        let agent = agent_id(self.random.below(self.scale.agents as u64 + 1) as usize);
        let input = match self.random.below(8) {
            7 => Input::SilenceHeard { leg },
            0 => Input::MediaLost { leg: LegId(3) },
            1 if ended => Input::LegAnswered { leg },
            2 if ended => {
                Input::LegEnded { leg, by: EndedBy::Customer, reason: EndReason::HungUp, cause: None, quality: None }
            }
            3 => Input::PlayEnded { room: RoomId(5), play: PlayId(6), end: PlayEnd::Finished },
            4 if ended => Input::CommandFailed { what: FailedCommand::Leg(leg), why: EndReason::Unreachable },
            5 => Input::DeviceChanged { agent: AgentId(9), leg: Some(LegId(4)) },
            _ => {
                let action = domain::input::AgentAction::Accept { offer: OfferId(8) };
                let request: RequestId = self.request();
                Input::AgentAsked { request, agent, action }
            }
        };
        self.feed(input)
    }
}
