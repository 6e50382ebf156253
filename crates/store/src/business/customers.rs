//! Customers and their numbers.

use std::collections::HashMap;

use domain::{CustomerId, SiteId, TeamId, Utc};
use serde_json::{Map, Value, json};
use sqlx::QueryBuilder;
use sqlx::sqlite::{Sqlite, SqliteConnection, SqliteRow};

use super::rows::{Columns, optional, required};
use super::users::same_version;
use super::write::{Audit, Change};
use crate::ledger::signed;
use crate::numbers::{digits_of_search, normalise};
use crate::{PAGE_MAX, Page, Scope, Store, StoreError};

/// Numbers one customer may have.
const NUMBERS_MAX: usize = 50;

/// How a customer is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CustomerLevel {
    /// As everybody.
    Standard,
    /// First.
    Vip,
}

impl CustomerLevel {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            CustomerLevel::Standard => "standard",
            CustomerLevel::Vip => "vip",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<CustomerLevel> {
        [CustomerLevel::Standard, CustomerLevel::Vip].into_iter().find(|level| level.name() == name)
    }
}

/// A customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Their id.
    pub id: CustomerId,
    /// Name.
    pub name: String,
    /// Level.
    pub level: CustomerLevel,
    /// Company.
    pub company: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Numbers, the preferred one first.
    pub numbers: Vec<CustomerNumber>,
    /// Fields of the tenant's own.
    pub custom: Map<String, Value>,
    /// Site, where the customer belongs to one.
    pub site: Option<SiteId>,
    /// Team, where the customer belongs to one.
    pub team: Option<TeamId>,
    /// When the record was made.
    pub created_at: Utc,
    /// When it was last changed.
    pub updated_at: Utc,
    /// Grows with every change.
    pub version: u64,
}

/// A number of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerNumber {
    /// As it was typed.
    pub number: String,
    /// Normalised: what is compared.
    pub e164: String,
    /// Mobile, office and so on.
    pub label: Option<String>,
}

/// A number as a caller gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerNumberDraft {
    /// As it was typed.
    pub number: String,
    /// Mobile, office and so on.
    pub label: Option<String>,
}

/// What a caller says about a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerDraft {
    /// Name.
    pub name: String,
    /// Level.
    pub level: CustomerLevel,
    /// Company.
    pub company: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Numbers, the preferred one first.
    pub numbers: Vec<CustomerNumberDraft>,
    /// Fields of the tenant's own.
    pub custom: Map<String, Value>,
    /// Site.
    pub site: Option<SiteId>,
    /// Team.
    pub team: Option<TeamId>,
}

/// Which customers a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerQuery {
    /// Part of a name or company, or three or more digits of a number in any spelling.
    pub text: Option<String>,
    /// Exactly this number, in any spelling.
    pub number: Option<String>,
}

impl Customer {
    fn audit(&self) -> Value {
        let numbers: Vec<Value> =
            self.numbers.iter().map(|n| json!({ "number": n.number, "e164": n.e164, "label": n.label })).collect();
        json!({
            "name": self.name, "level": self.level.name(), "company": self.company, "note": self.note,
            "numbers": numbers, "custom": self.custom, "site_id": self.site.map(|s| s.to_string()),
            "team_id": self.team.map(|t| t.to_string()), "version": self.version,
        })
    }
}

fn customer(row: &SqliteRow) -> Result<Customer, StoreError> {
    Ok(Customer {
        id: row.id("id")?,
        name: row.text("name")?,
        level: row.code("level", CustomerLevel::from_name)?,
        company: row.maybe_text("company")?,
        note: row.maybe_text("note")?,
        numbers: Vec::new(),
        custom: row.object("custom")?,
        site: row.maybe_id("site_id")?,
        team: row.maybe_id("team_id")?,
        created_at: row.utc("created_us")?,
        updated_at: row.utc("updated_us")?,
        version: row.count("version")?,
    })
}

/// The rest of every question for customers: the tenant, and the reach.
fn within(columns: &str, scope: &Scope) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(format!("SELECT {columns} FROM customer c WHERE c.tenant_id = "));
    query.push_bind(scope.tenant.0);
    if let Some(site) = scope.site() {
        query.push(" AND (c.site_id IS NULL OR c.site_id = ").push_bind(site).push(")");
    }
    if let Some(team) = scope.team() {
        query.push(" AND (c.team_id IS NULL OR c.team_id = ").push_bind(team).push(")");
    }
    query
}

fn push_ids(query: &mut QueryBuilder<Sqlite>, ids: impl IntoIterator<Item = CustomerId>) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.0);
    }
}

