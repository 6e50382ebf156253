//! The centre: five queues, agents with overlapping skills, one number with a menu.

use std::time::Duration;

use domain::outbound::{Alarm, OutboundPlan, Says};
use domain::recording_policy::SharePercent;
use domain::screening::*;
use domain::settings::*;
use domain::*;

use crate::random::Random;

/// Queues.
pub(crate) const QUEUES: i64 = 5;
const SKILLS: i64 = 6;
/// Calls the carrier may have up at once.
const CARRIER_CHANNELS: u32 = 40;

/// What callers dial.
pub(crate) const NUMBER: &str = "4008001234";
/// One whose callers are answered with the agent.
pub(crate) const FREE_NUMBER: &str = "4008001235";

pub(crate) fn agent_id(n: usize) -> AgentId {
    AgentId(1_000 + n as i64)
}

pub(crate) fn queue_id(n: i64) -> QueueId {
    QueueId(2_000 + n)
}

fn skill_id(n: i64) -> SkillId {
    SkillId(3_000 + n)
}

/// The only reason for not being ready.
pub(crate) const BREAK: NotReadyReasonId = NotReadyReasonId(4_000);
/// Somebody outside who may be called.
pub(crate) const OUTSIDE: &str = "0216123456";
/// The only outcome.
pub(crate) const SOLVED: DispositionId = DispositionId(5_000);

fn number(id: i64, digits: &str, answer: AnswerWhen) -> Number {
    Number {
        id: NumberId(id),
        number: digits.to_owned(),
        name: "hotline".to_owned(),
        flow: FlowId(7_000),
        language: Language::Zh,
        calendar: Some(CalendarId(8_000)),
        site: SiteId(1),
        answer,
    }
}

pub(crate) fn settings(random: &mut Random, agents: usize) -> Settings {
    Settings {
        version: 1,
        tenant: TenantId(1),
        time_zone: "Asia/Shanghai".to_owned(),
        sites: Vec::new(),
        numbers: vec![number(6_000, NUMBER, AnswerWhen::AtOnce), number(6_001, FREE_NUMBER, AnswerWhen::WithAgent)],
        flows: vec![Flow { id: FlowId(7_000), version: 3, name: "main".to_owned(), entry: 0, nodes: nodes() }],
        calendars: vec![Calendar {
            id: CalendarId(8_000),
            name: "always".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            weekly: (0..7).map(|weekday| OpenInterval { weekday, from_minute: 0, to_minute: 1_440 }).collect(),
            exceptions: Vec::new(),
        }],
        queues: (0..QUEUES).map(queue).collect(),
        skills: (0..SKILLS).map(|n| Skill { id: skill_id(n), name: format!("skill {n}") }).collect(),
        agents: (0..agents).map(|n| agent(random, n)).collect(),
        not_ready_reasons: vec![NotReadyReason {
            id: BREAK,
            name_zh: "小休".to_owned(),
            name_en: "Break".to_owned(),
            active: true,
        }],
        dispositions: vec![Disposition {
            id: SOLVED,
            name_zh: "已解决".to_owned(),
            name_en: "Solved".to_owned(),
            active: true,
        }],
        devices: Vec::new(),
        mobiles: Vec::new(),
        outbound: outbound_plan(),
        screening: screening(),
        recording: RecordingPolicy { pause_max: Duration::from_secs(40), ..RecordingPolicy::default() },
        supervision: Default::default(),
    }
}

/// Of the numbers of callers, which end in four digits: one in fifty is kept out by how it begins, one in ten of those
/// all the same let in, one in a hundred kept out by its area, one in ten goes first.
pub(crate) const BLOCKED: [&str; 2] = ["138000012", "138000047"];
/// Let in although they begin like those who are not.
pub(crate) const ALLOWED: &str = "1380000123";
/// Those who begin so are from [`FAR_AREA`], which lies in a blocked one.
pub(crate) const FAR: &str = "138000081";
pub(crate) const FAR_AREA: &str = "CN/广东/深圳";
/// Those who go first begin so.
pub(crate) const FIRST: &str = "13800007";

fn screening() -> ScreeningRules {
    let entry = |id: i64, list, prefix: &str| ListEntry {
        id: ListEntryId(9_000 + id),
        list,
        covers: Covers::Prefix,
        spellings: vec![prefix.to_owned()],
        expires: None,
    };
    let block = (0..).zip(BLOCKED).map(|(n, prefix)| entry(n, NumberList::Block, prefix));
    let far = ListEntry { covers: Covers::Area, ..entry(7, NumberList::Block, "CN/广东") };
    let others = [far, entry(8, NumberList::Allow, ALLOWED), entry(9, NumberList::Vip, FIRST)];
    ScreeningRules {
        entries: block.chain(others).collect(),
        // The flow of the number itself, so that a day is not about withheld numbers.
        policy: ScreeningPolicy { anonymous: Some(Diversion::Flow(FlowId(7_000))), ..ScreeningPolicy::default() },
    }
}

