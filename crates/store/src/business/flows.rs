//! Flows and their versions.

use domain::settings::{Flow, FlowNode, FlowNodeKind, HoursOf};
use domain::{FlowId, QueueId, Utc};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::flow_codec::{exits, from_text, to_text};
use super::rows::{Columns, required};
use super::write::{Audit, Change};
use super::{calendars::find_calendars, queues::find_queues};
use crate::{Scope, Store, StoreError};

/// Nodes of one flow.
const NODES_MAX: usize = 500;

/// What a caller says about a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowDraft {
    /// Its name.
    pub name: String,
    /// Index of the first node.
    pub entry: u16,
    /// The nodes; every exit must be the index of one.
    pub nodes: Vec<FlowNode>,
}

fn flow(row: &SqliteRow) -> Result<Flow, StoreError> {
    let version = u32::try_from(row.count("version")?).map_err(|_| StoreError::corrupt("column version"))?;
    let (entry, nodes) = from_text(&row.text("body")?)?;
    Ok(Flow { id: row.id("flow_id")?, version, name: row.text("name")?, entry, nodes })
}

pub(super) async fn find_flows(connection: &mut SqliteConnection, scope: &Scope) -> Result<Vec<Flow>, StoreError> {
    let rows = sqlx::query(
        "SELECT v.flow_id, v.version, v.name, v.body FROM flow f \
         JOIN flow_version v ON v.tenant_id = f.tenant_id AND v.flow_id = f.id AND v.version = f.published_version \
         WHERE f.tenant_id = $1 ORDER BY f.id",
    )
    .bind(scope.tenant.0)
    .fetch_all(connection)
    .await?;
    rows.iter().map(flow).collect()
}

/// Every exit leads to a node, and every queue and calendar exists: a floor never meets a dangling flow.
async fn check(connection: &mut SqliteConnection, scope: &Scope, draft: &FlowDraft) -> Result<(), StoreError> {
    let count = draft.nodes.len();
    if count == 0 || count > NODES_MAX || usize::from(draft.entry) >= count {
        return Err(StoreError::Invalid("nodes"));
    }
    if draft.nodes.iter().flat_map(|node| exits(&node.kind)).any(|exit| usize::from(exit) >= count) {
        return Err(StoreError::Invalid("an exit that leads to no node"));
    }
    let scope = Scope::system(scope.tenant);
    let queues: Vec<QueueId> = find_queues(connection, &scope, None).await?.into_iter().map(|q| q.queue.id).collect();
    let calendars: Vec<_> = find_calendars(connection, &scope).await?.into_iter().map(|c| c.calendar.id).collect();
    let is_known = |node: &FlowNode| match &node.kind {
        FlowNodeKind::Enqueue { queue, .. } => queues.contains(queue),
        FlowNodeKind::Hours { calendar: HoursOf::Calendar(calendar), .. } => calendars.contains(calendar),
        FlowNodeKind::Hours { calendar: HoursOf::Number, .. }
        | FlowNodeKind::Play { .. }
        | FlowNodeKind::Menu { .. }
        | FlowNodeKind::SetLanguage { .. }
        | FlowNodeKind::Voicemail { .. }
        | FlowNodeKind::Consent { .. }
        | FlowNodeKind::HangUp { .. } => true,
    };
    if draft.nodes.iter().all(is_known) { Ok(()) } else { Err(StoreError::Invalid("a queue or calendar of a node")) }
}

async fn insert_version(change: &mut Change<'_>, scope: &Scope, now: Utc, flow: &Flow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO flow_version (tenant_id, flow_id, version, name, body, created_us) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(scope.tenant.0)
    .bind(flow.id.0)
    .bind(i64::from(flow.version))
    .bind(flow.name.as_str())
    .bind(to_text(flow.entry, &flow.nodes)?)
    .bind(now.0)
    .execute(change.tx())
    .await?;
    Ok(())
}

fn drafted(id: FlowId, version: u32, draft: &FlowDraft) -> Result<Flow, StoreError> {
    let name = required(&draft.name, 200, "name")?.to_owned();
    Ok(Flow { id, version, name, entry: draft.entry, nodes: draft.nodes.clone() })
}

impl Store {
    /// Makes a flow and publishes it as version 1.
    pub async fn create_flow(&self, scope: &Scope, now: Utc, draft: &FlowDraft) -> Result<Flow, StoreError> {
        let created = drafted(self.mint(now), 1, draft)?;
        let mut change = self.change(scope, now).await?;
        check(change.tx(), scope, draft).await?;
        sqlx::query(
            "INSERT INTO flow (tenant_id, id, name, published_version, created_us, updated_us) \
             VALUES ($1, $2, $3, 1, $4, $4)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.name.as_str())
        .bind(now.0)
        .execute(change.tx())
        .await?;
        insert_version(&mut change, scope, now, &created).await?;
        let after = json!({ "name": created.name, "version": 1 });
        change.commit(Audit::of_setting("flow.published", created.id, Value::Null, after)).await?;
        Ok(created)
    }

    /// Publishes the next version. Earlier versions stay readable for the timelines of old conversations.
    pub async fn publish_flow(
        &self,
        scope: &Scope,
        now: Utc,
        id: FlowId,
        draft: &FlowDraft,
    ) -> Result<Flow, StoreError> {
        let mut change = self.change(scope, now).await?;
        check(change.tx(), scope, draft).await?;
        let known = find_flows(change.tx(), scope).await?;
        let before = known.iter().find(|flow| flow.id == id).ok_or(StoreError::NotFound("flow"))?;
        let published = drafted(id, before.version + 1, draft)?;
        insert_version(&mut change, scope, now, &published).await?;
        sqlx::query(
            "UPDATE flow SET name = $1, published_version = $2, updated_us = $3 WHERE tenant_id = $4 AND id = $5",
        )
        .bind(published.name.as_str())
        .bind(i64::from(published.version))
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        let (before, after) = (
            json!({ "name": before.name, "version": before.version }),
            json!({ "name": published.name, "version": published.version }),
        );
        change.commit(Audit::of_setting("flow.published", id, before, after)).await?;
        Ok(published)
    }

    /// One version of a flow; without `version` the published one.
    pub async fn flow(&self, scope: &Scope, id: FlowId, version: Option<u32>) -> Result<Flow, StoreError> {
        let row = sqlx::query(
            "SELECT v.flow_id, v.version, v.name, v.body FROM flow f \
             JOIN flow_version v ON v.tenant_id = f.tenant_id AND v.flow_id = f.id \
             WHERE f.tenant_id = $1 AND f.id = $2 AND v.version = COALESCE($3, f.published_version)",
        )
        .bind(scope.tenant.0)
        .bind(id.0)
        .bind(version.map(i64::from))
        .fetch_optional(self.business.readers())
        .await?;
        flow(&row.ok_or(StoreError::NotFound("flow"))?)
    }

    /// The published version of every flow, oldest flow first.
    pub async fn flows(&self, scope: &Scope) -> Result<Vec<Flow>, StoreError> {
        find_flows(&mut *self.business.read().await?, scope).await
    }
}
