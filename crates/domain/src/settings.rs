//! The business settings of one tenant as one immutable, versioned value. Loaded by `store`, handed to the floor as an input.

use std::time::Duration;

pub use crate::calendar::{Calendar, CalendarException, DayInterval, ExceptionRule, OpenInterval};
pub use crate::recording_policy::{RecordingMode, RecordingPolicy};
pub use crate::screening::ScreeningRules;
pub use crate::site::Site;
use crate::supervision::SupervisionPolicy;
use crate::{
    AgentId, CalendarId, DeviceId, DispositionId, FlowId, Key, KeySet, Language, NotReadyReasonId, NumberId, QueueId,
    Role, SiteId, SkillId, TeamId, TenantId, outbound::OutboundPlan,
};

/// Everything a floor decides by.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Grows with every change.
    pub version: u64,
    /// Whose.
    pub tenant: TenantId,
    /// IANA name of the tenant's time zone.
    pub time_zone: String,
    /// Numbers customers dial.
    pub numbers: Vec<Number>,
    /// Published flows, one version of each.
    pub flows: Vec<Flow>,
    /// Opening hours.
    pub calendars: Vec<Calendar>,
    /// Queues.
    pub queues: Vec<Queue>,
    /// Skills.
    pub skills: Vec<Skill>,
    /// Agents.
    pub agents: Vec<Agent>,
    /// Reasons for not being ready.
    pub not_ready_reasons: Vec<NotReadyReason>,
    /// Outcomes of handlings.
    pub dispositions: Vec<Disposition>,
    /// Sites.
    pub sites: Vec<Site>,
    /// SIP phones.
    pub devices: Vec<Device>,
    /// Numbers outside that agents work with.
    pub mobiles: Vec<Mobile>,
    /// What may be called outside.
    pub outbound: OutboundPlan,
    /// Who is kept out, let in, and served first.
    pub screening: ScreeningRules,
    /// What is recorded outside queues, and on which conditions.
    pub recording: RecordingPolicy,
    /// What agents are told of supervisors.
    pub supervision: SupervisionPolicy,
}

/// A SIP phone. Its secret is no setting: it goes from the store to the signalling only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// What people call it.
    pub name: String,
    /// What it registers with; unique in the installation.
    pub username: String,
    /// Who works with it.
    pub agent: Option<AgentId>,
    /// Answers by itself when asked to.
    pub auto_answer: bool,
    /// Where it stands.
    pub site: SiteId,
}

/// Numbers outside one agent may have: a mobile, one at home, one of a hotel and one to spare. Beyond: a further one is refused.
pub const MOBILES_PER_AGENT_MAX: usize = 4;

/// A number outside that an agent works with as with a phone of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mobile {
    /// Its id; no phone of ours has the same.
    pub id: DeviceId,
    /// Who works with it.
    pub agent: AgentId,
    /// The number, cleaned as [`dialled`] does. It is in no event.
    pub number: String,
}

/// Digits a dialled number may have; E.164 has 15, with room for a prefix of the carrier.
pub const DIALLED_DIGITS_MAX: usize = 24;

/// What was typed as a number to dial: digits, `*`, `#` and a leading `+`, without the spelling people put between them.
/// `None` when something else stands in it, or nothing.
pub fn dialled(typed: &str) -> Option<String> {
    let mut number = String::new();
    for c in typed.trim().chars() {
        match c {
            '0'..='9' | '*' | '#' => number.push(c),
            '+' if number.is_empty() => number.push(c),
            ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}' => {}
            _ => return None,
        }
    }
    let digits = number.trim_start_matches('+').len();
    (1..=DIALLED_DIGITS_MAX).contains(&digits).then_some(number)
}

/// A number customers dial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its id.
    pub id: NumberId,
    /// Digits as a trunk presents them, and as visitors name it.
    pub number: String,
    /// What it is for.
    pub name: String,
    /// The flow that answers it.
    pub flow: FlowId,
    /// The language callers start in.
    pub language: Language,
    /// Its opening hours; `None` is always open.
    pub calendar: Option<CalendarId>,
    /// Where it belongs.
    pub site: SiteId,
    /// When its calls are answered.
    pub answer: AnswerWhen,
}

/// When a call that comes in through a carrier is answered. From then on the caller pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerWhen {
    /// As soon as it comes.
    #[default]
    AtOnce,
    /// When an agent takes the caller, or something needs the answer. Until then prompts and music are early media.
    WithAgent,
}

/// One published version of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Its id.
    pub id: FlowId,
    /// The version.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// Index of the first node.
    pub entry: u16,
    /// The nodes; exits name them by index.
    pub nodes: Vec<FlowNode>,
}

/// One node of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowNode {
    /// What people call it.
    pub label: String,
    /// What it does and where it leads.
    pub kind: FlowNodeKind,
}

