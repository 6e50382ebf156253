//! Checking that nobody changed, removed or cut off what the ledger says.

use domain::PartitionId;
use sqlx::Row;

use super::chain::unsigned;
use super::{ChainFault, ChainReport, Head};
use crate::database::{File, damaged_pages};
use crate::{Store, StoreConfig, StoreError};

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

    /// Looks at every page of the four files, before the store is opened, which needs them to be whole and would make missing ones anew.
    /// Gives what is wrong in words, each beginning with the file: the first page that is not as it was written, or that it is missing.
    /// Beside a server that works a page may be caught while it is written, so what is found is looked at a second time.
    pub async fn verify_files(config: &StoreConfig) -> Vec<String> {
        let mut found = Vec::new();
        for file in File::ALL {
            if !config.dir.join(file.name()).is_file() {
                found.push(format!("{} is missing", file.name()));
                continue;
            }
            let look = || damaged_pages(&config.dir, file, &config.key);
            match (look().await, look().await) {
                (Ok(once), Ok(again)) => {
                    let page = once.into_iter().find(|page| again.contains(page));
                    found.extend(page.map(|page| format!("{} was altered: {page}", file.name())));
                }
                (Err(error), _) | (_, Err(error)) => found.push(error.to_string()),
            }
        }
        found
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