/// Whoever calls more than one number outside within half an hour is stopped, and the carrier's calls fill their trunk in a rush.
fn outbound_plan() -> OutboundPlan {
    let mut plan = OutboundPlan::with_one_rule(vec!["02".to_owned()], TrunkId(1), None);
    plan.agent_alarm = Some(Alarm { distinct: 1, within: Duration::from_secs(1_800) });
    for rule in &mut plan.rules {
        if let Says::Allow(allowance) = &mut rule.says {
            allowance.watched = true;
        }
    }
    for trunk in &mut plan.trunks {
        trunk.channels.inbound = Some(CARRIER_CHANNELS);
    }
    plan
}

fn queue(n: i64) -> Queue {
    let seconds = |list: [u64; 5]| Duration::from_secs(list[n as usize % 5]);
    Queue {
        id: queue_id(n),
        name: format!("queue {n}"),
        // Two queues for everybody, three that ask for one or two skills.
        skills: [&[][..], &[0], &[1, 2], &[], &[3]][n as usize % 5].iter().map(|n| skill_id(*n)).collect(),
        ring_timeout: seconds([20, 15, 20, 10, 25]),
        wrap_up: seconds([30, 20, 0, 45, 15]),
        wait_max: if n % 2 == 1 { Some(Duration::from_secs(90)) } else { None },
        // Some queues fill up in a rush.
        waiting_max: if n % 3 == 1 { Some(3) } else { None },
        music: "music".to_owned(),
        entry_sounds: if n == 0 { Vec::new() } else { vec!["queue_entry".to_owned()] },
        recording: match n {
            1 => RecordingMode::None,
            2 => RecordingMode::OnDemand,
            3 => SharePercent::new(60).map_or(RecordingMode::All, RecordingMode::Share),
            _ => RecordingMode::All,
        },
        service_level_target: Duration::from_secs(20),
        site: SiteId(1),
        team: None,
    }
}

fn agent(random: &mut Random, n: usize) -> Agent {
    // Everybody serves a neighbourhood of queues, so that every queue is shared and none by all.
    let first = n as i64 % QUEUES;
    let served = 2 + random.below(2) as i64;
    Agent {
        id: agent_id(n),
        name: format!("agent {n}"),
        extension: format!("8{n:03}"),
        role: Role::Agent,
        queues: (0..served).map(|step| queue_id((first + step) % QUEUES)).collect(),
        skills: (0..SKILLS).filter(|_| random.percent(75)).map(skill_id).collect(),
        site: SiteId(1),
        team: None,
    }
}

fn nodes() -> Vec<FlowNode> {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let node = |label: &str, kind| FlowNode { label: label.to_owned(), kind };
    let choices = (0..QUEUES).filter_map(|n| {
        let key = Key::from_event(u8::try_from(n + 1).ok()?)?;
        Some(MenuChoice { key, label: format!("queue {n}"), next: 4 + n as u16 })
    });
    let message = 5 + QUEUES as u16;
    let leave = Key::from_char('9').map(|key| MenuChoice { key, label: "message".to_owned(), next: message });
    let menu = FlowNodeKind::Menu {
        sounds: words(&["menu"]),
        choices: choices.chain(leave).collect(),
        timeout: Duration::from_secs(5),
        attempts: 3,
        invalid_sounds: words(&["invalid"]),
        timeout_sounds: words(&["no_input"]),
        on_invalid: 3,
        on_timeout: 4,
    };
    let play = |sound: &str, stop_on, next| FlowNodeKind::Play { sounds: words(&[sound]), stop_on, next };
    let mut nodes = vec![
        node("hours", FlowNodeKind::Hours { calendar: HoursOf::Number, open: 1, closed: 3 }),
        node("greeting", play("welcome", KeySet::ALL, 2)),
        node("menu", menu),
        node("bye", FlowNodeKind::HangUp { closed: false }),
    ];
    for n in 0..QUEUES {
        // Some give a customer whom they keep too long the chance to leave a message.
        let on_timeout = if n == 1 { message } else { message - 1 };
        nodes.push(node("enqueue", FlowNodeKind::Enqueue { queue: queue_id(n), on_timeout, on_full: Some(message) }));
    }
    nodes.push(node("sorry", play("sorry", KeySet::NONE, 3)));
    let end_keys = Key::from_char('#').map_or(KeySet::NONE, |key| KeySet::NONE.with(key));
    let voicemail = FlowNodeKind::Voicemail {
        greeting: words(&["leave_message"]),
        length_max: Duration::from_secs(60),
        silence_max: Duration::from_secs(4),
        end_keys,
        next: message + 1,
        on_nothing: 3,
    };
    nodes.push(node("message", voicemail));
    nodes.push(node("saved", play("saved", KeySet::NONE, 3)));
    nodes
}
