//! The nodes of a flow as JSON text, in the store's own spelling. A version once published is never rewritten, so a change
//! of this format must keep reading the old one: new fields get a serde default, new kinds a new name.

use std::time::Duration;

use domain::settings::{FlowNode, FlowNodeKind, HoursOf, MenuChoice};
use domain::{CalendarId, Key, KeySet, QueueId};
use serde::{Deserialize, Serialize};

use crate::{StoreError, names};

#[derive(Serialize, Deserialize)]
struct Body {
    entry: u16,
    nodes: Vec<Node>,
}

#[derive(Serialize, Deserialize)]
struct Node {
    label: String,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Kind {
    Play {
        sounds: Vec<String>,
        stop_on: String,
        next: u16,
    },
    Menu {
        sounds: Vec<String>,
        choices: Vec<Choice>,
        timeout_ms: u64,
        attempts: u8,
        invalid_sounds: Vec<String>,
        timeout_sounds: Vec<String>,
        on_invalid: u16,
        on_timeout: u16,
    },
    Hours {
        /// Missing: the calendar of the number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        calendar: Option<i64>,
        open: u16,
        closed: u16,
    },
    SetLanguage {
        language: String,
        next: u16,
    },
    Enqueue {
        queue: i64,
        on_timeout: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_full: Option<u16>,
    },
    Voicemail {
        greeting: Vec<String>,
        length_max_ms: u64,
        silence_max_ms: u64,
        end_keys: String,
        next: u16,
        on_nothing: u16,
    },
    Consent {
        sounds: Vec<String>,
        yes: String,
        no: String,
        timeout_ms: u64,
        attempts: u8,
        on_yes: u16,
        on_no: u16,
    },
    HangUp {
        closed: bool,
    },
}

#[derive(Serialize, Deserialize)]
struct Choice {
    key: char,
    label: String,
    next: u16,
}

/// Keys as people write them, e.g. `12#`.
fn keys_to_text(keys: KeySet) -> String {
    (0..16).filter_map(Key::from_event).filter(|key| keys.contains(*key)).map(Key::as_char).collect()
}

fn keys_from_text(text: &str) -> Option<KeySet> {
    text.chars().try_fold(KeySet::NONE, |keys, c| Some(keys.with(Key::from_char(c)?)))
}

fn kind_to_json(kind: &FlowNodeKind) -> Kind {
    match kind {
        FlowNodeKind::Play { sounds, stop_on, next } => {
            Kind::Play { sounds: sounds.clone(), stop_on: keys_to_text(*stop_on), next: *next }
        }
        FlowNodeKind::Menu {
            sounds,
            choices,
            timeout,
            attempts,
            invalid_sounds,
            timeout_sounds,
            on_invalid,
            on_timeout,
        } => Kind::Menu {
            sounds: sounds.clone(),
            choices: choices
                .iter()
                .map(|c| Choice { key: c.key.as_char(), label: c.label.clone(), next: c.next })
                .collect(),
            timeout_ms: u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX),
            attempts: *attempts,
            invalid_sounds: invalid_sounds.clone(),
            timeout_sounds: timeout_sounds.clone(),
            on_invalid: *on_invalid,
            on_timeout: *on_timeout,
        },
        FlowNodeKind::Hours { calendar, open, closed } => {
            let calendar = match calendar {
                HoursOf::Calendar(calendar) => Some(calendar.0),
                HoursOf::Number => None,
            };
            Kind::Hours { calendar, open: *open, closed: *closed }
        }
        FlowNodeKind::SetLanguage { language, next } => {
            Kind::SetLanguage { language: names::language(*language).to_owned(), next: *next }
        }
        FlowNodeKind::Enqueue { queue, on_timeout, on_full } => {
            Kind::Enqueue { queue: queue.0, on_timeout: *on_timeout, on_full: *on_full }
        }
        FlowNodeKind::Voicemail { greeting, length_max, silence_max, end_keys, next, on_nothing } => Kind::Voicemail {
            greeting: greeting.clone(),
            length_max_ms: u64::try_from(length_max.as_millis()).unwrap_or(u64::MAX),
            silence_max_ms: u64::try_from(silence_max.as_millis()).unwrap_or(u64::MAX),
            end_keys: keys_to_text(*end_keys),
            next: *next,
            on_nothing: *on_nothing,
        },
        FlowNodeKind::Consent { sounds, yes, no, timeout, attempts, on_yes, on_no } => Kind::Consent {
            sounds: sounds.clone(),
            yes: keys_to_text(*yes),
            no: keys_to_text(*no),
            timeout_ms: u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX),
            attempts: *attempts,
            on_yes: *on_yes,
            on_no: *on_no,
        },
        FlowNodeKind::HangUp { closed } => Kind::HangUp { closed: *closed },
    }
}

