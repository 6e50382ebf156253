//! Numbers, flows, outcomes and reasons.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::codes::{AnswerWhen, Language};

/// An outcome code or a reason, with its name in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct BilingualName {
    /// The id.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Whether it can be chosen. What was chosen before keeps its name.
    pub active: bool,
    /// To be handed back with a change.
    pub version: i64,
}

/// An outcome code or a reason to be made; it is the last of its list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBilingualName {
    /// Chinese name, 1–60 characters.
    pub name_zh: String,
    /// English name, 1–60 characters.
    pub name_en: String,
}

/// A change of an outcome code or a reason; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BilingualNameChange {
    /// The version the change was made from.
    pub version: i64,
    /// Chinese name, 1–60 characters.
    pub name_zh: Option<String>,
    /// English name, 1–60 characters.
    pub name_en: Option<String>,
    /// Whether it can be chosen.
    pub active: Option<bool>,
    /// Where it is to stand in its list; 0 is the first, and what is beyond the end is the end.
    pub place: Option<i64>,
}

/// A number customers dial.
#[derive(Debug, Serialize, ToSchema)]
pub struct Number {
    /// Number id.
    pub id: String,
    /// Digits as customers dial them.
    pub number: String,
    /// What it is for.
    pub name: String,
    /// The flow that answers it.
    pub flow_id: String,
    /// The language callers start in.
    pub language: Language,
    /// Its opening hours; null is always open.
    #[schema(required = true)]
    pub calendar_id: Option<String>,
    /// Site.
    pub site_id: String,
    /// When its calls are answered.
    pub answer: AnswerWhen,
    /// To be handed back with a change.
    pub version: i64,
}

/// A number to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNumber {
    /// As the trunk delivers it, 1–60 characters: digits, with `+` before them where the carrier writes it, or the user name of a
    /// registration. Spaces, brackets and dashes between digits are left out.
    pub number: String,
    /// What it is for, 1–60 characters.
    pub name: String,
    /// The flow that answers it.
    pub flow_id: String,
    /// The language callers start in.
    pub language: Language,
    /// Its opening hours; always open when null or left out.
    pub calendar_id: Option<String>,
    /// Site; the head office when left out.
    pub site_id: Option<String>,
    /// When its calls are answered; at once when left out.
    pub answer: Option<AnswerWhen>,
}

/// A change of a number; what is left out stays. Its digits cannot be changed: make another one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberChange {
    /// The version the change was made from.
    pub version: i64,
    /// What it is for, 1–60 characters.
    pub name: Option<String>,
    /// The flow that answers it, from the next call on.
    pub flow_id: Option<String>,
    /// The language callers start in.
    pub language: Option<Language>,
    /// When its calls are answered, from the next call on.
    pub answer: Option<AnswerWhen>,
}

/// A flow in one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowSummary {
    /// Flow id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Published version.
    pub version: u32,
    /// How many nodes.
    pub nodes: u32,
}

/// The published version of a flow.
#[derive(Debug, Serialize, ToSchema)]
pub struct Flow {
    /// Flow id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Published version.
    pub version: u32,
    /// Index of the first node.
    pub entry: u16,
    /// The nodes; exits name them by index.
    pub nodes: Vec<FlowNode>,
}

/// One node of a flow.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowNode {
    /// What people call it.
    pub label: String,
    /// What it does.
    pub kind: FlowNodeKind,
    /// Names of the sounds it speaks.
    pub sounds: Vec<String>,
    /// The ways out.
    pub exits: Vec<FlowNodeExit>,
    /// The queue it hands over to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_id: Option<String>,
    /// The opening hours it asks; left out when it asks those of the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar_id: Option<String>,
    /// The language it changes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// What a node does.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowNodeKind {
    /// Plays sounds.
    Play,
    /// Waits for a key.
    Menu,
    /// Branches on opening hours.
    Hours,
    /// Changes the language.
    SetLanguage,
    /// Hands over to a queue.
    Enqueue,
    /// Records a message.
    Voicemail,
    /// Asks whether the customer agrees to be recorded.
    Consent,
    /// Ends the call.
    HangUp,
}

