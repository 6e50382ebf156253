//! Lists of numbers: blocked, let in, first.

use domain::outbound::is_emergency_number;
use domain::screening::{Covers, LIST_ENTRIES_MAX, ListEntry, NumberList};
use domain::{ListEntryId, UserId, Utc};
use serde_json::{Value, json};
use sqlx::QueryBuilder;
use sqlx::sqlite::{Sqlite, SqliteConnection, SqliteRow};

use super::customers::like_part;
use super::rows::{Columns, optional, required};
use super::telephony::find_numbers;
use super::write::{Audit, Change};
use crate::listed::{beginnings, listed};
use crate::numbers::digits_of_search;
use crate::{Page, Scope, Store, StoreError};

/// Characters of a number as typed.
const VALUE_CHARS_MAX: usize = 40;
/// Characters of a note.
const NOTE_CHARS_MAX: usize = 2_000;

/// What a conflict says when the list has an entry for the same.
pub const NUMBER_LISTED: &str = "the number is on the list";

/// What a conflict says when there are [`LIST_ENTRIES_MAX`].
pub const LISTS_FULL: &str = "the lists hold as many numbers as they may";

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRecord {
    /// Its id.
    pub id: ListEntryId,
    /// Of which list.
    pub list: NumberList,
    /// One number, all that begin so, or all of an area.
    pub covers: Covers,
    /// As it was typed; of an area its path.
    pub value: String,
    /// What is compared: the spellings it stands for.
    pub spellings: Vec<String>,
    /// Why it is there.
    pub note: Option<String>,
    /// From when on it says nothing any more.
    pub expires_at: Option<Utc>,
    /// When it was put in.
    pub created_at: Utc,
    /// By whom.
    pub created_by: Option<UserId>,
}

/// An entry to be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListDraft {
    /// Into which list.
    pub list: NumberList,
    /// One number, all that begin so, or all of an area.
    pub covers: Covers,
    /// In any spelling; of an area its path, which the data on numbers knows: nobody checks that here.
    pub value: String,
    /// Why.
    pub note: Option<String>,
    /// Until when.
    pub expires_at: Option<Utc>,
}

/// A change of an entry; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListChange {
    /// Into which list.
    pub list: Option<NumberList>,
    /// Why; an inner `None` takes the note away.
    pub note: Option<Option<String>>,
    /// Until when; an inner `None` is for ever.
    pub expires_at: Option<Option<Utc>>,
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Of this list only.
    pub list: Option<NumberList>,
    /// Part of a note or of the path of an area, or three or more digits of a number.
    pub text: Option<String>,
    /// Entries of these areas as well: those the text is part of the name of.
    pub areas: Vec<String>,
}

/// Spellings in their column.
fn joined(spellings: &[String]) -> String {
    spellings.join(" ")
}

fn spellings_of(covers: Covers, value: &str, region: &str) -> Option<Vec<String>> {
    match covers {
        Covers::Number => listed(value, region).map(|one| vec![one]),
        Covers::Prefix => beginnings(value, region),
        Covers::Area => is_area(value).then(|| vec![value.to_owned()]),
    }
}

