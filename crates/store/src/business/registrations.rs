//! Where SIP phones are registered, so that a restart need not wait for their next REGISTER.
//!
//! Written behind signalling and in batches; what was not written yet when the process died is missing or a little old, and the phone's next
//! REGISTER puts it right.

use domain::{DeviceId, Utc};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::rows::Columns;
use crate::{Store, StoreError};

/// One place a phone is registered at (RFC 3261 §10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRegistration {
    /// Whose.
    pub device: DeviceId,
    /// The Contact as the phone wrote it.
    pub contact: String,
    /// `+sip.instance` (RFC 5626), if given.
    pub instance: Option<String>,
    /// Address and port its packets come from.
    pub address: String,
    /// Call-ID of the REGISTER.
    pub call_id: String,
    /// CSeq of the REGISTER.
    pub cseq: u32,
    /// What it calls itself.
    pub user_agent: String,
    /// When it is over.
    pub expires: Utc,
}

impl Store {
    /// Where the phones of all tenants were registered last, as far as that is not over.
    pub async fn registrations(&self, now: Utc) -> Result<Vec<KeptRegistration>, StoreError> {
        let rows = sqlx::query("SELECT * FROM registration WHERE expires_us > $1 ORDER BY device_id, expires_us")
            .bind(now.0)
            .fetch_all(self.business.readers())
            .await?;
        rows.iter().map(registration).collect()
    }
}

fn registration(row: &SqliteRow) -> Result<KeptRegistration, StoreError> {
    let cseq = u32::try_from(row.count("cseq")?).map_err(|_| StoreError::corrupt("column cseq"))?;
    Ok(KeptRegistration {
        device: row.id("device_id")?,
        contact: row.text("contact")?,
        instance: row.try_get("instance")?,
        address: row.text("address")?,
        call_id: row.text("call_id")?,
        cseq,
        user_agent: row.text("user_agent")?,
        expires: row.utc("expires_us")?,
    })
}
