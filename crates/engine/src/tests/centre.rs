//! The small centre of the scripts.

use std::time::Duration;

use domain::outbound::OutboundPlan;
use domain::settings::*;
use domain::*;

use super::script::{ANN, BOB, HELP, SALES, VIP};

pub(super) fn agent(id: AgentId, name: &str, queues: &[QueueId], skills: &[SkillId]) -> Agent {
    Agent {
        id,
        name: name.to_owned(),
        extension: id.0.to_string(),
        role: Role::Agent,
        queues: queues.to_vec(),
        skills: skills.to_vec(),
        site: SiteId(1),
        team: None,
    }
}

pub(super) fn queue(id: QueueId, name: &str) -> Queue {
    Queue {
        id,
        name: name.to_owned(),
        skills: Vec::new(),
        ring_timeout: Duration::from_secs(20),
        wrap_up: Duration::from_secs(30),
        wait_max: None,
        waiting_max: None,
        music: "music".to_owned(),
        entry_sounds: Vec::new(),
        recording: RecordingMode::All,
        service_level_target: Duration::from_secs(20),
        site: SiteId(1),
        team: None,
    }
}

pub(super) fn node(label: &str, kind: FlowNodeKind) -> FlowNode {
    FlowNode { label: label.to_owned(), kind }
}

pub(super) fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

pub(super) fn choice(key: char, next: u16) -> MenuChoice {
    MenuChoice { key: Key::from_char(key).unwrap(), label: key.to_string(), next }
}

/// Hours → greeting → menu: 1 sales, 2 help, 3 English and again, 9 a second menu.
pub(super) fn main_flow() -> Vec<FlowNode> {
    let menu = FlowNodeKind::Menu {
        sounds: words(&["menu"]),
        choices: vec![choice('1', 3), choice('2', 4), choice('3', 6), choice('9', 8)],
        timeout: Duration::from_secs(5),
        attempts: 2,
        invalid_sounds: words(&["invalid"]),
        timeout_sounds: words(&["no_input"]),
        on_invalid: 7,
        on_timeout: 4,
    };
    let second = FlowNodeKind::Menu {
        sounds: words(&["second"]),
        choices: vec![choice('1', 3), choice('2', 4)],
        timeout: Duration::from_secs(5),
        attempts: 1,
        invalid_sounds: Vec::new(),
        timeout_sounds: Vec::new(),
        on_invalid: 7,
        on_timeout: 7,
    };
    vec![
        node("hours", FlowNodeKind::Hours { calendar: HoursOf::Calendar(CalendarId(401)), open: 1, closed: 5 }),
        node("greeting", FlowNodeKind::Play { sounds: words(&["welcome"]), stop_on: KeySet::ALL, next: 2 }),
        node("menu", menu),
        node("sales", FlowNodeKind::Enqueue { queue: SALES, on_timeout: 7, on_full: None }),
        node("help", FlowNodeKind::Enqueue { queue: HELP, on_timeout: 7, on_full: None }),
        node("closed", FlowNodeKind::HangUp { closed: true }),
        node("english", FlowNodeKind::SetLanguage { language: Language::En, next: 2 }),
        node("bye", FlowNodeKind::HangUp { closed: false }),
        node("second", second),
    ]
}

pub(super) fn number(id: i64, digits: &str, flow: i64) -> Number {
    Number {
        id: NumberId(id),
        number: digits.to_owned(),
        name: digits.to_owned(),
        flow: FlowId(flow),
        language: Language::Zh,
        calendar: None,
        site: SiteId(1),
        answer: AnswerWhen::AtOnce,
    }
}

/// The phone of ann answers by itself when asked to.
pub(super) fn device(id: i64, name: &str, agent: Option<AgentId>) -> Device {
    let (id, username, site) = (DeviceId(id), name.to_owned(), SiteId(1));
    Device { id, name: name.to_owned(), username, agent, auto_answer: agent == Some(ANN), site }
}

/// 4001: the whole flow; 4002: straight to sales; 4003: a loop without end; 4004: a flow that is missing; 4005: messages.
pub(crate) fn settings() -> Settings {
    let bye = node("bye", FlowNodeKind::HangUp { closed: false });
    let direct = vec![node("sales", FlowNodeKind::Enqueue { queue: SALES, on_timeout: 1, on_full: None }), bye];
    let spin = vec![node("spin", FlowNodeKind::SetLanguage { language: Language::En, next: 0 })];
    let flow = |id, nodes| Flow { id: FlowId(id), version: 1, name: "flow".to_owned(), entry: 0, nodes };
    let reason =
        NotReadyReason { id: NotReadyReasonId(701), name_zh: "小休".into(), name_en: "Break".into(), active: true };
    Settings {
        version: 1,
        tenant: TenantId(1),
        time_zone: "Asia/Shanghai".to_owned(),
        sites: Vec::new(),
        numbers: (1..6).map(|n| number(500 + n, &format!("400{n}"), if n == 4 { 699 } else { 600 + n })).collect(),
        flows: vec![
            flow(601, main_flow()),
            flow(602, direct),
            flow(603, spin),
            flow(605, super::voicemail::message_flow()),
        ],
        calendars: vec![Calendar {
            id: CalendarId(401),
            name: "office".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            weekly: (0..5).map(|weekday| OpenInterval { weekday, from_minute: 540, to_minute: 1080 }).collect(),
            exceptions: Vec::new(),
        }],
        queues: vec![queue(SALES, "sales"), queue(HELP, "help")],
        skills: vec![Skill { id: VIP, name: "vip".to_owned() }],
        agents: vec![agent(ANN, "ann", &[SALES, HELP], &[]), agent(BOB, "bob", &[SALES], &[])],
        not_ready_reasons: vec![reason],
        dispositions: vec![Disposition {
            id: DispositionId(801),
            name_zh: "已解决".into(),
            name_en: "Solved".into(),
            active: true,
        }],
        devices: vec![device(901, "desk", Some(ANN)), device(902, "bobs", Some(BOB)), device(903, "lobby", None)],
        mobiles: Vec::new(),
        outbound: OutboundPlan::with_one_rule(words(&["02"]), TrunkId(1), Some(NumberId(502))),
        screening: ScreeningRules::default(),
        recording: RecordingPolicy::default(),
        supervision: Default::default(),
    }
}
