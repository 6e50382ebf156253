//! Checking that nobody changed, removed or cut off what the ledger says.

use domain::PartitionId;
use sqlx::Row;

use super::chain::unsigned;
use super::{ChainFault, ChainReport, Head};
use crate::{Store, StoreError};

impl Store {
    /// Checks a chain from its beginning, and that its end is not cut off.
    pub async fn verify_ledger(&self, partition: PartitionId) -> Result<ChainReport, StoreError> {
        // Read first: entries written while the check runs then only make the chain longer.
        let lease = sqlx::query("SELECT last_seq FROM lease WHERE partition = $1")
            .bind(partition.0)
            .fetch_optional(self.ledger.readers())
            .await?;
        let last = lease.map_or(Ok(0), |row| unsigned(row.try_get(0)?))?;
        let mut head = Head::default();
        loop {
            let rows = self.rows_after(partition, head.seq).await?;
            if rows.is_empty() {
                let fault = (head.seq < last).then_some(ChainFault::Missing(head.seq + 1));
                return Ok(ChainReport { good: head.seq, fault });
            }
            for row in rows {
                let expected = head.seq + 1;
                if unsigned(row.seq)? != expected {
                    return Ok(ChainReport { good: head.seq, fault: Some(ChainFault::Missing(expected)) });
                }
                if row.link(&head.hash) != row.hash {
                    return Ok(ChainReport { good: head.seq, fault: Some(ChainFault::Altered(expected)) });
                }
                head = Head { seq: expected, hash: row.hash };
            }
        }
    }

    /// Looks at every page of the four files and gives the file and the first page that is not as it was written, in words. Beside a server
    /// that works a page may be caught while it is written, so what is found is looked at a second time.
    pub async fn verify_files(&self) -> Result<Vec<(&'static str, String)>, StoreError> {
        let mut found = Vec::new();
        for database in [&self.ledger, &self.reports, &self.keys] {
            found.push((database.name(), database.damaged_pages().await?, database.damaged_pages().await?));
        }
        found.push(("business.db", self.business.damaged_pages().await?, self.business.damaged_pages().await?));
        let first = |(file, once, again): (&'static str, Vec<String>, Vec<String>)| {
            Some((file, once.into_iter().find(|page| again.contains(page))?))
        };
        Ok(found.into_iter().filter_map(first).collect())
    }

    /// The greatest id stored anywhere; a mint starts above it.
    pub async fn greatest_id(&self) -> Result<i64, StoreError> {
        // Every business write mints its audit row's id last, so the newest audit row of each tenant bounds them all.
        let queries = [
            (self.ledger.readers(), "SELECT MAX(id) FROM greatest_id"),
            (self.keys.readers(), "SELECT MAX(id) FROM party_key"),
            (self.keys.readers(), "SELECT MAX(recording_id) FROM recording_key"),
            (
                self.business.readers(),
                "SELECT MAX(a.id) FROM tenant t JOIN audit a ON a.tenant_id = t.id \
                 AND a.seq = (SELECT MAX(b.seq) FROM audit b WHERE b.tenant_id = t.id)",
            ),
        ];
        let mut greatest = 0;
        for (readers, query) in queries {
            let row = sqlx::query(query).fetch_one(readers).await?;
            greatest = greatest.max(row.try_get::<Option<i64>, _>(0)?.unwrap_or(0));
        }
        Ok(greatest)
    }
}
