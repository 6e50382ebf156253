//! SIP phones.
//!
//! Of a phone's password only the two digests of RFC 7616 §3.4.2 are kept; the password itself is shown once, by whoever made it.

use domain::settings::Device;
use domain::site::VoiceCodec;
use domain::{AgentId, DeviceId, Encryption, SiteId, TenantId, Utc};
use ipnet::IpNet;
use md5::Md5;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::rows::{Columns, required};
use super::sites::{codecs, ranges};
use super::users::dialled;
use super::write::Audit;
use crate::{Scope, Store, StoreError};

/// A phone as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRecord {
    /// What floors know of it.
    pub device: Device,
    /// Whether its calls are encrypted; a matter of signalling alone.
    pub encryption: Encryption,
    /// Grows with every change.
    pub version: u64,
}

/// What a caller says about a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceDraft {
    /// What people call it.
    pub name: String,
    /// Who works with it.
    pub agent: Option<AgentId>,
    /// Answers by itself when asked to.
    pub auto_answer: bool,
    /// Whether its calls are encrypted.
    pub encryption: Encryption,
    /// Where it stands.
    pub site: SiteId,
}

/// What a new phone registers with. The password is not kept.
#[derive(Clone, Copy)]
pub struct DeviceLogin<'a> {
    /// User name, unique in the installation.
    pub username: &'a str,
    /// The realm of our challenges.
    pub realm: &'a str,
    /// The password.
    pub password: &'a str,
}

/// What signalling needs to know a phone by.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceSecret {
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub device: DeviceId,
    /// User name.
    pub username: String,
    /// Whether its calls are encrypted.
    pub encryption: Encryption,
    /// Where it may register and call from: the ranges of its site; empty is from anywhere.
    pub address_ranges: Vec<IpNet>,
    /// The codecs of its site, the best first.
    pub codecs: Vec<VoiceCodec>,
    /// MD5 of user name, realm and password.
    pub ha1_md5: [u8; 16],
    /// SHA-256 of the same.
    pub ha1_sha256: [u8; 32],
}

fn device(row: &SqliteRow) -> Result<DeviceRecord, StoreError> {
    let device = Device {
        id: row.id("id")?,
        name: row.text("name")?,
        username: row.text("username")?,
        agent: row.maybe_id("agent_id")?,
        auto_answer: row.count("auto_answer")? != 0,
        site: row.id("site_id")?,
    };
    Ok(DeviceRecord { device, encryption: encryption(row)?, version: row.count("version")? })
}

fn encryption(row: &SqliteRow) -> Result<Encryption, StoreError> {
    match row.text("encryption")?.as_str() {
        "off" => Ok(Encryption::Off),
        "when_offered" => Ok(Encryption::WhenOffered),
        "required" => Ok(Encryption::Required),
        _ => Err(StoreError::corrupt("the encryption of a device")),
    }
}

const fn encryption_code(encryption: Encryption) -> &'static str {
    match encryption {
        Encryption::Off => "off",
        Encryption::WhenOffered => "when_offered",
        Encryption::Required => "required",
    }
}

fn secret(row: &SqliteRow) -> Result<DeviceSecret, StoreError> {
    let mut found = DeviceSecret {
        tenant: row.id("tenant_id")?,
        device: row.id("id")?,
        username: row.text("username")?,
        encryption: encryption(row)?,
        address_ranges: ranges(row)?,
        codecs: codecs(row)?,
        ha1_md5: [0; 16],
        ha1_sha256: [0; 32],
    };
    let damaged = |_| StoreError::corrupt("the digest of a device");
    hex::decode_to_slice(row.text("ha1_md5")?, &mut found.ha1_md5).map_err(damaged)?;
    hex::decode_to_slice(row.text("ha1_sha256")?, &mut found.ha1_sha256).map_err(damaged)?;
    Ok(found)
}

/// HA1 in both algorithms, as hexadecimal digits.
fn digests(login: &DeviceLogin<'_>) -> (String, String) {
    let text = format!("{}:{}:{}", login.username, login.realm, login.password);
    let md5 = <Md5 as md5::Digest>::digest(text.as_bytes());
    (hex::encode(md5), hex::encode(Sha256::digest(text.as_bytes())))
}

fn audited(record: &DeviceRecord) -> Value {
    let device = &record.device;
    json!({
        "name": device.name, "username": device.username, "agent_id": device.agent.map(|id| id.to_string()),
        "auto_answer": device.auto_answer, "encryption": encryption_code(record.encryption), "site_id": device.site.to_string(),
    })
}

fn drafted(draft: &DeviceDraft) -> Result<&str, StoreError> {
    required(&draft.name, 200, "name")
}

fn device_name(username: &str) -> Result<&str, StoreError> {
    let name = required(username, 60, "username")?;
    dialled(Some(name), "username").map(|_| name)
}

pub(super) async fn find_devices(
    connection: &mut SqliteConnection,
    scope: &Scope,
) -> Result<Vec<DeviceRecord>, StoreError> {
    let rows = sqlx::query("SELECT * FROM device WHERE tenant_id = $1 AND ($2 IS NULL OR site_id = $2) ORDER BY id")
        .bind(scope.tenant.0)
        .bind(scope.site())
        .fetch_all(connection)
        .await?;
    rows.iter().map(device).collect()
}

async fn find_device(
    connection: &mut SqliteConnection,
    scope: &Scope,
    id: DeviceId,
) -> Result<DeviceRecord, StoreError> {
    let known = find_devices(connection, scope).await?;
    known.into_iter().find(|known| known.device.id == id).ok_or(StoreError::NotFound("device"))
}

