//! Settings that can be read: skills, dispositions, reasons, numbers, flows, sites, teams.

use serde::Serialize;
use utoipa::ToSchema;

use super::codes::Language;

/// An outcome code or a reason, with its name in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct BilingualName {
    /// The id.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
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
    /// Site.
    pub site_id: String,
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
    /// The opening hours it asks.
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
    /// Ends the call.
    HangUp,
}

/// One way out of a node.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowNodeExit {
    /// `next`, `open`, `closed`, `choice`, `invalid` or `timeout`.
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