async fn fetch(
    connection: &mut SqliteConnection,
    scope: &Scope,
    mut query: QueryBuilder<Sqlite>,
) -> Result<Vec<Customer>, StoreError> {
    let rows = query.build().fetch_all(&mut *connection).await?;
    let mut customers = rows.iter().map(customer).collect::<Result<Vec<_>, _>>()?;
    let mut numbers = numbers_of(connection, scope, &customers).await?;
    for customer in &mut customers {
        customer.numbers = numbers.remove(&customer.id).unwrap_or_default();
    }
    Ok(customers)
}

async fn numbers_of(
    connection: &mut SqliteConnection,
    scope: &Scope,
    customers: &[Customer],
) -> Result<HashMap<CustomerId, Vec<CustomerNumber>>, StoreError> {
    let mut numbers: HashMap<CustomerId, Vec<CustomerNumber>> = HashMap::new();
    if customers.is_empty() {
        return Ok(numbers);
    }
    let mut query =
        QueryBuilder::new("SELECT customer_id, number, e164, label FROM customer_number WHERE tenant_id = ");
    query.push_bind(scope.tenant.0).push(" AND customer_id IN (");
    push_ids(&mut query, customers.iter().map(|customer| customer.id));
    query.push(") ORDER BY customer_id, position");
    for row in query.build().fetch_all(connection).await? {
        let number =
            CustomerNumber { number: row.text("number")?, e164: row.text("e164")?, label: row.maybe_text("label")? };
        numbers.entry(row.id("customer_id")?).or_default().push(number);
    }
    Ok(numbers)
}

async fn find(connection: &mut SqliteConnection, scope: &Scope, id: CustomerId) -> Result<Customer, StoreError> {
    let mut query = within("c.*", scope);
    query.push(" AND c.id = ").push_bind(id.0);
    fetch(connection, scope, query).await?.pop().ok_or(StoreError::NotFound("customer"))
}

fn drafted(id: CustomerId, now: Utc, region: &str, draft: &CustomerDraft) -> Result<Customer, StoreError> {
    if draft.numbers.len() > NUMBERS_MAX {
        return Err(StoreError::Invalid("numbers"));
    }
    let numbers = draft.numbers.iter().map(|given| {
        let number = required(&given.number, 100, "number")?;
        Ok(CustomerNumber {
            number: number.to_owned(),
            e164: normalise(number, region).ok_or(StoreError::Invalid("number"))?,
            label: optional(given.label.as_deref(), 60, "label")?.map(str::to_owned),
        })
    });
    Ok(Customer {
        id,
        name: required(&draft.name, 200, "name")?.to_owned(),
        level: draft.level,
        company: optional(draft.company.as_deref(), 200, "company")?.map(str::to_owned),
        note: optional(draft.note.as_deref(), 10_000, "note")?.map(str::to_owned),
        numbers: numbers.collect::<Result<_, StoreError>>()?,
        custom: draft.custom.clone(),
        site: draft.site,
        team: draft.team,
        created_at: now,
        updated_at: now,
        version: 1,
    })
}

