//! What a centre needs for its first call: outcomes, reasons, one queue and two flows. Made with the first person of a centre, and
//! the ground the example centre stands on. A number is not among it: only the carrier knows it.

pub mod flows;

use std::time::Duration;

use domain::settings::RecordingMode;
use domain::{AgentId, Language, SiteId, Utc};
use store::{QueueDraft, Scope, Store, StoreError};

/// What the reasons for not being ready are called, Chinese and English.
const REASONS: [(&str, &str); 4] =
    [("小休", "Short break"), ("用餐", "Meal"), ("会议", "Meeting"), ("培训", "Training")];

/// What the outcomes are called, Chinese and English.
const OUTCOMES: [(&str, &str); 4] = [
    ("已解决", "Solved"),
    ("需跟进", "To be followed up"),
    ("转其他部门", "For another department"),
    ("误拨", "Wrong number"),
];

/// After this long without an answer a customer of the first queue is asked for a message: nobody may be there at all.
const WAIT_MAX: Duration = Duration::from_secs(180);

/// The word of a language.
fn word<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// Where the first queue is, and who serves it.
pub struct Place {
    pub site: SiteId,
    pub agents: Vec<AgentId>,
}

/// Makes whatever of it a centre has none of, named in a language; tells what was made, a line each. What somebody made before is
/// left as it is, and what callers hear is chosen with each number.
///
/// # Errors
/// When the store cannot be written.
pub async fn fill(
    store: &Store,
    scope: &Scope,
    now: Utc,
    place: Place,
    language: Language,
) -> Result<Vec<String>, StoreError> {
    let mut made = Vec::new();
    let (outcomes, reasons) = codes(store, scope, now).await?;
    if outcomes > 0 {
        made.push(format!("{outcomes} dispositions for the end of a call"));
    }
    if reasons > 0 {
        made.push(format!("{reasons} reasons for not being ready"));
    }
    let mut queues = store.queues(scope).await?;
    if queues.is_empty() {
        let name = word(language, "客户服务", "Customer service");
        let draft = QueueDraft { wait_max: Some(WAIT_MAX), agents: place.agents, ..queue_draft(name, place.site) };
        queues.push(store.create_queue(scope, now, &draft).await?);
        made.push(format!("the queue {name:?}"));
    }
    let first = queues.iter().map(|record| record.queue.id).min();
    if let Some(queue) = first
        && store.flows(scope).await?.is_empty()
    {
        for (name, nodes) in [
            (word(language, "服务热线", "Hotline"), flows::hotline(language, queue)),
            (word(language, "留言", "Leave a message"), flows::message_only(language)),
        ] {
            flows::create(store, scope, now, name, nodes).await?;
            made.push(format!("the flow {name:?}"));
        }
    }
    Ok(made)
}

/// Makes the usual outcomes and reasons where there are none; tells how many of each.
///
/// # Errors
/// When the store cannot be written.
pub async fn codes(store: &Store, scope: &Scope, now: Utc) -> Result<(usize, usize), StoreError> {
    let mut made = (0, 0);
    if store.dispositions(scope).await?.is_empty() {
        for (zh, en) in OUTCOMES {
            store.create_disposition(scope, now, zh, en).await?;
            made.0 += 1;
        }
    }
    if store.not_ready_reasons(scope).await?.is_empty() {
        for (zh, en) in REASONS {
            store.create_not_ready_reason(scope, now, zh, en).await?;
            made.1 += 1;
        }
    }
    Ok(made)
}

/// A queue as most centres begin: 20 s of ringing, a minute of wrap-up, everything recorded, anybody served by anybody.
pub fn queue_draft(name: &str, site: SiteId) -> QueueDraft {
    QueueDraft {
        name: name.to_owned(),
        skills: Vec::new(),
        ring_timeout: Duration::from_secs(20),
        wrap_up: Duration::from_secs(60),
        wait_max: None,
        waiting_max: None,
        service_level_target: Duration::from_secs(20),
        music: "hold-music".to_owned(),
        // A breath before the next voice, so that the caller notices that something has changed.
        entry_sounds: vec!["pause".to_owned(), "please-hold".to_owned()],
        recording: RecordingMode::All,
        retention_days: None,
        site,
        team: None,
        agents: Vec::new(),
    }
}
