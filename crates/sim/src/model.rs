//! The second opinion: what must hold, told from inputs and events alone.
//!
//! It shares no code with the engine and knows none of its structures. Where the engine keeps indexes this looks at everybody, which is
//! slow and obvious.

mod agents;
mod conversations;
mod kept;
mod messages;
mod routing;
mod screening;
mod supervision;
mod transfers;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::input::LegSource;
use domain::{
    AgentId, ConversationId, Event, HandlingId, Input, LegId, OfferId, PartyId, QueueId, SegmentId, Settings, SkillId,
    SupervisionMode, TransferId, Utc,
};

/// What is wrong, under the name of the invariant.
pub(crate) type Verdict = Result<(), (&'static str, String)>;

pub(crate) const I1: &str = "I1 (an agent holds at most one piece of live work)";
pub(crate) const I2: &str = "I2 (a call is bridged to one agent)";
pub(crate) const I3: &str = "I3 (what was promised is in the ledger)";
pub(crate) const I4: &str = "I4 (work is conserved)";
pub(crate) const I5: &str = "I5 (first come, first served)";
pub(crate) const I6: &str = "I6 (a conversation ends exactly once, with everything in it)";
pub(crate) const I8: &str = "I8 (the ledger folds to the live state)";
pub(crate) const KEPT: &str = "who calls again after a lost line has the place back";
pub(crate) const LONGEST_IDLE: &str = "the longest-idle eligible agent is offered";
pub(crate) const ELIGIBLE: &str = "only eligible agents are offered";
pub(crate) const DEADLINE: &str = "deadlines are kept";
pub(crate) const HISTORY: &str = "an agent's history has no gaps and no overlaps";
pub(crate) const SCREENED: &str = "who is kept out is not let in";
pub(crate) const ORDER: &str = "events come in an order that makes sense";

/// Whether an agent works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Presence {
    #[default]
    Out,
    NotReady,
    Ready,
}

/// What takes an agent's one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Rings(OfferId),
    Talks(HandlingId),
    WrapsUp(HandlingId),
    Supervises(ConversationId),
}

/// An agent.
#[derive(Clone, Debug, Default)]
struct Agent {
    queues: BTreeSet<QueueId>,
    skills: BTreeSet<SkillId>,
    presence: Presence,
    idle_since: Utc,
    work: Option<Work>,
    phone: Option<LegId>,
    /// The phone went away since the sign-in.
    phone_lost: bool,
    page: bool,
    /// First sign of absence.
    absent_since: Option<Utc>,
}

/// A place in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    queue: QueueId,
    segment: SegmentId,
    enqueued: Utc,
    /// Those who go first come before all others.
    is_behind: bool,
}

/// A conversation.
#[derive(Clone, Debug, Default)]
struct Conversation {
    /// Legs in it; an agent's with the agent.
    legs: BTreeMap<LegId, Option<AgentId>>,
    from: Option<PartyId>,
    is_vip: bool,
    /// Parties of earlier calls from the same number, once looked up.
    earlier: Vec<PartyId>,
    node: Option<(SegmentId, u16)>,
    /// The visit the customer is in; `offer` when it rings.
    place: Option<Place>,
    last: Option<Place>,
    offer: Option<(OfferId, AgentId)>,
    /// Who has the customer, and whether they hear music.
    talk: Option<(HandlingId, AgentId, bool)>,
    /// Who is asked about the customer.
    colleague: Option<(HandlingId, AgentId)>,
    /// Who was called outside for the customer, once on the line.
    outside: Option<LegId>,
    /// Who hears the talk, and in which way.
    supervisors: BTreeMap<AgentId, SupervisionMode>,
    /// Under way.
    transfer: Option<transfers::Transfer>,
    /// Who takes part in a conference: a colleague, or somebody outside.
    members: BTreeMap<TransferId, transfers::Member>,
    /// Who left the conference, and whose part is still to end.
    leaving: Option<(HandlingId, AgentId)>,
    /// Who handed the customer over last.
    sender: Option<AgentId>,
    /// Who put the customer into a queue last.
    queued_by: Option<AgentId>,
    wraps: BTreeMap<HandlingId, AgentId>,
}

/// Something that must be over by a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Ring(OfferId),
    WrapUp(HandlingId),
    Absence(AgentId),
    Park(ConversationId),
}

/// Everything the second opinion knows.
#[derive(Clone, Debug, Default)]
pub struct Model {
    queues: BTreeMap<QueueId, BTreeSet<SkillId>>,
    agents: BTreeMap<AgentId, Agent>,
    conversations: BTreeMap<ConversationId, Conversation>,
    /// Who waits without a ringing desk, those who go first before the others, then in order of arrival.
    waiting: BTreeMap<QueueId, BTreeSet<(bool, Utc, SegmentId, ConversationId)>>,
    /// Carriers' calls that may not be let in.
    barred: BTreeSet<LegId>,
    due: BTreeSet<(Utc, Due)>,
    due_at: BTreeMap<Due, Utc>,
    ended: BTreeSet<ConversationId>,
    /// Legs that left without a word on how they sounded.
    unrated: BTreeSet<(ConversationId, LegId)>,
    kept: BTreeMap<ConversationId, kept::Kept>,
    /// Who must have a place back by the end of the step, if one is kept for them.
    claims: BTreeSet<ConversationId>,
    segments: BTreeSet<SegmentId>,
    messages: messages::Messages,
    /// History is taken as it is; only what happens live is judged.
    replaying: bool,
}

