//! The flows of the example centre and the numbers they answer.

use std::time::Duration;

use domain::settings::{AnswerWhen, FlowNode, FlowNodeKind, HoursOf, MenuChoice, OpenInterval};
use domain::{CalendarId, Key, KeySet, Language, QueueId, Utc};
use store::{CalendarDraft, NumberDraft, Scope, Store, StoreError};

use super::business::{Place, Queues};
use crate::starter::flows::{create, message, node, say, words};

/// Number, name, what answers it.
pub const NUMBERS: [(&str, &str, &str); 5] = [
    (
        "4008001234",
        "服务热线",
        "the hotline: greeting, menu (1 sales, 2 service, 3 complaints, 0 agent, 6 leave a message), queue; a full queue leads to a message",
    ),
    ("4008001235", "English hotline", "the hotline in English"),
    ("4008001236", "下班演示", "a line outside its opening hours: announcement, end"),
    ("4008001237", "留言演示", "a line outside its opening hours: announcement, message, which becomes a task"),
    ("4008001238", "录音征询", "a line that asks before it is recorded (1 agrees, 2 refuses), then the service queue"),
];

const MENU_TIMEOUT: Duration = Duration::from_secs(5);
const MENU_ATTEMPTS: u8 = 3;
const DAY_END: u16 = 1_440;

/// Makes calendars, flows and numbers.
pub async fn numbers(store: &Store, scope: &Scope, now: Utc, place: &Place, queues: &Queues) -> Result<(), StoreError> {
    let always = (0..7).map(|weekday| OpenInterval { weekday, from_minute: 0, to_minute: DAY_END }).collect();
    let open = calendar(store, scope, now, "全天 Always open", always).await?;
    let closed = calendar(store, scope, now, "不营业 Never open", Vec::new()).await?;
    let hotline = create(store, scope, now, "服务热线 Hotline", hotline(queues)).await?;
    let night = create(store, scope, now, "下班 Closed", hotline_closed(queues.service)).await?;
    let message = create(store, scope, now, "留言 Message", message_line(queues.service)).await?;
    let consent = create(store, scope, now, "录音征询 Consent", consent_line(queues.service)).await?;
    let rows = [
        (hotline, Language::Zh, open),
        (hotline, Language::En, open),
        (night, Language::Zh, closed),
        (message, Language::Zh, closed),
        (consent, Language::Zh, open),
    ];
    for ((number, name, _), (flow, language, calendar)) in NUMBERS.into_iter().zip(rows) {
        let draft = NumberDraft {
            number: number.to_owned(),
            name: name.to_owned(),
            flow,
            language,
            calendar: Some(calendar),
            site: place.site,
            answer: AnswerWhen::AtOnce,
        };
        store.create_number(scope, now, &draft).await?;
    }
    Ok(())
}

async fn calendar(
    store: &Store,
    scope: &Scope,
    now: Utc,
    name: &str,
    weekly: Vec<OpenInterval>,
) -> Result<CalendarId, StoreError> {
    let draft = CalendarDraft { name: name.to_owned(), time_zone: "Asia/Shanghai".to_owned(), weekly };
    Ok(store.create_calendar(scope, now, &draft).await?.calendar.id)
}