/// Whether a text is the path of an area: the code of a country, and up to two names.
fn is_area(value: &str) -> bool {
    let mut parts = value.split('/');
    let is_code =
        parts.next().is_some_and(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
    let names: Vec<&str> = parts.collect();
    let is_name = |name: &&str| !name.trim().is_empty() && !name.chars().any(char::is_control);
    is_code && names.len() <= 2 && names.iter().all(is_name)
}

/// The spellings of a row. The name of an area may hold a space.
fn split(covers: Covers, normalised: String) -> Vec<String> {
    match covers {
        Covers::Area => vec![normalised],
        Covers::Number | Covers::Prefix => normalised.split(' ').map(str::to_owned).collect(),
    }
}

impl ListRecord {
    fn audit(&self) -> Value {
        json!({
            "list": self.list.name(), "kind": self.covers.name(), "value": self.value, "note": self.note,
            "expires_us": self.expires_at.map(|at| at.0),
        })
    }
}

fn record(row: &SqliteRow) -> Result<ListRecord, StoreError> {
    let covers = row.code("kind", Covers::from_name)?;
    Ok(ListRecord {
        id: row.id("id")?,
        list: row.code("list", NumberList::from_name)?,
        covers,
        value: row.text("value")?,
        spellings: split(covers, row.text("normalised")?),
        note: row.maybe_text("note")?,
        expires_at: row.maybe_utc("expires_us")?,
        created_at: row.utc("created_us")?,
        created_by: row.maybe_id("created_by")?,
    })
}

/// Everything floors compare callers with. Entries that have expired are among them: whoever compares knows what time it is.
pub(super) async fn find_entries(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<ListEntry>, StoreError> {
    let rows = sqlx::query("SELECT * FROM number_list_entry WHERE tenant_id = $1 ORDER BY id")
        .bind(scope.tenant.0)
        .fetch_all(connection)
        .await?;
    let entry = |row: &SqliteRow| {
        let ListRecord { id, list, covers, spellings, expires_at, .. } = record(row)?;
        Ok(ListEntry { id, list, covers, spellings, expires: expires_at })
    };
    rows.iter().map(entry).collect()
}

async fn find(connection: &mut SqliteConnection, scope: &Scope, id: ListEntryId) -> Result<ListRecord, StoreError> {
    let row = sqlx::query("SELECT * FROM number_list_entry WHERE tenant_id = $1 AND id = $2")
        .bind(scope.tenant.0)
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    record(&row.ok_or(StoreError::NotFound("number list entry"))?)
}

/// Makes room: an expired entry for the same gives way, and when there are too many all expired ones do.
async fn make_room(change: &mut Change<'_>, scope: &Scope, now: Utc, new: &ListRecord) -> Result<(), StoreError> {
    let normalised = joined(&new.spellings);
    let (list, covers) = (new.list.name(), new.covers.name());
    sqlx::query(
        "DELETE FROM number_list_entry WHERE tenant_id = $1 AND list = $2 AND kind = $3 AND normalised = $4 \
         AND expires_us <= $5 AND id <> $6",
    )
    .bind(scope.tenant.0)
    .bind(list)
    .bind(covers)
    .bind(normalised.as_str())
    .bind(now.0)
    .bind(new.id.0)
    .execute(change.tx())
    .await?;
    let taken = sqlx::query(
        "SELECT id FROM number_list_entry WHERE tenant_id = $1 AND list = $2 AND kind = $3 AND normalised = $4 \
         AND id <> $5",
    )
    .bind(scope.tenant.0)
    .bind(list)
    .bind(covers)
    .bind(normalised.as_str())
    .bind(new.id.0)
    .fetch_optional(change.tx())
    .await?;
    if taken.is_some() {
        return Err(StoreError::Conflict(NUMBER_LISTED));
    }
    if count(change, scope, new.id).await? >= LIST_ENTRIES_MAX {
        sqlx::query("DELETE FROM number_list_entry WHERE tenant_id = $1 AND expires_us <= $2")
            .bind(scope.tenant.0)
            .bind(now.0)
            .execute(change.tx())
            .await?;
        if count(change, scope, new.id).await? >= LIST_ENTRIES_MAX {
            return Err(StoreError::Conflict(LISTS_FULL));
        }
    }
    Ok(())
}

/// How many entries there are beside one.
async fn count(change: &mut Change<'_>, scope: &Scope, beside: ListEntryId) -> Result<usize, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS entries FROM number_list_entry WHERE tenant_id = $1 AND id <> $2")
        .bind(scope.tenant.0)
        .bind(beside.0)
        .fetch_one(change.tx())
        .await?;
    Ok(usize::try_from(row.count("entries")?).unwrap_or(usize::MAX))
}

/// Nobody who helps, no number of the centre itself, and not its whole country is kept out.
async fn may_be_on(
    connection: &mut SqliteConnection,
    scope: &Scope,
    region: &str,
    new: &ListRecord,
) -> Result<(), StoreError> {
    if new.list == NumberList::Block && new.covers == Covers::Area && new.value == region {
        return Err(StoreError::Invalid("the country of the centre cannot be blocked"));
    }
    if new.list != NumberList::Block || new.covers != Covers::Number {
        return Ok(());
    }
    if new.spellings.iter().any(|one| is_emergency_number(one)) {
        return Err(StoreError::Invalid("an emergency number cannot be blocked"));
    }
    let own = find_numbers(connection, scope).await?;
    if own.iter().filter_map(|own| listed(&own.number, region)).any(|own| new.spellings.contains(&own)) {
        return Err(StoreError::Invalid("a number of the centre cannot be blocked"));
    }
    Ok(())
}

impl Store {
    /// How a caller's number is compared with lists; `None` when it has no digit.
    pub fn caller_spelling(&self, scope: &Scope, number: &str) -> Option<String> {
        listed(number, &self.region(scope.tenant))
    }

    /// The country whose numbers need no code here, ISO 3166 alpha-2: the one that cannot be blocked.
    pub fn home_area(&self, scope: &Scope) -> String {
        self.region(scope.tenant)
    }

    /// What an entry would stand for; `None` when it cannot be read, or a beginning is too short.
    pub fn list_spellings(&self, scope: &Scope, covers: Covers, value: &str) -> Option<Vec<String>> {
        spellings_of(covers, value, &self.region(scope.tenant))
    }

    /// Puts an entry in.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is there already ([`NUMBER_LISTED`]) or there are too many ([`LISTS_FULL`]); [`StoreError::Invalid`] when the value is no
    /// number or may not be blocked.
    pub async fn add_list_entry(&self, scope: &Scope, now: Utc, draft: &ListDraft) -> Result<ListRecord, StoreError> {
        let region = self.region(scope.tenant);
        let value = required(&draft.value, VALUE_CHARS_MAX, "value")?.to_owned();
        let created = ListRecord {
            id: self.mint(now),
            list: draft.list,
            covers: draft.covers,
            spellings: spellings_of(draft.covers, &value, &region).ok_or(StoreError::Invalid("value"))?,
            value,
            note: optional(draft.note.as_deref(), NOTE_CHARS_MAX, "note")?.map(str::to_owned),
            expires_at: draft.expires_at,
            created_at: now,
            created_by: scope.user,
        };
        let mut change = self.change(scope, now).await?;
        may_be_on(change.tx(), scope, &region, &created).await?;
        make_room(&mut change, scope, now, &created).await?;
        sqlx::query(
            "INSERT INTO number_list_entry (tenant_id, id, list, kind, value, normalised, note, expires_us, created_by, \
             created_us, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        )
        .bind(scope.tenant.0)
        .bind(created.id.0)
        .bind(created.list.name())
        .bind(created.covers.name())
        .bind(created.value.as_str())
        .bind(joined(&created.spellings))
        .bind(created.note.as_deref())
        .bind(created.expires_at.map(|at| at.0))
        .bind(created.created_by.map(|user| user.0))
        .bind(now.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("number_list.added", created.id, Value::Null, created.audit())).await?;
        Ok(created)
    }

    /// Changes an entry.
    pub async fn change_list_entry(
        &self,
        scope: &Scope,
        now: Utc,
        id: ListEntryId,
        wanted: &ListChange,
    ) -> Result<ListRecord, StoreError> {
        let region = self.region(scope.tenant);
        let mut change = self.change(scope, now).await?;
        let before = find(change.tx(), scope, id).await?;
        let note = wanted.note.clone().unwrap_or_else(|| before.note.clone());
        let after = ListRecord {
            list: wanted.list.unwrap_or(before.list),
            note: optional(note.as_deref(), NOTE_CHARS_MAX, "note")?.map(str::to_owned),
            expires_at: wanted.expires_at.unwrap_or(before.expires_at),
            ..before.clone()
        };
        may_be_on(change.tx(), scope, &region, &after).await?;
        if after.list != before.list {
            make_room(&mut change, scope, now, &after).await?;
        }
        let done = sqlx::query(
            "UPDATE number_list_entry SET list = $1, note = $2, expires_us = $3, updated_us = $4 \
             WHERE tenant_id = $5 AND id = $6",
        )
        .bind(after.list.name())
        .bind(after.note.as_deref())
        .bind(after.expires_at.map(|at| at.0))
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        if done.rows_affected() != 1 {
            // It had expired, and gave way with the others when there were too many.
            return Err(StoreError::NotFound("number list entry"));
        }
        change.commit(Audit::of_setting("number_list.changed", id, before.audit(), after.audit())).await?;
        Ok(after)
    }

    /// Takes an entry out.
    pub async fn delete_list_entry(&self, scope: &Scope, now: Utc, id: ListEntryId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find(change.tx(), scope, id).await?;
        sqlx::query("DELETE FROM number_list_entry WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting("number_list.removed", id, before.audit(), Value::Null)).await
    }

    /// One entry.
    pub async fn list_entry(&self, scope: &Scope, id: ListEntryId) -> Result<ListRecord, StoreError> {
        find(&mut *self.business.read().await?, scope, id).await
    }

    /// Entries, the newest first; expired ones too.
    pub async fn list_entries(
        &self,
        scope: &Scope,
        query: &ListQuery,
        page: Page<ListEntryId>,
    ) -> Result<Vec<ListRecord>, StoreError> {
        let mut sql = QueryBuilder::<Sqlite>::new("SELECT * FROM number_list_entry WHERE tenant_id = ");
        sql.push_bind(scope.tenant.0);
        if let Some(list) = query.list {
            sql.push(" AND list = ").push_bind(list.name());
        }
        if let Some(text) = query.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            let like = format!("%{}%", like_part(text));
            sql.push(" AND (note LIKE ").push_bind(like.clone()).push(" ESCAPE '\\'");
            sql.push(" OR (kind = 'area' AND (value LIKE ").push_bind(like).push(" ESCAPE '\\' OR value IN (");
            let mut named = sql.separated(", ");
            for path in &query.areas {
                named.push_bind(path);
            }
            sql.push(")))");
            if let Some(digits) = digits_of_search(text) {
                let whole = listed(text, &self.region(scope.tenant)).unwrap_or_default();
                sql.push(" OR normalised = ").push_bind(whole);
                sql.push(" OR normalised LIKE ").push_bind(format!("%{digits}%"));
            }
            sql.push(")");
        }
        if let Some(after) = page.after {
            sql.push(" AND id < ").push_bind(after.0);
        }
        sql.push(" ORDER BY id DESC LIMIT ").push_bind(page.rows());
        let rows = sql.build().fetch_all(self.business.readers()).await?;
        rows.iter().map(record).collect()
    }
}
