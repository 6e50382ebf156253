//! Extensions and phones that are called like an emergency number, from before that was refused.

use domain::outbound::is_emergency_number;
use sqlx::{Connection, Row};

use crate::database::{File, open_as_is};
use crate::{StoreConfig, StoreError};

/// Whatever is called like an emergency number, and so cannot be dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmergencyName {
    /// A person's extension.
    Extension {
        /// The user name of the person.
        username: String,
        /// The extension.
        extension: String,
    },
    /// A SIP phone's user name.
    Device {
        /// What people call the phone.
        name: String,
        /// The user name.
        username: String,
    },
}

const NAMES: &str = "SELECT 'extension' AS kind, username AS name, extension AS dialled FROM user_account \
    WHERE extension IS NOT NULL UNION ALL SELECT 'device', name, username FROM device ORDER BY 1, 3";

/// Looks for them in a store that need not be open, or may be another program's; changes nothing. Nothing is found in one that is not there.
///
/// # Errors
/// When the file cannot be read, or is older than phones are.
pub async fn emergency_names(config: &StoreConfig) -> Result<Vec<EmergencyName>, StoreError> {
    let path = config.dir.join(File::Business.name());
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut connection = open_as_is(&path, File::Business, &config.key).await?;
    let rows = sqlx::query(NAMES).fetch_all(&mut connection).await?;
    connection.close().await?;
    let mut found = Vec::new();
    for row in rows {
        let (kind, name, dialled): (String, String, String) =
            (row.try_get("kind")?, row.try_get("name")?, row.try_get("dialled")?);
        if is_emergency_number(&dialled) {
            found.push(if kind == "device" {
                EmergencyName::Device { name, username: dialled }
            } else {
                EmergencyName::Extension { username: name, extension: dialled }
            });
        }
    }
    Ok(found)
}