/// What a node does. Every way out is named.
#[derive(Clone, Debug, PartialEq)]
pub enum FlowNodeKind {
    /// Plays sounds, then goes on. Keys of `stop_on` stop it and are kept for a menu that follows.
    Play {
        /// Sound names, spoken in the conversation's language.
        sounds: Vec<String>,
        /// Keys that stop it.
        stop_on: KeySet,
        /// After the end or the stop.
        next: u16,
    },
    /// Plays a prompt and waits for one key.
    Menu {
        /// Sound names of the prompt.
        sounds: Vec<String>,
        /// Key, name of the choice, where it leads.
        choices: Vec<MenuChoice>,
        /// How long to wait for a key after the prompt.
        timeout: Duration,
        /// How often the prompt is played in all, at least 1.
        attempts: u8,
        /// Said after a wrong key when attempts are left.
        invalid_sounds: Vec<String>,
        /// Said after a time-out when attempts are left.
        timeout_sounds: Vec<String>,
        /// After the last wrong key.
        on_invalid: u16,
        /// After the last time-out.
        on_timeout: u16,
    },
    /// Branches on opening hours.
    Hours {
        /// Whose hours.
        calendar: HoursOf,
        /// When open.
        open: u16,
        /// When closed.
        closed: u16,
    },
    /// Changes the language of what follows.
    SetLanguage {
        /// To which.
        language: Language,
        /// Then.
        next: u16,
    },
    /// Hands the customer to a queue; the flow is over unless the queue gives the customer back.
    Enqueue {
        /// Which queue.
        queue: QueueId,
        /// When the queue's limit on waiting passes.
        on_timeout: u16,
        /// When as many wait as may; without it the call ends with `Overload`.
        on_full: Option<u16>,
    },
    /// Records a message of the customer, which becomes a task.
    Voicemail {
        /// Sound names of what is said before the tone; a key of `end_keys` skips it.
        greeting: Vec<String>,
        /// Longest message.
        length_max: Duration,
        /// Silence that ends the message.
        silence_max: Duration,
        /// Keys that end the message.
        end_keys: KeySet,
        /// When a message was left and the customer is still there.
        next: u16,
        /// When nothing was said, or too little.
        on_nothing: u16,
    },
    /// Asks whether the customer agrees to be recorded, and takes one key. What was typed ahead is no answer, and whoever has answered in
    /// this conversation is not asked again.
    Consent {
        /// Sound names of the question.
        sounds: Vec<String>,
        /// Keys that agree.
        yes: KeySet,
        /// Keys that refuse.
        no: KeySet,
        /// How long to wait for a key after the question.
        timeout: Duration,
        /// How often the question is played in all, at least 1.
        attempts: u8,
        /// When the customer agrees.
        on_yes: u16,
        /// When the customer refuses, and after the last wrong key or time-out.
        on_no: u16,
    },
    /// Ends the call.
    HangUp {
        /// Recorded as `Closed` instead of `FlowEnded`.
        closed: bool,
    },
}

impl FlowNodeKind {
    /// Whether a caller has to be answered for it: keys are sure to come then alone, and what a caller says is worth keeping.
    pub const fn needs_answer(&self) -> bool {
        match self {
            FlowNodeKind::Menu { .. } | FlowNodeKind::Voicemail { .. } | FlowNodeKind::Consent { .. } => true,
            FlowNodeKind::Play { .. }
            | FlowNodeKind::Hours { .. }
            | FlowNodeKind::SetLanguage { .. }
            | FlowNodeKind::Enqueue { .. }
            | FlowNodeKind::HangUp { .. } => false,
        }
    }
}

/// Which calendar a node asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursOf {
    /// The one of the number that was dialled; a number without one is always open.
    Number,
    /// This one, whatever number was dialled.
    Calendar(CalendarId),
}

/// One choice of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuChoice {
    /// The key.
    pub key: Key,
    /// What it means, for people.
    pub label: String,
    /// Where it leads.
    pub next: u16,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its id.
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// Skills an agent must have, all of them.
    pub skills: Vec<SkillId>,
    /// How long an offer rings, 1–300 s.
    pub ring_timeout: Duration,
    /// Wrap-up limit; zero means no wrap-up.
    pub wrap_up: Duration,
    /// Longest wait; `None` waits for ever.
    pub wait_max: Option<Duration>,
    /// Most customers waiting at once; `None` is the limit of the floor.
    pub waiting_max: Option<u32>,
    /// Sound name of the music.
    pub music: String,
    /// Sound names spoken once on entry, before the music.
    pub entry_sounds: Vec<String>,
    /// What is kept of customers while they wait in it and talk to its agents.
    pub recording: RecordingMode,
    /// Service-level threshold T (metrics.md), seconds from enqueue to answer.
    pub service_level_target: Duration,
    /// Site the queue belongs to.
    pub site: SiteId,
    /// Team that serves it, where one does.
    pub team: Option<TeamId>,
}

/// A skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Its id.
    pub id: SkillId,
    /// Its name.
    pub name: String,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its id.
    pub id: AgentId,
    /// Display name.
    pub name: String,
    /// Agent number, shown and announced.
    pub extension: String,
    /// Role of the account.
    pub role: Role,
    /// Queues served.
    pub queues: Vec<QueueId>,
    /// Skills held.
    pub skills: Vec<SkillId>,
    /// Site.
    pub site: SiteId,
    /// Team.
    pub team: Option<TeamId>,
}

/// A reason for not being ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReadyReason {
    /// Its id.
    pub id: NotReadyReasonId,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Whether it can be chosen; one that was chosen before keeps its name either way.
    pub active: bool,
}

/// An outcome of a handling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposition {
    /// Its id.
    pub id: DispositionId,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Whether it can be chosen; one that was chosen before keeps its name either way.
    pub active: bool,
}

impl Flow {
    /// Whether a node asks the calendar by name.
    pub fn asks_hours_of(&self, calendar: CalendarId) -> bool {
        let asks = |node: &FlowNode| matches!(node.kind, FlowNodeKind::Hours { calendar: HoursOf::Calendar(id), .. } if id == calendar);
        self.nodes.iter().any(asks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_a_number_or_nothing() {
        let cases = [
            ("138 0013-8000", Some("13800138000")),
            (" +86 (10) 6552.9988", Some("+861065529988")),
            ("*31#1001", Some("*31#1001")),
            ("", None),
            ("+", None),
            ("12+3", None),
            ("call me", None),
            ("1234567890123456789012345", None),
        ];
        for (typed, number) in cases {
            assert_eq!(dialled(typed).as_deref(), number, "{typed}");
        }
    }
}
