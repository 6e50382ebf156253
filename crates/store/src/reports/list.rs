//! Questions about conversations.

use domain::{ConversationId, CustomerId, SiteId, TeamId, Utc};
use sqlx::sqlite::Sqlite;
use sqlx::{QueryBuilder, Row};

use super::{ConversationFilter, ConversationKey, ConversationRow, row};
use crate::{Page, Reach, Scope, Store, StoreError};

/// Columns out of tables, among them the conversations `c`, as far as the scope reaches.
pub(super) async fn within(
    store: &Store,
    columns: &str,
    tables: &str,
    scope: &Scope,
) -> Result<QueryBuilder<Sqlite>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {columns} FROM {tables} WHERE c.tenant_id = "));
    query.push_bind(scope.tenant.0);
    match scope.reach {
        Reach::Tenant => {}
        Reach::Site(site) => {
            // Those of its numbers, and those its people had a part in: who moves between sites is seen by both.
            let agents = store.site_members(scope, site).await?;
            query.push(" AND (c.site_id = ").push_bind(site.0).push(" OR ");
            push_took_part(&mut query, &agents);
            query.push(")");
        }
        Reach::Own => {
            push_agents(&mut query, &[scope.own().unwrap_or(-1)]);
        }
        Reach::Team(team) => {
            let agents = store.team_members(scope, team).await?;
            push_agents(&mut query, &agents);
        }
    }
    Ok(query)
}

/// Only conversations one of the agents took part in.
fn push_agents(query: &mut QueryBuilder<Sqlite>, agents: &[i64]) {
    query.push(" AND ");
    push_took_part(query, agents);
}

fn push_took_part(query: &mut QueryBuilder<Sqlite>, agents: &[i64]) {
    query.push(
        "EXISTS (SELECT 1 FROM conversation_agent a WHERE a.tenant_id = c.tenant_id AND a.conversation_id = c.id \
         AND a.agent_id IN (",
    );
    let mut list = query.separated(", ");
    for agent in agents {
        list.push_bind(*agent);
    }
    query.push("))");
}

fn push_filter(query: &mut QueryBuilder<Sqlite>, filter: &ConversationFilter) {
    if let Some(state) = filter.state {
        query.push(" AND c.state = ").push_bind(row::state_name(state));
    }
    if let Some(queue) = filter.queue {
        query.push(" AND c.queue_id = ").push_bind(queue.0);
    }
    if let Some(customer) = filter.customer {
        query.push(" AND c.customer_id = ").push_bind(customer.0);
    }
    if let Some(agent) = filter.agent {
        push_agents(query, &[agent.0]);
    }
}

impl Store {
    /// Conversations, newest first.
    pub async fn list_conversations(
        &self,
        scope: &Scope,
        filter: &ConversationFilter,
        page: Page<ConversationKey>,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        let mut query = within(self, "c.*", "conversation c", scope).await?;
        push_filter(&mut query, filter);
        if let Some(after) = page.after {
            let at = after.started_at.0;
            query.push(" AND (c.started_us < ").push_bind(at);
            query.push(" OR (c.started_us = ").push_bind(at).push(" AND c.id < ").push_bind(after.id.0).push("))");
        }
        query.push(" ORDER BY c.started_us DESC, c.id DESC LIMIT ").push_bind(page.rows());
        let rows = query.build().fetch_all(self.reports.readers()).await?;
        rows.iter().map(row::read).collect()
    }

    /// One conversation.
    pub async fn conversation(&self, scope: &Scope, id: ConversationId) -> Result<ConversationRow, StoreError> {
        let mut query = within(self, "c.*", "conversation c", scope).await?;
        query.push(" AND c.id = ").push_bind(id.0);
        let found = query.build().fetch_optional(self.reports.readers()).await?;
        row::read(&found.ok_or(StoreError::NotFound("conversation"))?)
    }

    /// When the customer's last conversation other than `except` began.
    pub async fn last_contact(
        &self,
        scope: &Scope,
        customer: CustomerId,
        except: Option<ConversationId>,
    ) -> Result<Option<Utc>, StoreError> {
        let found = sqlx::query(
            "SELECT MAX(started_us) FROM conversation WHERE tenant_id = $1 AND customer_id = $2 AND id <> $3",
        )
        .bind(scope.tenant.0)
        .bind(customer.0)
        .bind(except.map_or(-1, |id| id.0))
        .fetch_one(self.reports.readers())
        .await?;
        Ok(found.try_get::<Option<i64>, _>(0)?.map(Utc))
    }

    async fn team_members(&self, scope: &Scope, team: TeamId) -> Result<Vec<i64>, StoreError> {
        self.members("SELECT id FROM user_account WHERE tenant_id = $1 AND team_id = $2", scope, team.0).await
    }

    async fn site_members(&self, scope: &Scope, site: SiteId) -> Result<Vec<i64>, StoreError> {
        self.members("SELECT id FROM user_account WHERE tenant_id = $1 AND site_id = $2", scope, site.0).await
    }

    async fn members(&self, question: &'static str, scope: &Scope, of: i64) -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query(question).bind(scope.tenant.0).bind(of).fetch_all(self.business.readers()).await?;
        let mut members = rows.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<Vec<_>, StoreError>>()?;
        // No agent has this number; an empty list is no SQL outside SQLite.
        members.push(-1);
        Ok(members)
    }
}
