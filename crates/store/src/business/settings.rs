//! The settings of one tenant as one value.

use domain::Settings;

use crate::{Scope, Store, StoreError};

impl Store {
    /// Everything a floor decides by, read in one transaction.
    pub async fn load_settings(&self, scope: &Scope) -> Result<Settings, StoreError> {
        let _ = scope;
        todo!()
    }
}
