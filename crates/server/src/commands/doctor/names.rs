//! Extensions and phones that nobody can call, because they are called like an emergency number.

use store::{DatabaseKey, EmergencyName, StoreConfig, emergency_names};

use super::finding::Finding;
use crate::config::Config;

/// Nothing is said of a store that is not there yet or that the key does not open: others say that.
pub fn examine(config: &Config) -> Vec<Finding> {
    let Ok(key) = DatabaseKey::from_file(&config.data.key_file) else { return Vec::new() };
    let place = StoreConfig { dir: config.data.dir.clone(), key, node: 0 };
    let found = crate::commands::block_on(async { Ok(emergency_names(&place).await?) });
    found.unwrap_or_default().iter().map(finding).collect()
}

fn finding(name: &EmergencyName) -> Finding {
    match name {
        EmergencyName::Extension { username, extension } => Finding::warn(
            "extension",
            format!("{username} has the extension {extension}: whoever dials it reaches those who help"),
            "give them another extension under Settings, Agents",
        ),
        EmergencyName::Device { name, username } => Finding::warn(
            "phone",
            format!("the phone {name:?} is called {username}: whoever dials it reaches those who help"),
            "make it anew with another user name under Settings, Phones",
        ),
    }
}
