//! Nodes of flows, and the flows every centre begins with.

use std::time::Duration;

use domain::settings::{FlowNode, FlowNodeKind, HoursOf};
use domain::{FlowId, Key, KeySet, Language, QueueId, Utc};
use store::{FlowDraft, Scope, Store, StoreError};

use super::word;

const MESSAGE_LENGTH_MAX: Duration = Duration::from_secs(120);
const MESSAGE_SILENCE_MAX: Duration = Duration::from_secs(6);

/// Makes a flow that begins with its first node.
pub async fn create(
    store: &Store,
    scope: &Scope,
    now: Utc,
    name: &str,
    nodes: Vec<FlowNode>,
) -> Result<FlowId, StoreError> {
    let draft = FlowDraft { name: name.to_owned(), entry: 0, nodes };
    Ok(store.create_flow(scope, now, &draft).await?.id)
}

/// Hours of the number, greeting, queue; a message when it is closed, when the queue is full, or when nobody answers in time.
///
/// 0 hours · 1 welcome · 2 queue · 3 closed · 4 busy · 5 message · 6 saved · 7 goodbye · 8 end
pub fn hotline(language: Language, queue: QueueId) -> Vec<FlowNode> {
    let named = |zh: &str, en: &str, kind: FlowNodeKind| node(word(language, zh, en), kind);
    vec![
        named("营业时间", "Opening hours", FlowNodeKind::Hours { calendar: HoursOf::Number, open: 1, closed: 3 }),
        named("欢迎词", "Welcome", FlowNodeKind::Play { sounds: words(&["welcome"]), stop_on: KeySet::ALL, next: 2 }),
        named("队列", "Queue", FlowNodeKind::Enqueue { queue, on_timeout: 4, on_full: Some(4) }),
        named("下班提示", "Closed", say("closed", 5)),
        named("无人接听提示", "Nobody free", say("queue-full", 5)),
        named("留言", "Message", message(6, 7)),
        named("已留言", "Saved", say("message-saved", 7)),
        named("再见", "Goodbye", say("goodbye", 8)),
        named("结束", "End", FlowNodeKind::HangUp { closed: false }),
    ]
}

/// A message and nothing else, at any hour.
///
/// 0 closed · 1 message · 2 saved · 3 end
pub fn message_only(language: Language) -> Vec<FlowNode> {
    let named = |zh: &str, en: &str, kind: FlowNodeKind| node(word(language, zh, en), kind);
    vec![
        named("下班提示", "Closed", say("closed", 1)),
        named("留言", "Message", message(2, 3)),
        named("已留言", "Saved", say("message-saved", 3)),
        named("结束", "End", FlowNodeKind::HangUp { closed: true }),
    ]
}

/// A message of two minutes at most, ended by a hash, a silence or the hang-up.
pub fn message(next: u16, on_nothing: u16) -> FlowNodeKind {
    FlowNodeKind::Voicemail {
        greeting: words(&["leave-message"]),
        length_max: MESSAGE_LENGTH_MAX,
        silence_max: MESSAGE_SILENCE_MAX,
        end_keys: Key::from_char('#').map_or(KeySet::NONE, |key| KeySet::NONE.with(key)),
        next,
        on_nothing,
    }
}

/// Says one prompt to its end.
pub fn say(sound: &str, next: u16) -> FlowNodeKind {
    FlowNodeKind::Play { sounds: words(&[sound]), stop_on: KeySet::NONE, next }
}

/// A node with its name.
pub fn node(label: &str, kind: FlowNodeKind) -> FlowNode {
    FlowNode { label: label.to_owned(), kind }
}

/// Names of prompts.
pub fn words(sounds: &[&str]) -> Vec<String> {
    sounds.iter().map(|s| (*s).to_owned()).collect()
}