impl Store {
    /// Makes a phone.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another phone of the installation has the user name.
    pub async fn create_device(
        &self,
        scope: &Scope,
        now: Utc,
        draft: &DeviceDraft,
        login: &DeviceLogin<'_>,
    ) -> Result<DeviceRecord, StoreError> {
        let made = DeviceRecord {
            device: Device {
                id: self.mint(now),
                name: drafted(draft)?.to_owned(),
                username: device_name(login.username)?.to_owned(),
                agent: draft.agent,
                auto_answer: draft.auto_answer,
                site: draft.site,
            },
            encryption: draft.encryption,
            version: 1,
        };
        let (md5, sha256) = digests(login);
        let mut change = self.change(scope, now).await?;
        sqlx::query(
            "INSERT INTO device (tenant_id, id, site_id, agent_id, name, username, realm, ha1_md5, ha1_sha256, \
             auto_answer, encryption, version, created_us, updated_us) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $12)",
        )
        .bind(scope.tenant.0)
        .bind(made.device.id.0)
        .bind(made.device.site.0)
        .bind(made.device.agent.map(|agent| agent.0))
        .bind(made.device.name.as_str())
        .bind(made.device.username.as_str())
        .bind(login.realm)
        .bind(md5)
        .bind(sha256)
        .bind(i64::from(made.device.auto_answer))
        .bind(encryption_code(made.encryption))
        .bind(now.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("device.created", made.device.id, Value::Null, audited(&made))).await?;
        Ok(made)
    }

    /// Changes a phone; its user name stays.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when `version` is not the one in force.
    pub async fn update_device(
        &self,
        scope: &Scope,
        now: Utc,
        id: DeviceId,
        version: u64,
        draft: &DeviceDraft,
    ) -> Result<DeviceRecord, StoreError> {
        let name = drafted(draft)?.to_owned();
        let mut change = self.change(scope, now).await?;
        let before = find_device(change.tx(), scope, id).await?;
        if before.version != version {
            return Err(StoreError::Conflict("device"));
        }
        let username = before.device.username.clone();
        let (agent, auto_answer, site) = (draft.agent, draft.auto_answer, draft.site);
        let device = Device { id, name, username, agent, auto_answer, site };
        let after = DeviceRecord { device, encryption: draft.encryption, version: version + 1 };
        sqlx::query(
            "UPDATE device SET name = $1, agent_id = $2, auto_answer = $3, encryption = $4, site_id = $5, \
             version = version + 1, updated_us = $6 WHERE tenant_id = $7 AND id = $8",
        )
        .bind(after.device.name.as_str())
        .bind(agent.map(|agent| agent.0))
        .bind(i64::from(auto_answer))
        .bind(encryption_code(draft.encryption))
        .bind(site.0)
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        change.commit(Audit::of_setting("device.updated", id, audited(&before), audited(&after))).await?;
        Ok(after)
    }

    /// Gives a phone a new password; the old one is wrong from then on.
    pub async fn set_device_password(
        &self,
        scope: &Scope,
        now: Utc,
        id: DeviceId,
        realm: &str,
        password: &str,
    ) -> Result<DeviceRecord, StoreError> {
        let mut change = self.change(scope, now).await?;
        let mut record = find_device(change.tx(), scope, id).await?;
        let username = record.device.username.as_str();
        let (md5, sha256) = digests(&DeviceLogin { username, realm, password });
        sqlx::query(
            "UPDATE device SET realm = $1, ha1_md5 = $2, ha1_sha256 = $3, version = version + 1, updated_us = $4 \
             WHERE tenant_id = $5 AND id = $6",
        )
        .bind(realm)
        .bind(md5)
        .bind(sha256)
        .bind(now.0)
        .bind(scope.tenant.0)
        .bind(id.0)
        .execute(change.tx())
        .await?;
        // Whoever knew the old password is not called any more, over a restart either.
        sqlx::query("DELETE FROM registration WHERE tenant_id = $1 AND device_id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting("device.password_set", id, Value::Null, Value::Null)).await?;
        record.version += 1;
        Ok(record)
    }

    /// Forgets a phone.
    pub async fn delete_device(&self, scope: &Scope, now: Utc, id: DeviceId) -> Result<(), StoreError> {
        let mut change = self.change(scope, now).await?;
        let before = find_device(change.tx(), scope, id).await?;
        sqlx::query("DELETE FROM device WHERE tenant_id = $1 AND id = $2")
            .bind(scope.tenant.0)
            .bind(id.0)
            .execute(change.tx())
            .await?;
        change.commit(Audit::of_setting("device.deleted", id, audited(&before), Value::Null)).await
    }

    /// Phones, oldest first.
    pub async fn devices(&self, scope: &Scope) -> Result<Vec<DeviceRecord>, StoreError> {
        find_devices(&mut *self.business.read().await?, scope).await
    }

    /// One phone.
    pub async fn device(&self, scope: &Scope, id: DeviceId) -> Result<DeviceRecord, StoreError> {
        find_device(&mut *self.business.read().await?, scope, id).await
    }

    /// What signalling knows the phones of all tenants by; those made for another realm than `realm` need a new password first.
    pub async fn device_secrets(&self, realm: &str) -> Result<Vec<DeviceSecret>, StoreError> {
        let rows = sqlx::query(
            "SELECT d.*, s.address_ranges, s.codecs FROM device d \
             JOIN site s ON s.tenant_id = d.tenant_id AND s.id = d.site_id ORDER BY d.id",
        )
        .fetch_all(self.business.readers())
        .await?;
        let mut found = Vec::new();
        for row in &rows {
            if row.try_get::<String, _>("realm")? == realm {
                found.push(secret(row)?);
            } else {
                tracing::warn!(device = %row.id::<DeviceId>("id")?, "a phone's password was made for another realm; reset it");
            }
        }
        Ok(found)
    }
}
