//! Numbers and addresses, sealed beside the ledger.

use std::collections::HashMap;

use domain::{Party, PartyId, TenantId, Utc};
use sqlx::Row;
use sqlx::sqlite::{Sqlite, SqliteRow};

use super::PartyValue;
use super::statements::Statements;
use crate::seal::Sealer;
use crate::{Scope, Store, StoreError, numbers};

/// Ids in one IN list.
const IDS_MAX: usize = 200;

/// The columns of a row as [`SealedParty::bind`] gives them.
pub(super) const COLUMNS: &str = "id, tenant_id, raw, e164, key_id";

/// A party as it is stored.
#[derive(Debug)]
pub(super) struct SealedParty {
    id: i64,
    tenant: i64,
    raw: Vec<u8>,
    e164: Option<Vec<u8>>,
    key: i64,
}

/// What a sealed value is bound to: its tenant, party and column.
fn context(tenant: i64, id: i64, column: &str) -> Vec<u8> {
    [&tenant.to_be_bytes(), &id.to_be_bytes(), column.as_bytes()].concat()
}

impl SealedParty {
    /// Its arguments, in the order of [`COLUMNS`].
    pub(super) fn bind(&self, statements: &mut Statements) {
        statements.bind(self.id);
        statements.bind(self.tenant);
        statements.bind(self.raw.as_slice());
        statements.bind(self.e164.as_deref());
        statements.bind(self.key);
    }

    fn from_row(row: &SqliteRow) -> Result<SealedParty, StoreError> {
        Ok(SealedParty {
            id: row.try_get("id")?,
            tenant: row.try_get("tenant_id")?,
            raw: row.try_get("raw")?,
            e164: row.try_get("e164")?,
            key: row.try_get("key_id")?,
        })
    }

    fn open(&self, sealer: &Sealer) -> Result<PartyValue, StoreError> {
        let open = |column: &str, sealed: &[u8]| {
            let value = sealer.open(&context(self.tenant, self.id, column), sealed)?;
            String::from_utf8(value).map_err(|_| StoreError::corrupt("a party is not text"))
        };
        let e164 = self.e164.as_deref().map(|sealed| open("e164", sealed)).transpose()?;
        Ok(PartyValue { raw: open("raw", &self.raw)?, e164 })
    }
}

impl Store {
    pub(super) async fn seal_parties(
        &self,
        tenant: TenantId,
        at: Utc,
        parties: &[Party],
    ) -> Result<Vec<SealedParty>, StoreError> {
        if parties.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.newest_party_key(tenant, at).await?;
        let region = self.region(tenant);
        let seal = |party: &Party, column: &str, value: &str| {
            key.sealer.seal(&context(tenant.0, party.id.0, column), value.as_bytes())
        };
        let sealed = parties.iter().map(|party| {
            let e164 = numbers::normalise(&party.raw, &region);
            Ok(SealedParty {
                id: party.id.0,
                tenant: tenant.0,
                raw: seal(party, "raw", &party.raw)?,
                e164: e164.map(|e164| seal(party, "e164", &e164)).transpose()?,
                key: key.id,
            })
        });
        sealed.collect()
    }

    /// Those of `ids` that stand for the number or address `calling`, however either was written. Withheld, unknown, foreign and
    /// erased ones are never among them.
    pub async fn parties_alike(
        &self,
        scope: &Scope,
        ids: &[PartyId],
        calling: &str,
    ) -> Result<Vec<PartyId>, StoreError> {
        if calling.is_empty() {
            return Ok(Vec::new());
        }
        let e164 = numbers::normalise(calling, &self.region(scope.tenant));
        let values = self.party_values(scope, ids).await?;
        let alike = |value: &PartyValue| value.raw == calling || (e164.is_some() && value.e164 == e164);
        let mut found: Vec<PartyId> = values.iter().filter(|(_, value)| alike(value)).map(|(id, _)| *id).collect();
        found.sort_unstable();
        Ok(found)
    }

    /// What the parties stand for; unknown, foreign and erased ones are left out.
    pub async fn party_values(
        &self,
        scope: &Scope,
        ids: &[PartyId],
    ) -> Result<HashMap<PartyId, PartyValue>, StoreError> {
        let mut values = HashMap::new();
        for ids in ids.chunks(IDS_MAX) {
            let mut query = sqlx::QueryBuilder::<Sqlite>::new(
                "SELECT id, tenant_id, raw, e164, key_id FROM party WHERE tenant_id = ",
            );
            query.push_bind(scope.tenant.0).push(" AND id IN (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(id.0);
            }
            query.push(")");
            for row in query.build().fetch_all(self.ledger.readers()).await? {
                let party = SealedParty::from_row(&row)?;
                if let Some(key) = self.party_key(scope.tenant, party.key).await? {
                    values.insert(PartyId(party.id), party.open(&key.sealer)?);
                }
            }
        }
        Ok(values)
    }
}
