//! Conversations: list, detail with timeline, note.

use std::str::FromStr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{ConversationId, LedgerEntry, Permission, Utc};
use store::{ConversationFilter, ConversationKey, ConversationState, Page};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::directory::Wanted;
use crate::error::Answer;
use crate::extract::{Body, Params, PathId};
use crate::faults::Faults;
use crate::json::List;
use crate::json::conversation::{ConversationDetail, ConversationQuery, ConversationSummary, Note, NoteText};
use crate::json::problem::FaultCode;
use crate::limits::{NOTE_CHARS_MAX, PROJECTION_WAIT_MAX};
use crate::page::{after, limit, page};
use crate::views::conversation::{legs, summary, want_summary};
use crate::views::discreet::Discreet;
use crate::views::recording::Kept;
use crate::views::timeline::{self, FlowsSeen};

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::ConversationsRead, routes!(list))
        .needs(Permission::ConversationsRead, routes!(detail))
        .needs(Permission::ConversationsRead, routes!(write_note))
}

/// Conversations, the newest first.
#[utoipa::path(get, path = "/api/v1/conversations", tag = "conversations", operation_id = "list_conversations",
    params(ConversationQuery), responses((status = 200, body = List<ConversationSummary>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<ConversationQuery>,
) -> Answer<Json<List<ConversationSummary>>> {
    let limit = limit(query.limit.as_deref())?;
    let filter = read_filter(&query)?;
    let key: Option<Key> = after(&app, "conversations", query.cursor.as_deref())?;
    let asked = Page { limit: limit + 1, after: key.map(|key| key.0) };
    projected(&app, &caller).await?;
    let rows = app.store.list_conversations(&caller.scope(), &filter, asked).await?;
    let mut wanted = Wanted::default();
    rows.iter().for_each(|row| want_summary(&mut wanted, row));
    let names = app.directory.names(&app, caller.tenant, wanted).await?;
    let unmasked = caller.can(Permission::PersonalDataRead);
    let key =
        |row: &store::ConversationRow| Key(ConversationKey { started_at: row.started_at, id: row.id }).to_string();
    Ok(Json(page(&app, "conversations", limit, rows, key, |row| summary(&row, &names, unmasked))))
}

/// A conversation with its whole story.
#[utoipa::path(get, path = "/api/v1/conversations/{id}", tag = "conversations", operation_id = "get_conversation",
    params(("id" = String, Path)), responses((status = 200, body = ConversationDetail)))]
async fn detail(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
) -> Answer<Json<ConversationDetail>> {
    let scope = caller.scope();
    projected(&app, &caller).await?;
    let row = app.store.conversation(&scope, id).await?;
    let entries = app.store.conversation_events(&scope, id).await?;
    let note = app.store.conversation_note(&scope, id).await?;
    let (mut wanted, mut flows) = (Wanted::default(), FlowsSeen::default());
    want_summary(&mut wanted, &row);
    for entry in &entries {
        flows.see(entry);
        timeline::want(&mut wanted, &flows, entry);
    }
    let names = app.directory.names(&app, caller.tenant, wanted).await?;
    let recordings_hold = match caller.can(Permission::RecordingsDownload) {
        true => Kept::load(&app, &caller, &[&row]).await?.conversation_hold(id),
        false => None,
    };
    let (mut discreet, tells_all) = (Discreet::default(), caller.can(Permission::FloorSupervise));
    let shown = |entry: &LedgerEntry| tells_all || !discreet.hides(caller.agent(), &entry.event);
    let entries: Vec<LedgerEntry> = entries.into_iter().filter(shown).collect();
    Ok(Json(ConversationDetail {
        summary: summary(&row, &names, caller.can(Permission::PersonalDataRead)),
        note: note.filter(|note| !note.text.is_empty()).map(Note::from),
        recordings_hold,
        legs: legs(&entries, &names),
        timeline: entries.iter().map(|entry| timeline::show(entry, &names, &flows)).collect(),
    }))
}

/// Writes the note.
#[utoipa::path(put, path = "/api/v1/conversations/{id}/note", tag = "conversations", operation_id = "set_conversation_note",
    params(("id" = String, Path)), request_body = NoteText, responses((status = 200, body = Note)))]
async fn write_note(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
    Body(note): Body<NoteText>,
) -> Answer<Json<Note>> {
    let mut faults = Faults::default();
    let text = faults.text("text", &note.text, 0, NOTE_CHARS_MAX);
    faults.none()?;
    projected(&app, &caller).await?;
    let note = app.store.put_conversation_note(&caller.scope(), app.clock.now().utc, id, &text).await?;
    Ok(Json(note.into()))
}

/// Gives the projection a moment to hold what the live view already shows.
pub(super) async fn projected(app: &App, caller: &Caller) -> Answer<()> {
    if let Some(live) = app.floor.live(caller.tenant) {
        app.store.wait_projected(caller.partition, live.seq, PROJECTION_WAIT_MAX).await?;
    }
    Ok(())
}

fn read_filter(query: &ConversationQuery) -> Answer<ConversationFilter> {
    fn read<T: FromStr>(faults: &mut Faults, field: &str, text: Option<&String>) -> Option<T> {
        faults.id(field, text?, |_: &T| true)
    }
    let mut faults = Faults::default();
    let filter = ConversationFilter {
        state: match query.state.as_deref() {
            Some("live") => Some(ConversationState::Live),
            Some("ended") => Some(ConversationState::Ended),
            Some(_) => {
                faults.add("state", FaultCode::Malformed);
                None
            }
            None => None,
        },
        queue: read(&mut faults, "queue_id", query.queue_id.as_ref()),
        agent: read(&mut faults, "agent_id", query.agent_id.as_ref()),
        customer: read(&mut faults, "customer_id", query.customer_id.as_ref()),
    };
    faults.none().map(|()| filter)
}

/// A place in the list as text, for the cursor.
struct Key(ConversationKey);

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0.started_at.0, self.0.id)
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Key, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        let (at, id) = (at.parse().map_err(|_| ())?, id.parse().map_err(|_| ())?);
        Ok(Key(ConversationKey { started_at: Utc(at), id }))
    }
}