fn kind_from_json(kind: Kind) -> Option<FlowNodeKind> {
    Some(match kind {
        Kind::Play { sounds, stop_on, next } => FlowNodeKind::Play { sounds, stop_on: keys_from_text(&stop_on)?, next },
        Kind::Menu {
            sounds,
            choices,
            timeout_ms,
            attempts,
            invalid_sounds,
            timeout_sounds,
            on_invalid,
            on_timeout,
        } => {
            let choice = |c: Choice| Some(MenuChoice { key: Key::from_char(c.key)?, label: c.label, next: c.next });
            FlowNodeKind::Menu {
                sounds,
                choices: choices.into_iter().map(choice).collect::<Option<_>>()?,
                timeout: Duration::from_millis(timeout_ms),
                attempts,
                invalid_sounds,
                timeout_sounds,
                on_invalid,
                on_timeout,
            }
        }
        Kind::Hours { calendar, open, closed } => {
            let calendar = calendar.map_or(HoursOf::Number, |id| HoursOf::Calendar(CalendarId(id)));
            FlowNodeKind::Hours { calendar, open, closed }
        }
        Kind::SetLanguage { language, next } => {
            FlowNodeKind::SetLanguage { language: names::language_from_name(&language)?, next }
        }
        Kind::Enqueue { queue, on_timeout, on_full } => {
            FlowNodeKind::Enqueue { queue: QueueId(queue), on_timeout, on_full }
        }
        Kind::Voicemail { greeting, length_max_ms, silence_max_ms, end_keys, next, on_nothing } => {
            FlowNodeKind::Voicemail {
                greeting,
                length_max: Duration::from_millis(length_max_ms),
                silence_max: Duration::from_millis(silence_max_ms),
                end_keys: keys_from_text(&end_keys)?,
                next,
                on_nothing,
            }
        }
        Kind::Consent { sounds, yes, no, timeout_ms, attempts, on_yes, on_no } => FlowNodeKind::Consent {
            sounds,
            yes: keys_from_text(&yes)?,
            no: keys_from_text(&no)?,
            timeout: Duration::from_millis(timeout_ms),
            attempts,
            on_yes,
            on_no,
        },
        Kind::HangUp { closed } => FlowNodeKind::HangUp { closed },
    })
}

pub(super) fn to_text(entry: u16, nodes: &[FlowNode]) -> Result<String, StoreError> {
    let nodes = nodes.iter().map(|node| Node { label: node.label.clone(), kind: kind_to_json(&node.kind) }).collect();
    serde_json::to_string(&Body { entry, nodes }).map_err(|_| StoreError::Invalid("nodes"))
}

pub(super) fn from_text(text: &str) -> Result<(u16, Vec<FlowNode>), StoreError> {
    let damaged = || StoreError::corrupt("a flow");
    let body: Body = serde_json::from_str(text).map_err(|_| damaged())?;
    let nodes = body
        .nodes
        .into_iter()
        .map(|node| Ok(FlowNode { label: node.label, kind: kind_from_json(node.kind).ok_or_else(damaged)? }));
    Ok((body.entry, nodes.collect::<Result<_, StoreError>>()?))
}

