//! An agent hears themselves by way of the media plane, to try headset and network before the first call.
//!
//! It is no work: whatever takes the agent's one place for live work ends it first. The ledger knows nothing of it.

use domain::room::{Digits, Hear, Port, PortId, PortRole, Recorder, RoomPlan};
use domain::{AgentId, Cause, Command, DialTarget, LegId, Refusal, RoomId};

use crate::floor::Floor;
use crate::limits::ECHO_MAX;
use crate::timers::Timer;

/// An agent hears themselves, or their SIP phone is rung for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Echo {
    leg: LegId,
    /// A call of ours to the agent's SIP phone.
    is_call: bool,
    /// Open from the answer on.
    room: Option<RoomId>,
}

impl Echo {
    pub(crate) fn is_call(self) -> bool {
        self.is_call
    }
}

impl Floor {
    /// Lets an agent without a call hear themselves; a SIP phone is rung for it. Asked again, it begins again.
    pub(crate) fn start_echo(&mut self, agent: AgentId) -> Result<(), Refusal> {
        if self.is_busy(agent) && self.live_wrap_up(agent).is_none() {
            return Err(Refusal::WorkInHand);
        }
        self.end_echo(agent);
        let browser = self.browser_leg(agent);
        let leg = match browser {
            Some(leg) => leg,
            None => {
                self.site_takes(agent)?;
                self.ring_for_echo(agent)?
            }
        };
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.echo = Some(Echo { leg, is_call: browser.is_none(), room: None });
        }
        self.timers.set(Timer::Echo(agent), self.now.mono + ECHO_MAX);
        if browser.is_some() {
            self.hear_oneself(agent);
        }
        Ok(())
    }

    fn ring_for_echo(&mut self, agent: AgentId) -> Result<LegId, Refusal> {
        let (device, auto_answer) =
            self.telephone_of(agent).map(|device| (device.id, device.auto_answer)).ok_or(Refusal::NoDevice)?;
        let own = self.catalog.settings().agents.iter().find(|known| known.id == agent);
        let caller = own.map(|known| known.extension.clone()).unwrap_or_default();
        let leg: LegId = self.mint();
        self.index.phones.insert(leg, agent);
        self.command(Command::Dial { leg, target: DialTarget::Device(device), caller, withheld: None, auto_answer });
        Ok(leg)
    }

    fn hear_oneself(&mut self, agent: AgentId) {
        let room: RoomId = self.mint();
        let Some(echo) = self.desks.get_mut(&agent).and_then(|desk| desk.echo.as_mut()) else { return };
        echo.room = Some(room);
        let id = PortId::Leg(echo.leg);
        self.command(Command::SetRoom(RoomPlan {
            room,
            version: 1,
            ports: vec![Port { id, role: PortRole::Agent, digits: Digits::Report }],
            hears: vec![Hear { from: id, to: id, gain_db: 0.0 }],
            plays: Vec::new(),
            recorder: Recorder::Off,
            silence: None,
            listening: None,
        }));
    }

    /// The SIP phone that was rung for it is answered; whether it was.
    pub(crate) fn echo_answered(&mut self, agent: AgentId, leg: LegId) -> bool {
        let echo = self.desks.get(&agent).and_then(|desk| desk.echo).filter(|echo| echo.leg == leg);
        if echo.is_some_and(|echo| echo.room.is_none()) {
            self.timers.set(Timer::Echo(agent), self.now.mono + ECHO_MAX);
            self.hear_oneself(agent);
        }
        echo.is_some()
    }

    /// The SIP phone that was rung for it is gone; whether it was.
    pub(crate) fn echo_hung_up(&mut self, agent: AgentId, leg: LegId) -> bool {
        let echo = self.desks.get_mut(&agent).and_then(|desk| desk.echo.take_if(|echo| echo.leg == leg));
        if let Some(echo) = echo {
            self.close_echo(agent, echo);
        }
        echo.is_some()
    }

    /// Ends what an agent hears of themselves, if they do.
    pub(crate) fn end_echo(&mut self, agent: AgentId) {
        let Some(echo) = self.desks.get_mut(&agent).and_then(|desk| desk.echo.take()) else { return };
        self.close_echo(agent, echo);
        if echo.is_call {
            self.index.phones.remove(&echo.leg);
            self.command(Command::Release { leg: echo.leg, cause: Cause::Normal });
        }
    }

    fn close_echo(&mut self, agent: AgentId, echo: Echo) {
        self.timers.cancel(Timer::Echo(agent));
        if let Some(room) = echo.room {
            self.command(Command::CloseRoom { room });
        }
    }
}