/// 0 hours · 1 welcome · 2 menu · 3 sales · 4 service · 5 complaints · 6 connecting · 7 closed · 8 queue full · 9 goodbye · 10 end
/// · 11 message · 12 saved
fn hotline(queues: &Queues) -> Vec<FlowNode> {
    let choice = |key: char, label: &str, next: u16| {
        Key::from_char(key).map(|key| MenuChoice { key, label: label.to_owned(), next })
    };
    let choices = [
        choice('1', "业务咨询 Sales", 3),
        choice('2', "售后服务 Service", 4),
        choice('3', "投诉建议 Complaints", 5),
        choice('0', "人工服务 Agent", 4),
        choice('6', "留言 Leave a message", 11),
        choice('*', "重听 Again", 2),
    ];
    let menu = FlowNodeKind::Menu {
        sounds: words(&[
            "press-1-sales",
            "press-2-service",
            "press-3-complaints",
            "press-0-agent",
            "press-star-repeat",
        ]),
        choices: choices.into_iter().flatten().collect(),
        timeout: MENU_TIMEOUT,
        attempts: MENU_ATTEMPTS,
        invalid_sounds: words(&["invalid-key"]),
        timeout_sounds: words(&["no-input"]),
        on_invalid: 6,
        on_timeout: 9,
    };
    vec![
        node("营业时间 Opening hours", FlowNodeKind::Hours { calendar: HoursOf::Number, open: 1, closed: 7 }),
        node("欢迎词 Welcome", FlowNodeKind::Play { sounds: words(&["welcome"]), stop_on: KeySet::ALL, next: 2 }),
        node("主菜单 Main menu", menu),
        node(
            "业务咨询队列 Sales queue",
            FlowNodeKind::Enqueue { queue: queues.sales, on_timeout: 8, on_full: Some(8) },
        ),
        node(
            "售后服务队列 Service queue",
            FlowNodeKind::Enqueue { queue: queues.service, on_timeout: 8, on_full: Some(8) },
        ),
        node(
            "投诉建议队列 Complaints queue",
            FlowNodeKind::Enqueue { queue: queues.complaints, on_timeout: 8, on_full: Some(8) },
        ),
        node("转人工提示 To an agent", say("too-many-tries", 4)),
        node("下班提示 Closed", say("closed", 11)),
        node("队列已满 Queue full", say("queue-full", 11)),
        node("再见 Goodbye", say("goodbye", 10)),
        node("结束 End", FlowNodeKind::HangUp { closed: false }),
        node("留言 Message", message(12, 9)),
        node("已留言 Saved", say("message-saved", 9)),
    ]
}

/// 0 hours · 1 queue · 2 closed · 3 message · 4 saved · 5 end
fn message_line(service: QueueId) -> Vec<FlowNode> {
    vec![
        node("营业时间 Opening hours", FlowNodeKind::Hours { calendar: HoursOf::Number, open: 1, closed: 2 }),
        node("售后服务队列 Service queue", FlowNodeKind::Enqueue { queue: service, on_timeout: 3, on_full: Some(3) }),
        node("下班提示 Closed", say("closed", 3)),
        node("留言 Message", message(4, 5)),
        node("已留言 Saved", say("message-saved", 5)),
        node("结束 End", FlowNodeKind::HangUp { closed: false }),
    ]
}

/// 0 consent · 1 queue · 2 end
fn consent_line(service: QueueId) -> Vec<FlowNode> {
    let key = |key: char| Key::from_char(key).map_or(KeySet::NONE, |key| KeySet::NONE.with(key));
    let consent = FlowNodeKind::Consent {
        sounds: words(&["recording-notice", "recording-consent"]),
        yes: key('1'),
        no: key('2'),
        timeout: MENU_TIMEOUT,
        attempts: MENU_ATTEMPTS,
        on_yes: 1,
        on_no: 1,
    };
    vec![
        node("录音征询 Consent", consent),
        node("售后服务队列 Service queue", FlowNodeKind::Enqueue { queue: service, on_timeout: 2, on_full: None }),
        node("结束 End", FlowNodeKind::HangUp { closed: false }),
    ]
}

fn hotline_closed(service: QueueId) -> Vec<FlowNode> {
    vec![
        node("营业时间 Opening hours", FlowNodeKind::Hours { calendar: HoursOf::Number, open: 1, closed: 2 }),
        node("售后服务队列 Service queue", FlowNodeKind::Enqueue { queue: service, on_timeout: 3, on_full: None }),
        node("下班提示 Closed", say("closed", 3)),
        node("下班结束 End, closed", FlowNodeKind::HangUp { closed: true }),
    ]
}
