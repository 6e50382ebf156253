//! Settings that can only be read: skills, flows, teams.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{FlowId, Permission};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::error::{Answer, RouteError};
use crate::extract::{Params, PathId};
use crate::json::settings::{Flow, FlowSummary};
use crate::json::{List, Named};
use crate::page::{PageQuery, cut};

pub fn declare(routes: Routes) -> Routes {
    let need = Permission::SettingsRead;
    routes
        .needs(need, routes!(skills))
        .needs(need, routes!(flows))
        .needs(need, routes!(teams))
        .needs(need, routes!(flow))
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident $path:literal $operation:literal $read:ident -> $item:ty, $row:ident => $show:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(get, path = $path, tag = "settings", operation_id = $operation,
            params(PageQuery), responses((status = 200, body = List<$item>)))]
        async fn $name(
            State(app): State<Arc<App>>,
            caller: Caller,
            Params(query): Params<PageQuery>,
        ) -> Answer<Json<List<$item>>> {
            let rows = app.store.$read(&caller.scope()).await?;
            cut(&app, $operation, &query, rows, |row| row.id.to_string(), |$row| $show).map(Json)
        }
    )+};
}

lists! {
    /// Skills.
    skills "/api/v1/skills" "list_skills" skills -> Named, row => Named { id: row.id.to_string(), name: row.name };
    /// Published flows.
    flows "/api/v1/flows" "list_flows" flows -> FlowSummary, row => FlowSummary::from(row);
    /// Teams.
    teams "/api/v1/teams" "list_teams" teams -> Named, row => Named { id: row.id.to_string(), name: row.name };
}

/// The published version of a flow.
#[utoipa::path(get, path = "/api/v1/flows/{id}", tag = "settings", operation_id = "get_flow",
    params(("id" = String, Path)), responses((status = 200, body = Flow)))]
async fn flow(State(app): State<Arc<App>>, caller: Caller, PathId(id): PathId<FlowId>) -> Answer<Json<Flow>> {
    let flow = app.store.flow(&caller.scope(), id, None).await.map_err(RouteError::from)?;
    Ok(Json(flow.into()))
}
