//! How conversations sounded, and how talks sound at this moment.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{ConversationId, LedgerEntry, Permission};
use utoipa_axum::routes;

use super::conversations::projected;
use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::directory::Wanted;
use crate::error::Answer;
use crate::extract::PathId;
use crate::json::quality::{ConversationQuality, FloorQuality};
use crate::views::discreet::Discreet;
use crate::views::quality::{self, LegsTold};
use crate::views::sight::Sight;

pub fn declare(routes: Routes) -> Routes {
    routes
        .needs(Permission::ConversationsRead, routes!(conversation_quality))
        .needs(Permission::FloorRead, routes!(floor_quality))
}

/// How the legs of a conversation sounded, interval by interval.
#[utoipa::path(get, path = "/api/v1/conversations/{id}/quality", tag = "conversations",
    operation_id = "get_conversation_quality", params(("id" = String, Path)),
    responses((status = 200, body = ConversationQuality)))]
async fn conversation_quality(
    State(app): State<Arc<App>>,
    caller: Caller,
    PathId(id): PathId<ConversationId>,
) -> Answer<Json<ConversationQuality>> {
    let scope = caller.scope();
    projected(&app, &caller).await?;
    app.store.conversation(&scope, id).await?;
    let entries = app.store.conversation_events(&scope, id).await?;
    let (mut discreet, tells_all) = (Discreet::default(), caller.can(Permission::FloorSupervise));
    let shown = |entry: &LedgerEntry| tells_all || !discreet.hides(caller.agent(), &entry.event);
    let entries: Vec<LedgerEntry> = entries.into_iter().filter(shown).collect();
    let mut wanted = Wanted::default();
    wanted.agents.extend(entries.iter().filter_map(|entry| entry.event.agent()));
    let names = app.directory.names(&app, caller.tenant, wanted).await?;
    let told = LegsTold::read(&entries, &names);
    let kept = app.store.courses(&scope, id).await?;
    let live = if told.here.is_empty() { Vec::new() } else { app.floor.courses(told.here.clone()).await };
    let kept = kept.iter().filter_map(|course| told.show(course, false));
    let legs = kept.chain(live.iter().filter_map(|course| told.show(course, true)));
    Ok(Json(ConversationQuality { legs: legs.collect() }))
}

/// How the talks of the floor sound at this moment. It changes every ten seconds at most.
#[utoipa::path(get, path = "/api/v1/floor/quality", tag = "floor", operation_id = "get_floor_quality",
    responses((status = 200, body = FloorQuality)))]
async fn floor_quality(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<FloorQuality>> {
    let Some(live) = app.floor.live(caller.tenant) else { return Ok(Json(FloorQuality { agents: Vec::new() })) };
    let sight = Sight::of(&app, &caller).await?;
    let live = sight.map_or(live.clone(), |sight| Arc::new(sight.narrow(&live)));
    let scores = app.floor.scores().await.into_iter().collect();
    Ok(Json(FloorQuality { agents: quality::floor(&live, &scores) }))
}
