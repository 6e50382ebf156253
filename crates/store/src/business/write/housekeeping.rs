//! Writes that change no business record: replies kept for repeated requests, and removal of what is over.
//!
//! They stand here, beside the audited writer, because nowhere else can a transaction on `business.db` begin.

use domain::retention::days_before;
use domain::{DeviceId, PartitionId, RecordingId, TenantId, Utc};

use crate::codec::samples;
use crate::kill::{KillPoint, reach};
use crate::ledger::signed;
use crate::{KeptCourse, KeptRegistration, KeptReply, Scope, Store, StoreError, dialect};

/// How long it is kept how legs sounded.
const COURSE_DAYS: u32 = 90;

impl Store {
    /// Keeps a reply; `Conflict` when one is kept already. Housekeeping: leaves no audit row.
    pub async fn keep_reply(&self, scope: &Scope, key: &str, now: Utc, reply: &KeptReply) -> Result<(), StoreError> {
        let mut tx = self.business.0.begin().await?;
        let kept = sqlx::query(dialect::KEEP_REPLY)
            .bind(scope.tenant.0)
            .bind(scope.user.map_or(0, |user| user.0))
            .bind(key)
            .bind(reply.request_hash.as_slice())
            .bind(i64::from(reply.status))
            .bind(reply.body.as_slice())
            .bind(reply.expires_at.0)
            .bind(now.0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        reach(KillPoint::ReplyKept);
        if kept.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict("the idempotency key is in use")) }
    }

    /// Moves a consumer's place in the ledger. Housekeeping: leaves no audit row.
    pub(in crate::business) async fn move_cursor(
        &self,
        consumer: &str,
        partition: PartitionId,
        seq: u64,
    ) -> Result<(), StoreError> {
        let mut tx = self.business.0.begin().await?;
        let done = sqlx::query(dialect::SET_CURSOR).bind(consumer).bind(partition.0).bind(signed(seq)?);
        done.execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Everything of an erasure is done, and the ledger says so. Housekeeping: leaves no audit row.
    pub async fn erasure_told(&self, tenant: TenantId, recording: RecordingId) -> Result<(), StoreError> {
        let mut tx = self.business.0.begin().await?;
        sqlx::query("UPDATE recording_erasure SET told = 1 WHERE tenant_id = $1 AND recording_id = $2")
            .bind(tenant.0)
            .bind(recording.0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps how legs sounded; what is kept already stays as it is. Housekeeping: leaves no audit row.
    pub async fn keep_courses(&self, courses: &[KeptCourse]) -> Result<(), StoreError> {
        let mut tx = self.business.0.begin().await?;
        for KeptCourse { tenant, conversation, course } in courses {
            sqlx::query(dialect::KEEP_COURSE)
                .bind(tenant.0)
                .bind(conversation.0)
                .bind(course.leg.0)
                .bind(course.began.0)
                .bind(i64::try_from(course.interval.as_millis()).unwrap_or(i64::MAX))
                .bind(course.mean_hundredths.map(i64::from))
                .bind(course.least_hundredths.map(i64::from))
                .bind(samples::encode(&course.samples))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Keeps where phones are registered: of each phone the whole list, in place of the one before. Phones that are gone meanwhile are passed over.
    /// Housekeeping: leaves no audit row.
    pub async fn keep_registrations(&self, phones: &[(DeviceId, Vec<KeptRegistration>)]) -> Result<(), StoreError> {
        let mut tx = self.business.0.begin().await?;
        for (device, registrations) in phones {
            sqlx::query("DELETE FROM registration WHERE device_id = $1").bind(device.0).execute(&mut *tx).await?;
            for kept in registrations {
                sqlx::query(
                    "INSERT INTO registration (tenant_id, device_id, contact, instance, address, call_id, cseq, user_agent, \
                     expires_us) SELECT tenant_id, id, $2, $3, $4, $5, $6, $7, $8 FROM device WHERE id = $1",
                )
                .bind(device.0)
                .bind(kept.contact.as_str())
                .bind(kept.instance.as_deref())
                .bind(kept.address.as_str())
                .bind(kept.call_id.as_str())
                .bind(i64::from(kept.cseq))
                .bind(kept.user_agent.as_str())
                .bind(kept.expires.0)
                .execute(&mut *tx)
                .await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Removes sessions and kept replies of the tenant that are over, and how legs sounded long ago; gives how many. Housekeeping: leaves no audit row.
    pub async fn purge_expired(&self, scope: &Scope, now: Utc) -> Result<u64, StoreError> {
        let mut tx = self.business.0.begin().await?;
        let mut removed = 0;
        for (statement, until) in [
            ("DELETE FROM user_session WHERE tenant_id = $1 AND expires_us <= $2", now),
            ("DELETE FROM idempotency WHERE tenant_id = $1 AND expires_us <= $2", now),
            ("DELETE FROM leg_course WHERE tenant_id = $1 AND began_us <= $2", days_before(now, COURSE_DAYS)),
        ] {
            let done = sqlx::query(statement).bind(scope.tenant.0).bind(until.0).execute(&mut *tx).await?;
            removed += done.rows_affected();
        }
        tx.commit().await?;
        Ok(removed)
    }
}
