//! Agents: what the ledger says of their presence is in `records`; here is what dies with the process.

mod attendance;
mod echo;
mod mobile;
mod phone_calls;
mod phone_keys;
mod presence;
mod requests;
mod telephone;

pub(crate) use echo::Echo;

use domain::{AgentId, ConversationId, DestinationRuleId, DeviceId, LegId, Mono, RoomId, TrunkId};
use routing::{Presence, Standing};

use crate::floor::Floor;
use crate::records::{AgentRecord, PresenceRecord};

/// One agent's connections and work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Desk {
    /// The nailed-up leg of the browser phone.
    pub leg: Option<LegId>,
    /// The call of ours to the agent's SIP phone.
    pub call: Option<PhoneCall>,
    /// Trunks that failed for the call to the agent's number outside.
    pub tried: Vec<TrunkId>,
    /// A colleague calls this agent's SIP phone; as busy as with own work.
    pub called_in: Option<ConversationId>,
    /// Whether a page is open.
    pub page: bool,
    pub attendance: Attendance,
    /// The conversation that takes the agent's one place for live work, found quickly. What the agent does in it stands there.
    pub work: Option<ConversationId>,
    /// The agent hears themselves, to try the sound.
    pub echo: Option<Echo>,
    /// Removed from the settings while at work: signed out when the work is done.
    pub removed: bool,
}

impl Desk {
    /// Whether the agent's one place for live work is taken, be it by a colleague's call.
    pub(crate) fn is_busy(&self) -> bool {
        self.work.is_some() || self.called_in.is_some()
    }
}

/// A call of ours to an agent's SIP phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PhoneCall {
    pub leg: LegId,
    /// For which conversation.
    pub conversation: ConversationId,
    /// Answered.
    pub up: bool,
    /// It rings, or rang: a phone that is busy never does.
    pub rang: bool,
    /// The phone was asked to answer by itself.
    pub auto_answer: bool,
    /// To come back into a talk whose call before was lost.
    pub again: bool,
    /// Held by the phone's own key.
    pub holds: bool,
    /// Of a number outside.
    pub mobile: Option<MobileCall>,
}

impl PhoneCall {
    /// A call for a conversation that has just begun.
    pub(crate) fn new(leg: LegId, conversation: ConversationId, auto_answer: bool) -> PhoneCall {
        let (up, rang, again, holds, mobile) = (false, false, false, false, None);
        PhoneCall { leg, conversation, up, rang, auto_answer, again, holds, mobile }
    }
}

/// What a call to a number outside has that one to a phone of ours has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MobileCall {
    pub device: DeviceId,
    /// The trunk it goes through; `None` when it was not let out.
    pub trunk: Option<TrunkId>,
    /// The rule that let it out.
    pub rule: Option<DestinationRuleId>,
    /// It rang, was heard or answered: whoever is called was reached.
    pub reached: bool,
    /// The room in which whoever answered is asked for the key; `None` before the answer, and once it was pressed.
    pub asked_in: Option<RoomId>,
}

/// Whether a signed-in agent is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Attendance {
    /// Nothing says otherwise.
    #[default]
    Here,
    /// The page is gone; the phone is connected, or never was.
    PageGone { since: Mono },
    /// The phone is gone, maybe after the page; `since` is the first sign.
    PhoneGone { since: Mono },
}

impl Attendance {
    pub(crate) fn since(self) -> Option<Mono> {
        match self {
            Attendance::Here => None,
            Attendance::PageGone { since } | Attendance::PhoneGone { since } => Some(since),
        }
    }
}

impl Floor {
    pub(crate) fn agent_record(&self, agent: AgentId) -> AgentRecord {
        self.records.agents.get(&agent).copied().unwrap_or_default()
    }

    pub(crate) fn is_signed_in(&self, agent: AgentId) -> bool {
        self.agent_record(agent).presence != PresenceRecord::SignedOut
    }

    pub(crate) fn is_busy(&self, agent: AgentId) -> bool {
        self.desks.get(&agent).is_some_and(Desk::is_busy)
    }

    /// Tells routing how an agent stands. Cheap when nothing changed.
    pub(crate) fn sync_agent(&mut self, agent: AgentId) {
        let standing = self.standing_of(agent);
        self.router.set_standing(agent, standing);
    }

    pub(crate) fn standing_of(&self, agent: AgentId) -> Standing {
        let record = self.agent_record(agent);
        let desk = self.desks.get(&agent);
        let is_here = desk.is_some_and(|desk| desk.attendance == Attendance::Here);
        let reachable = is_here && self.has_phone(agent) && !self.is_site_full(agent);
        #[cfg(feature = "defects")]
        let reachable = reachable || self.has_defect(crate::floor::Defect::DeadPhoneKept);
        let presence = match record.presence {
            PresenceRecord::SignedOut => Presence::SignedOut,
            PresenceRecord::NotReady { .. } => Presence::NotReady,
            PresenceRecord::Ready => Presence::Ready,
        };
        Standing { presence, reachable, busy: desk.is_some_and(Desk::is_busy), idle_since: record.idle_since }
    }
}
