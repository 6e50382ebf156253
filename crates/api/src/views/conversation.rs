//! A conversation in one line, and its legs.

use domain::{Event, LedgerEntry};
use store::ConversationRow;

use super::floor::millis;
use crate::directory::{Names, Wanted};
use crate::json::conversation::{CallOutcome, ConversationLeg, ConversationSummary, End};

/// Adds what a line needs names for.
pub fn want_summary(wanted: &mut Wanted, row: &ConversationRow) {
    wanted.parties.insert(row.from);
    wanted.customers.extend(row.customer);
    wanted.agents.extend(row.agent);
}

/// A conversation in one line.
pub fn summary(row: &ConversationRow, names: &Names, unmasked: bool) -> ConversationSummary {
    let ms = |value: Option<u64>| value.map(|ms| i64::try_from(ms).unwrap_or(i64::MAX));
    ConversationSummary {
        id: row.id.to_string(),
        channel: row.channel.into(),
        direction: row.direction.into(),
        state: row.state.into(),
        started_at_us: row.started_at.0,
        ended_at_us: row.ended_at.map(|at| at.0),
        number: row.number.and_then(|id| names.number(id)),
        from: names.number_shown(row.from, unmasked),
        location: names.location(row.from),
        customer: row.customer.and_then(|id| names.customers.get(&id).cloned()),
        vip: row.is_vip,
        queue: row.queue.map(|id| names.queue(id)),
        agent: row.agent.map(|id| names.agent(id)),
        wait_ms: ms(row.wait_ms),
        talk_ms: ms(row.talk_ms),
        hold_ms: ms(row.hold_ms),
        wrap_up_ms: ms(row.wrap_up_ms),
        outbound: row.outbound.map(|outcome| CallOutcome {
            result: outcome.result.into(),
            by: outcome.by.map(Into::into),
            post_dial_delay_ms: outcome.post_dial_delay.map(millis),
        }),
        end: row.end.map(|(by, reason)| End { by: by.into(), reason: reason.into() }),
        disposition_id: row.disposition.map(|id| id.to_string()),
    }
}

/// The legs of a conversation, in the order they joined. A leg that came back stands there again.
#[allow(clippy::wildcard_enum_match_arm, reason = "two events make legs come and go")]
pub fn legs(entries: &[LedgerEntry], names: &Names) -> Vec<ConversationLeg> {
    let mut legs: Vec<ConversationLeg> = Vec::new();
    for entry in entries {
        match &entry.event {
            Event::LegJoined { leg, role, agent, .. } => legs.push(ConversationLeg {
                id: leg.to_string(),
                role: (*role).into(),
                agent: agent.map(|id| names.agent(id)),
                joined_at_us: entry.at.0,
                left_at_us: None,
            }),
            Event::LegLeft { leg, .. } => {
                let id = leg.to_string();
                if let Some(open) = legs.iter_mut().rev().find(|leg| leg.id == id && leg.left_at_us.is_none()) {
                    open.left_at_us = Some(entry.at.0);
                }
            }
            _ => {}
        }
    }
    legs
}
