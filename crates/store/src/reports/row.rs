//! The row of one conversation: from its fold into SQL, and from SQL to who asks.

use std::sync::LazyLock;
use std::time::Duration;

use domain::{EndReason, EndedBy};
use reporting::{CallDetail, Outcome};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection, SqliteRow};

use super::{ConversationRow, ConversationState};
use crate::business::Columns;
use crate::{StoreError, dialect, names};

pub(super) const fn state_name(state: ConversationState) -> &'static str {
    match state {
        ConversationState::Live => "live",
        ConversationState::Ended => "ended",
    }
}

fn state_from_name(name: &str) -> Option<ConversationState> {
    [ConversationState::Live, ConversationState::Ended].into_iter().find(|state| state_name(*state) == name)
}

fn millis(time: Option<Duration>) -> Option<i64> {
    time.map(|time| i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
}

/// Rows in one statement: what is to be written is cut into these, the largest first, so that a few texts serve every batch and stay
/// prepared.
const ROWS: [usize; 3] = [16, 4, 1];

/// One statement in every size.
fn sizes(around: [&str; 2], columns: usize) -> [String; ROWS.len()] {
    let tuple = |row: usize| {
        let places: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    ROWS.map(|rows| format!("{}{}{}", around[0], (0..rows).map(tuple).collect::<Vec<_>>().join(", "), around[1]))
}

static PUT: LazyLock<[String; ROWS.len()]> = LazyLock::new(|| sizes(dialect::PUT_CONVERSATIONS, 30));
static ADD_AGENTS: LazyLock<[String; ROWS.len()]> = LazyLock::new(|| sizes(dialect::ADD_CONVERSATION_AGENTS, 3));

type Statement = Query<'static, Sqlite, SqliteArguments>;

/// Writes all of them with as few statements as will do.
async fn write<T>(
    connection: &mut SqliteConnection,
    statements: &'static [String; ROWS.len()],
    mut all: &[T],
    bind: impl Fn(Statement, &T) -> Statement,
) -> Result<(), StoreError> {
    for (statement, size) in statements.iter().zip(ROWS) {
        while let Some((these, rest)) = all.split_at_checked(size) {
            these.iter().fold(sqlx::query(statement.as_str()), &bind).execute(&mut *connection).await?;
            all = rest;
        }
    }
    Ok(())
}

/// Writes the rows of conversations, each at most once.
pub(super) async fn put(connection: &mut SqliteConnection, details: &[&CallDetail]) -> Result<(), StoreError> {
    write(connection, &PUT, details, |query, detail| bind(query, detail)).await?;
    let agents: Vec<(i64, i64, i64)> = details
        .iter()
        .flat_map(|detail| detail.agents.iter().map(|agent| (detail.tenant.0, detail.id.0, agent.0)))
        .collect();
    write(connection, &ADD_AGENTS, &agents, |query, (tenant, id, agent)| query.bind(*tenant).bind(*id).bind(*agent))
        .await
}

fn bind(query: Statement, detail: &CallDetail) -> Statement {
    let state = if detail.ended.is_some() { ConversationState::Ended } else { ConversationState::Live };
    query
        .bind(detail.tenant.0)
        .bind(detail.id.0)
        .bind(detail.partition.0)
        .bind(detail.site.map(|id| id.0))
        .bind(detail.queue.map(|id| id.0))
        .bind(detail.agent.map(|id| id.0))
        .bind(detail.customer.map(|id| id.0))
        .bind(detail.number.map(|id| id.0))
        .bind(detail.parent.unwrap_or(detail.id).0)
        .bind(detail.parent.map(|id| id.0))
        .bind(detail.from.0)
        .bind(detail.to.0)
        .bind(names::channel(detail.channel))
        .bind(names::direction(detail.direction))
        .bind(names::language(detail.language))
        .bind(state_name(state))
        .bind(detail.started_at.0)
        .bind(detail.answered_at.map(|at| at.0))
        .bind(detail.ended.map(|(at, ..)| at.0))
        .bind(millis(detail.wait))
        .bind(millis(detail.talk))
        .bind(millis(detail.hold))
        .bind(millis(detail.wrap_up))
        .bind(detail.ended.map(|(_, by, _)| names::ended_by(by)))
        .bind(detail.ended.map(|(.., reason)| names::end_reason(reason)))
        .bind(detail.disposition.map(|id| id.0))
        .bind(i64::from(detail.is_vip))
        .bind(detail.outbound.map(|outbound| names::outbound_result(outbound.result)))
        .bind(detail.outbound.and_then(|outbound| outbound.by).map(names::evidence))
        .bind(millis(detail.outbound.and_then(|outbound| outbound.post_dial_delay)))
}

fn end(row: &SqliteRow) -> Result<Option<(EndedBy, EndReason)>, StoreError> {
    if row.maybe_text("ended_by")?.is_none() {
        return Ok(None);
    }
    let by = row.code("ended_by", names::ended_by_from_name)?;
    Ok(Some((by, row.code("end_reason", names::end_reason_from_name)?)))
}

fn outcome(row: &SqliteRow) -> Result<Option<Outcome>, StoreError> {
    if row.maybe_text("outbound_result")?.is_none() {
        return Ok(None);
    }
    let by = match row.maybe_text("outbound_known_by")? {
        Some(_) => Some(row.code("outbound_known_by", names::evidence_from_name)?),
        None => None,
    };
    let post_dial_delay = row.maybe_count("post_dial_delay_ms")?.map(Duration::from_millis);
    Ok(Some(Outcome { result: row.code("outbound_result", names::outbound_result_from_name)?, by, post_dial_delay }))
}

pub(super) fn read(row: &SqliteRow) -> Result<ConversationRow, StoreError> {
    Ok(ConversationRow {
        id: row.id("id")?,
        channel: row.code("channel", names::channel_from_name)?,
        direction: row.code("direction", names::direction_from_name)?,
        language: row.code("language", names::language_from_name)?,
        state: row.code("state", state_from_name)?,
        started_at: row.utc("started_us")?,
        answered_at: row.maybe_utc("answered_us")?,
        ended_at: row.maybe_utc("ended_us")?,
        number: row.maybe_id("number_id")?,
        from: row.id("from_party")?,
        to: row.id("to_party")?,
        customer: row.maybe_id("customer_id")?,
        queue: row.maybe_id("queue_id")?,
        agent: row.maybe_id("agent_id")?,
        site: row.maybe_id("site_id")?,
        thread: row.id("thread_id")?,
        parent: row.maybe_id("parent_id")?,
        wait_ms: row.maybe_count("wait_ms")?,
        talk_ms: row.maybe_count("talk_ms")?,
        hold_ms: row.maybe_count("hold_ms")?,
        wrap_up_ms: row.maybe_count("wrap_up_ms")?,
        end: end(row)?,
        disposition: row.maybe_id("disposition_id")?,
        is_vip: row.count("vip")? != 0,
        outbound: outcome(row)?,
    })
}