/// Every index a node leads to.
pub(super) fn exits(kind: &FlowNodeKind) -> Vec<u16> {
    match kind {
        FlowNodeKind::Play { next, .. } | FlowNodeKind::SetLanguage { next, .. } => vec![*next],
        FlowNodeKind::Menu { choices, on_invalid, on_timeout, .. } => {
            choices.iter().map(|c| c.next).chain([*on_invalid, *on_timeout]).collect()
        }
        FlowNodeKind::Hours { open, closed, .. } => vec![*open, *closed],
        FlowNodeKind::Enqueue { on_timeout, on_full, .. } => [*on_timeout].into_iter().chain(*on_full).collect(),
        FlowNodeKind::Voicemail { next, on_nothing, .. } => vec![*next, *on_nothing],
        FlowNodeKind::Consent { on_yes, on_no, .. } => vec![*on_yes, *on_no],
        FlowNodeKind::HangUp { .. } => Vec::new(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::Language;

    use super::*;

    pub(crate) fn nodes(calendar: CalendarId, queue: QueueId) -> Vec<FlowNode> {
        let key = |c| Key::from_char(c).unwrap();
        let node = |label: &str, kind| FlowNode { label: label.to_owned(), kind };
        vec![
            node("hours", FlowNodeKind::Hours { calendar: HoursOf::Calendar(calendar), open: 1, closed: 5 }),
            node("greeting", FlowNodeKind::Play { sounds: vec!["welcome".into()], stop_on: KeySet::ALL, next: 2 }),
            node(
                "menu",
                FlowNodeKind::Menu {
                    sounds: vec!["menu".into()],
                    choices: vec![
                        MenuChoice { key: key('1'), label: "售后".into(), next: 4 },
                        MenuChoice { key: key('#'), label: "English".into(), next: 3 },
                    ],
                    timeout: Duration::from_millis(4_500),
                    attempts: 3,
                    invalid_sounds: vec!["invalid".into()],
                    timeout_sounds: vec![],
                    on_invalid: 5,
                    on_timeout: 4,
                },
            ),
            node("english", FlowNodeKind::SetLanguage { language: Language::En, next: 2 }),
            node("queue", FlowNodeKind::Enqueue { queue, on_timeout: 5, on_full: None }),
            node("end", FlowNodeKind::HangUp { closed: true }),
        ]
    }

    #[test]
    fn flows_come_back_as_they_were() {
        let nodes = nodes(CalendarId(7), QueueId(8));
        let text = to_text(0, &nodes).unwrap();
        assert_eq!(from_text(&text).unwrap(), (0, nodes));
        assert_eq!(keys_from_text(&keys_to_text(KeySet(0b1010_0101_0000_1111))), Some(KeySet(0b1010_0101_0000_1111)));
    }

    #[test]
    fn a_message_and_the_way_out_of_a_full_queue_come_back_as_they_were() {
        let node = |kind| FlowNode { label: "message".to_owned(), kind };
        let nodes = vec![
            node(FlowNodeKind::Enqueue { queue: QueueId(8), on_timeout: 1, on_full: Some(1) }),
            node(FlowNodeKind::Voicemail {
                greeting: vec!["leave-message".into()],
                length_max: Duration::from_secs(120),
                silence_max: Duration::from_millis(4_500),
                end_keys: KeySet::NONE.with(Key::from_char('#').unwrap()),
                next: 0,
                on_nothing: 1,
            }),
        ];
        let text = to_text(0, &nodes).unwrap();
        assert_eq!(from_text(&text).unwrap(), (0, nodes.clone()));
        assert_eq!(exits(&nodes[0].kind), [1, 1]);
        assert_eq!(exits(&nodes[1].kind), [0, 1]);
    }

    #[test]
    fn a_question_for_consent_comes_back_as_it_was() {
        let keys = |text| keys_from_text(text).unwrap();
        let kind = FlowNodeKind::Consent {
            sounds: vec!["consent".into()],
            yes: keys("1#"),
            no: keys("2"),
            timeout: Duration::from_millis(4_500),
            attempts: 2,
            on_yes: 1,
            on_no: 0,
        };
        assert_eq!(exits(&kind), [1, 0]);
        let nodes = vec![FlowNode { label: "consent".to_owned(), kind }];
        assert_eq!(from_text(&to_text(0, &nodes).unwrap()).unwrap(), (0, nodes));
    }

    /// The spelling of stored flows is for ever: old ones must be readable.
    #[test]
    fn the_first_spelling_is_still_read() {
        let text = include_str!("../../tests/golden/flow_v1.json");
        assert_eq!(from_text(text).unwrap(), (0, nodes(CalendarId(7), QueueId(8))));
        let spelled: serde_json::Value = serde_json::from_str(text).unwrap();
        let written: serde_json::Value =
            serde_json::from_str(&to_text(0, &nodes(CalendarId(7), QueueId(8))).unwrap()).unwrap();
        assert_eq!(spelled, written);
    }

    /// A node that asks the hours of the number names no calendar.
    #[test]
    fn the_hours_of_the_number_have_their_own_spelling() {
        let kind = FlowNodeKind::Hours { calendar: HoursOf::Number, open: 1, closed: 2 };
        let nodes = vec![FlowNode { label: "hours".to_owned(), kind }];
        let text = include_str!("../../tests/golden/flow_v2.json").trim_end();
        assert_eq!(to_text(0, &nodes).unwrap(), text);
        assert_eq!(from_text(text).unwrap(), (0, nodes));
    }
}
