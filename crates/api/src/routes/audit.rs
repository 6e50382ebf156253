//! The audit trail.

use std::str::FromStr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{Permission, Utc};
use serde_json::Value;
use store::{AuditFilter, Page};
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Caller;
use crate::declare::Routes;
use crate::directory::Wanted;
use crate::error::Answer;
use crate::extract::Params;
use crate::faults::Faults;
use crate::json::audit::{AuditQuery, AuditRow};
use crate::json::problem::FaultCode;
use crate::json::{List, Named};
use crate::limits::AUDIT_FILTER_CHARS_MAX;
use crate::page::{after, limit, page};

/// Subjects whose rows hold settings, accounts and refusals. All others may hold what customers told about themselves;
/// a subject that is not here is one of them.
const IMPERSONAL: [&str; 18] = [
    "access",
    "api_token",
    "audit",
    "calendar",
    "calendar_exception",
    "disposition",
    "flow",
    "not_ready_reason",
    "number",
    "queue",
    "session",
    "site",
    "skill",
    "team",
    "tenant",
    "trunk",
    "agent",
    "user",
];

pub fn declare(routes: Routes) -> Routes {
    routes.needs(Permission::AuditRead, routes!(list))
}

/// The audit trail, the newest row first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", operation_id = "list_audit",
    params(AuditQuery), responses((status = 200, body = List<AuditRow>)))]
async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(query): Params<AuditQuery>,
) -> Answer<Json<List<AuditRow>>> {
    let limit = limit(query.limit.as_deref())?;
    let filter = read_filter(&query)?;
    let asked = Page { limit: limit + 1, after: after(&app, "audit", query.cursor.as_deref())? };
    let rows = app.store.audit_search(&caller.scope(), &filter, asked).await?;
    let wanted =
        Wanted { agents: rows.iter().filter_map(|row| row.actor).map(Into::into).collect(), ..Wanted::default() };
    let names = app.directory.names(&app, caller.tenant, wanted).await?;
    let unmasked = caller.can(Permission::PersonalDataRead);
    let show = |row: store::AuditRow| {
        let may_see = unmasked || is_impersonal(&row.action);
        let payload = row.payload.filter(|_| may_see);
        let part = |name: &str| payload.as_ref().map_or(Value::Null, |payload| payload[name].clone());
        AuditRow {
            seq: row.seq,
            at_us: row.at.0,
            actor: row.actor.map(|user| Named { id: user.to_string(), name: names.agent(user.into()).name }),
            withheld: payload.is_none(),
            before: part("before"),
            after: part("after"),
            action: row.action,
            object_id: row.object,
        }
    };
    Ok(Json(page(&app, "audit", limit, rows, |row| row.seq.to_string(), show)))
}

fn is_impersonal(action: &str) -> bool {
    action.split_once('.').is_some_and(|(subject, _)| IMPERSONAL.contains(&subject))
}

fn read_filter(query: &AuditQuery) -> Answer<AuditFilter> {
    fn moment(faults: &mut Faults, field: &str, text: Option<&String>) -> Option<Utc> {
        let read = i64::from_str(text?).ok().map(Utc);
        if read.is_none() {
            faults.add(field, FaultCode::Malformed);
        }
        read
    }
    let mut faults = Faults::default();
    let filter = AuditFilter {
        actor: query.actor_id.as_deref().and_then(|text| faults.id("actor_id", text, |_| true)),
        object: faults.optional("object_id", query.object_id.as_deref(), AUDIT_FILTER_CHARS_MAX),
        action: faults.optional("action", query.action.as_deref(), AUDIT_FILTER_CHARS_MAX),
        from: moment(&mut faults, "from_at_us", query.from_at_us.as_ref()),
        until: moment(&mut faults, "until_at_us", query.until_at_us.as_ref()),
    };
    faults.none().map(|()| filter)
}
