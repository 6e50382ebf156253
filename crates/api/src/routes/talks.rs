//! The recording of a talk: by the agent who has it, and for programs, such as one that takes payments, by the conversation.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::input::AgentAction;
use domain::{ConversationId, HandlingId, Permission};
use utoipa_axum::routes;

use super::handlings::{ask, control};
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::Answer;
use crate::extract::{Body, PathId};
use crate::json::CommandDone;
use crate::json::desk::{ConsentNoted, RecordingPause};
use crate::views::sight::demand_conversation;

pub fn declare(routes: Routes) -> Routes {
    routes
        .command(Permission::DeskUse, routes!(pause_recording))
        .command(Permission::DeskUse, routes!(resume_recording))
        .command(Permission::DeskUse, routes!(start_recording))
        .command(Permission::DeskUse, routes!(stop_recording))
        .command(Permission::DeskUse, routes!(note_consent))
        .command(Permission::RecordingsPause, routes!(pause_talk))
        .command(Permission::RecordingsPause, routes!(resume_talk))
}

control! {
    /// The talk is kept again.
    resume_recording "/api/v1/handlings/{id}/resume-recording" "resume_recording" handling => AgentAction::ResumeRecording { handling };
    /// The talk is kept from here on, where the rule leaves that to the agent.
    start_recording "/api/v1/handlings/{id}/start-recording" "start_recording" handling => AgentAction::StartRecording { handling };
    /// The talk is kept no longer, where the rule leaves that to the agent; what was kept stays.
    stop_recording "/api/v1/handlings/{id}/stop-recording" "stop_recording" handling => AgentAction::StopRecording { handling };
}

/// Nothing is kept of the talk until it is resumed or over, or the pause is as long as one may be.
#[utoipa::path(post, path = "/api/v1/handlings/{id}/pause-recording", tag = "desk", operation_id = "pause_recording",
    params(("id" = String, Path)), request_body = RecordingPause, responses((status = 200, body = CommandDone)))]
async fn pause_recording(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(pause): Body<RecordingPause>,
) -> Answer<Json<CommandDone>> {
    ask(&app, &caller, AgentAction::PauseRecording { handling, reason: pause.reason.into() }).await
}

/// Notes what the customer said in words about being recorded. A refusal holds to the end of the conversation.
#[utoipa::path(post, path = "/api/v1/handlings/{id}/consent", tag = "desk", operation_id = "note_consent",
    params(("id" = String, Path)), request_body = ConsentNoted, responses((status = 200, body = CommandDone)))]
async fn note_consent(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(handling): PathId<HandlingId>,
    Body(noted): Body<ConsentNoted>,
) -> Answer<Json<CommandDone>> {
    ask(&app, &caller, AgentAction::NoteConsent { handling, given: noted.given }).await
}

/// Pauses the recording of a talk, whoever has it; ends as any pause does.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/pause-recording", tag = "conversations",
    operation_id = "pause_talk_recording", params(("id" = String, Path)), request_body = RecordingPause,
    responses((status = 200, body = CommandDone)))]
async fn pause_talk(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(conversation): PathId<ConversationId>,
    Body(pause): Body<RecordingPause>,
) -> Answer<Json<CommandDone>> {
    demand_conversation(&app, &caller, conversation).await?;
    ask(&app, &caller, AgentAction::PauseTalk { conversation, reason: pause.reason.into() }).await
}

/// The talk is kept again, whoever paused it.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/resume-recording", tag = "conversations",
    operation_id = "resume_talk_recording", params(("id" = String, Path)), responses((status = 200, body = CommandDone)))]
async fn resume_talk(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(conversation): PathId<ConversationId>,
) -> Answer<Json<CommandDone>> {
    demand_conversation(&app, &caller, conversation).await?;
    ask(&app, &caller, AgentAction::ResumeTalk { conversation }).await
}
