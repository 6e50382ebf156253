//! How legs sounded, interval by interval. Their sums are in the ledger; this may be missing.

use domain::sound::Course;
use domain::{ConversationId, TenantId};
use sqlx::Row;

use super::rows::Columns;
use crate::codec::samples;
use crate::{Reach, Scope, Store, StoreError};

/// The course of a leg that left a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCourse {
    /// Whose.
    pub tenant: TenantId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// How it sounded.
    pub course: Course,
}

impl Store {
    /// How the legs of a conversation sounded that have left it, as far as it was kept; those that began first come first. A leg that left and
    /// came back has one course for each time.
    pub async fn courses(&self, scope: &Scope, conversation: ConversationId) -> Result<Vec<Course>, StoreError> {
        if scope.reach != Reach::Tenant {
            self.conversation(scope, conversation).await?;
        }
        let mut connection = self.business.read().await?;
        let rows = sqlx::query(
            "SELECT * FROM leg_course WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY began_us, leg_id",
        )
        .bind(scope.tenant.0)
        .bind(conversation.0)
        .fetch_all(&mut *connection)
        .await?;
        let score = |score: Option<u64>| score.and_then(|score| u16::try_from(score).ok());
        let read = |row: &sqlx::sqlite::SqliteRow| {
            let damaged = |_| StoreError::corrupt("column samples".to_owned());
            Ok(Course {
                leg: row.id("leg_id")?,
                began: row.utc("began_us")?,
                interval: row.millis("interval_ms")?,
                samples: samples::decode(row.try_get("samples")?).map_err(damaged)?,
                mean_hundredths: score(row.maybe_count("mean_hundredths")?),
                least_hundredths: score(row.maybe_count("least_hundredths")?),
            })
        };
        rows.iter().map(read).collect()
    }
}