impl Model {
    pub(crate) fn new(settings: &Settings) -> Model {
        let mut model = Model::default();
        model.adopt(settings);
        model
    }

    fn adopt(&mut self, settings: &Settings) {
        self.queues = settings.queues.iter().map(|queue| (queue.id, queue.skills.iter().copied().collect())).collect();
        for agent in &settings.agents {
            let known = self.agents.entry(agent.id).or_default();
            known.queues = agent.queues.iter().copied().collect();
            known.skills = agent.skills.iter().copied().collect();
        }
    }

    /// What happened outside, before the floor is told.
    pub(crate) fn input(&mut self, input: &Input, at: Utc) {
        match input {
            Input::DeviceChanged { agent, leg } => self.phone(*agent, *leg, at),
            Input::AgentConnected { agent, connected } => self.page(*agent, *connected, at),
            Input::SettingsChanged(settings) => self.adopt(settings),
            Input::CallerRecognised { conversation, parties } => self.recognised(*conversation, parties),
            Input::LegArrived { leg, source: LegSource::Trunk(_), known, .. } => self.bar(*leg, known),
            Input::LegArrived { source: LegSource::Visitor, .. }
            | Input::Tick
            | Input::CallersRecalled { .. }
            | Input::LegProgress { .. }
            | Input::TelephoneChanged { .. }
            | Input::TrunkChanged { .. }
            | Input::CustomerResolved { .. }
            | Input::SilenceHeard { .. }
            | Input::SoundHeard { .. }
            | Input::ToneHeard { .. }
            | Input::LegAnswered { .. }
            | Input::LegEnded { .. }
            | Input::LegRated { .. }
            | Input::SoundTurned { .. }
            | Input::PeerHold { .. }
            | Input::Digit { .. }
            | Input::InfoKey { .. }
            | Input::PhoneCalled { .. }
            | Input::PeerReferred { .. }
            | Input::MediaLost { .. }
            | Input::PlayEnded { .. }
            | Input::AgentAsked { .. }
            | Input::RecorderReport { .. }
            | Input::RecordingErased { .. }
            | Input::CommandFailed { .. } => {}
        }
    }

    /// What the floor says happened.
    pub(crate) fn event(&mut self, event: &Event, at: Utc) -> Verdict {
        match event.conversation() {
            Some(id) => self.conversation_event(id, event, at),
            None => self.agent_event(event, at),
        }
    }

    /// What must hold when nothing more is to be said about this moment.
    pub(crate) fn after_step(&mut self, at: Utc) -> Verdict {
        self.claims_are_met(at)?;
        self.messages.after_step()?;
        if let Some((due, what)) = self.due.first().filter(|(due, _)| *due <= at) {
            return Err((DEADLINE, format!("{what:?} was due at {due:?}, it is {at:?}")));
        }
        self.work_is_conserved(at)
    }

    /// What must hold when the last conversation has ended.
    pub(crate) fn at_the_end(&self) -> Verdict {
        match self.conversations.first_key_value() {
            Some((id, left)) => Err((I6, format!("{id} has not ended: {left:?}"))),
            None => Ok(()),
        }
    }

    /// The process died: what the disk has is folded, without judging it again, and every browser is gone.
    pub(crate) fn restart<'a>(settings: &Settings, ledger: impl Iterator<Item = (&'a Event, Utc)>, at: Utc) -> Model {
        let mut model = Model::new(settings);
        model.replaying = true;
        let mut reachable = BTreeSet::new();
        for (event, at) in ledger {
            if let Event::AgentDeviceChanged { agent, reachable: on } = event {
                if *on {
                    reachable.insert(*agent)
                } else {
                    reachable.remove(agent)
                };
            }
            // Verdicts were given when it happened.
            let _ = model.event(event, at);
        }
        model.replaying = false;
        model.due.clear();
        model.due_at.clear();
        model.claims.clear();
        let agents: Vec<AgentId> = model.agents.keys().copied().collect();
        for id in agents {
            model.lost_everything(id, reachable.contains(&id), at);
        }
        model
    }

    fn set_due(&mut self, what: Due, at: Utc) {
        self.clear_due(what);
        self.due.insert((at, what));
        self.due_at.insert(what, at);
    }

    fn clear_due(&mut self, what: Due) {
        if let Some(at) = self.due_at.remove(&what) {
            self.due.remove(&(at, what));
        }
    }
}

fn later(at: Utc, by: Duration) -> Utc {
    Utc(at.0 + i64::try_from(by.as_micros()).unwrap_or(i64::MAX / 2))
}

fn hold(invariant: &'static str, holds: bool, detail: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err((invariant, detail())) }
}