async fn insert_numbers(change: &mut Change<'_>, scope: &Scope, customer: &Customer) -> Result<(), StoreError> {
    for (position, number) in (0i64..).zip(&customer.numbers) {
        sqlx::query(
            "INSERT INTO customer_number (tenant_id, customer_id, position, number, e164, label) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(scope.tenant.0)
        .bind(customer.id.0)
        .bind(position)
        .bind(number.number.as_str())
        .bind(number.e164.as_str())
        .bind(number.label.as_deref())
        .execute(change.tx())
        .await?;
    }
    Ok(())
}

/// A text for LIKE in which the wildcards stand for themselves.
pub(super) fn like_part(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn push_search(query: &mut QueryBuilder<Sqlite>, text: &str, region: &str) {
    let part = format!("%{}%", like_part(text));
    query.push(" AND (c.name LIKE ").push_bind(part.clone()).push(" ESCAPE '\\'");
    query.push(" OR c.company LIKE ").push_bind(part).push(" ESCAPE '\\'");
    if let Some(digits) = digits_of_search(text) {
        let whole = normalise(&digits, region).unwrap_or_default();
        query.push(
            " OR EXISTS (SELECT 1 FROM customer_number n WHERE n.tenant_id = c.tenant_id AND n.customer_id = c.id AND (",
        );
        query.push("n.e164 = ").push_bind(whole);
        query.push(" OR n.e164 LIKE ").push_bind(format!("%{digits}%")).push("))");
    }
    query.push(")");
}

fn push_number(query: &mut QueryBuilder<Sqlite>, number: &str, region: &str) {
    let e164 = normalise(number, region).unwrap_or_default();
    query
        .push(" AND c.id IN (SELECT n.customer_id FROM customer_number n WHERE n.tenant_id = c.tenant_id AND n.e164 = ")
        .push_bind(e164)
        .push(")");
}

impl Store {
    /// Makes a customer.
    pub async fn create_customer(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &CustomerDraft,
    ) -> Result<Customer, StoreError> {
        let created = drafted(self.mint(now), now, &self.region(scope.tenant), draft)?;
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO customer (tenant_id, id, site_id, team_id, name, level, company, note, custom, version, \
             created_us, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.site.map(|s| s.0))
        .bind(created.team.map(|t| t.0))
        .bind(created.name.as_str())
        .bind(created.level.name())
        .bind(created.company.as_deref())
        .bind(created.note.as_deref())
        .bind(Value::Object(created.custom.clone()).to_string())
        .bind(now.0)
        .execute(change.tx())
        .await?;
        insert_numbers(&mut change, scope, &created).await?;
        change.commit(Audit::of("customer.created", created.id, Value::Null, created.audit())).await?;
        Ok(created)
    }

    /// Changes a customer if `version` is still the current one.
    pub async fn update_customer(
        &self,
        scope: &Scope,
        now: Utc,
        id: CustomerId,
        version: u64,
        draft: &CustomerDraft,
    ) -> Result<Customer, StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find(change.tx(), scope, id).await?;
        same_version(before.version, version)?;
        let mut after = drafted(id, now, &self.region(scope.tenant), draft)?;
        after.created_at = before.created_at;
        after.version = before.version + 1;
        sqlx::query(
            "UPDATE customer SET site_id = $1, team_id = $2, name = $3, level = $4, company = $5, note = $6, \
             custom = $7, version = $8, updated_us = $9 WHERE tenant_id = $10 AND id = $11",
        )
        .bind(after.site.map(|s| s.0))
        .bind(after.team.map(|t| t.0))
        .bind(after.name.as_str())
        .bind(after.level.name())
        .bind(after.company.as_deref())
        .bind(after.note.as_deref())
        .bind(Value::Object(after.custom.clone()).to_string())
        .bind(signed(after.version)?)
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        sqlx::query("DELETE FROM customer_number WHERE tenant_id = $1 AND customer_id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        insert_numbers(&mut change, scope, &after).await?;
        change.commit(Audit::of("customer.updated", id, before.audit(), after.audit())).await?;
        Ok(after)
    }

    /// One customer.
    pub async fn customer(&self, scope: &Scope, id: CustomerId) -> Result<Customer, StoreError> {
        find(&mut *self.business.read().await?, scope, id).await
    }

    /// Several customers at once, in no order; those out of reach are left out.
    pub async fn customers_by_id(&self, scope: &Scope, ids: &[CustomerId]) -> Result<Vec<Customer>, StoreError> {
        let mut connection = self.business.read().await?;
        let mut customers = Vec::with_capacity(ids.len());
        for ids in ids.chunks(PAGE_MAX as usize) {
            let mut query = within("c.*", scope);
            query.push(" AND c.id IN (");
            push_ids(&mut query, ids.iter().copied());
            query.push(")");
            customers.extend(fetch(&mut connection, scope, query).await?);
        }
        Ok(customers)
    }

    /// Customers, newest first.
    pub async fn customers(
        &self,
        scope: &Scope,
        query: &CustomerQuery,
        page: Page<CustomerId>,
    ) -> Result<Vec<Customer>, StoreError> {
        let region = self.region(scope.tenant);
        let mut sql = within("c.*", scope);
        if let Some(text) = query.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            push_search(&mut sql, text, &region);
        }
        if let Some(number) = query.number.as_deref() {
            push_number(&mut sql, number, &region);
        }
        if let Some(after) = page.after {
            sql.push(" AND c.id < ").push_bind(after.0);
        }
        sql.push(" ORDER BY c.id DESC LIMIT ").push_bind(page.rows());
        fetch(&mut *self.business.read().await?, scope, sql).await
    }

    /// Customers with this number in any spelling, the last changed first.
    pub async fn customers_by_number(&self, scope: &Scope, number: &str) -> Result<Vec<Customer>, StoreError> {
        let mut sql = within("c.*", scope);
        push_number(&mut sql, number, &self.region(scope.tenant));
        sql.push(" ORDER BY c.updated_us DESC, c.id DESC LIMIT ").push_bind(i64::from(PAGE_MAX));
        fetch(&mut *self.business.read().await?, scope, sql).await
    }

    /// The customer a call with this number belongs to: the last changed of those who have it.
    pub async fn resolve_customer(&self, scope: &Scope, number: &str) -> Result<Option<CustomerId>, StoreError> {
        let mut sql = within("c.id", scope);
        push_number(&mut sql, number, &self.region(scope.tenant));
        sql.push(" ORDER BY c.updated_us DESC, c.id DESC LIMIT 1");
        let row = sql.build().fetch_optional(self.business.readers()).await?;
        row.map(|row| row.id("id")).transpose()
    }
}
