//! Conversations: list, detail with timeline, note.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{ConversationId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Body, Params, PathId};
use crate::json::List;
use crate::json::conversation::{ConversationDetail, ConversationQuery, ConversationSummary, Note, NoteText};
use crate::json::problem::ProblemCode;

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
    let _ = (app, caller, query);
    Err(RouteError::of(ProblemCode::Unavailable))
}

/// A conversation with its whole story.
#[utoipa::path(get, path = "/api/v1/conversations/{id}", tag = "conversations", operation_id = "get_conversation",
    params(("id" = String, Path)), responses((status = 200, body = ConversationDetail)))]
async fn detail(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
) -> Answer<Json<ConversationDetail>> {
    let _ = (app, caller, id);
    Err(RouteError::of(ProblemCode::Unavailable))
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
    let _ = (app, caller, id, note);
    Err(RouteError::of(ProblemCode::Unavailable))
}