/// One way out of a node.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowNodeExit {
    /// `next`, `open`, `closed`, `choice`, `invalid`, `timeout`, `full`, `nothing`, `yes` or `no`.
    pub exit: String,
    /// The key, for `choice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The name of the choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Index of the node it leads to.
    pub node: u16,
}

impl From<store::NumberRecord> for Number {
    fn from(store::NumberRecord { number, version }: store::NumberRecord) -> Number {
        Number {
            id: number.id.to_string(),
            number: number.number,
            name: number.name,
            flow_id: number.flow.to_string(),
            language: number.language.into(),
            calendar_id: number.calendar.map(|calendar| calendar.to_string()),
            site_id: number.site.to_string(),
            answer: number.answer.into(),
            version: i64::try_from(version).unwrap_or(i64::MAX),
        }
    }
}

impl From<domain::settings::Flow> for FlowSummary {
    fn from(flow: domain::settings::Flow) -> FlowSummary {
        FlowSummary {
            id: flow.id.to_string(),
            name: flow.name,
            version: flow.version,
            nodes: u32::try_from(flow.nodes.len()).unwrap_or(u32::MAX),
        }
    }
}

impl From<domain::settings::Flow> for Flow {
    fn from(flow: domain::settings::Flow) -> Flow {
        Flow {
            id: flow.id.to_string(),
            name: flow.name,
            version: flow.version,
            entry: flow.entry,
            nodes: flow.nodes.into_iter().map(FlowNode::from).collect(),
        }
    }
}

impl From<domain::settings::FlowNode> for FlowNode {
    fn from(node: domain::settings::FlowNode) -> FlowNode {
        use domain::settings::{FlowNodeKind as Kind, HoursOf};
        let exit = |exit: &str, node| FlowNodeExit { exit: exit.to_owned(), key: None, label: None, node };
        let mut shown = FlowNode {
            label: node.label,
            kind: FlowNodeKind::HangUp,
            sounds: Vec::new(),
            exits: Vec::new(),
            queue_id: None,
            calendar_id: None,
            language: None,
        };
        match node.kind {
            Kind::Play { sounds, next, .. } => {
                shown.kind = FlowNodeKind::Play;
                shown.sounds = sounds;
                shown.exits.push(exit("next", next));
            }
            Kind::Menu { sounds, choices, on_invalid, on_timeout, .. } => {
                shown.kind = FlowNodeKind::Menu;
                shown.sounds = sounds;
                shown.exits.extend(choices.into_iter().map(|choice| FlowNodeExit {
                    key: Some(choice.key.as_char().to_string()),
                    label: Some(choice.label),
                    ..exit("choice", choice.next)
                }));
                shown.exits.extend([exit("invalid", on_invalid), exit("timeout", on_timeout)]);
            }
            Kind::Hours { calendar, open, closed } => {
                shown.kind = FlowNodeKind::Hours;
                shown.calendar_id = match calendar {
                    HoursOf::Calendar(calendar) => Some(calendar.to_string()),
                    HoursOf::Number => None,
                };
                shown.exits.extend([exit("open", open), exit("closed", closed)]);
            }
            Kind::SetLanguage { language, next } => {
                shown.kind = FlowNodeKind::SetLanguage;
                shown.language = Some(language.into());
                shown.exits.push(exit("next", next));
            }
            Kind::Enqueue { queue, on_timeout, on_full } => {
                shown.kind = FlowNodeKind::Enqueue;
                shown.queue_id = Some(queue.to_string());
                shown.exits.push(exit("timeout", on_timeout));
                shown.exits.extend(on_full.map(|node| exit("full", node)));
            }
            Kind::Voicemail { greeting, next, on_nothing, .. } => {
                shown.kind = FlowNodeKind::Voicemail;
                shown.sounds = greeting;
                shown.exits.extend([exit("next", next), exit("nothing", on_nothing)]);
            }
            Kind::Consent { sounds, on_yes, on_no, .. } => {
                shown.kind = FlowNodeKind::Consent;
                shown.sounds = sounds;
                shown.exits.extend([exit("yes", on_yes), exit("no", on_no)]);
            }
            Kind::HangUp { .. } => {}
        }
        shown
    }
}
