//! What agents know of supervisors: kept, versioned, in the settings and in the audit trail.

use domain::supervision::SupervisionPolicy;

use super::*;
use crate::{StoreError, SupervisionPolicyRecord};

#[tokio::test]
async fn what_is_shown_comes_back_as_it_was_set_and_a_stale_one_is_refused() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    assert_eq!(store.supervision_policy(scope).await.unwrap(), SupervisionPolicyRecord::default());
    let shown = SupervisionPolicy { listen: true, whisper: false, barge: true };
    for (version, policy) in [(0, shown), (1, SupervisionPolicy { listen: false, ..shown })] {
        let put = store.put_supervision_policy(scope, at(5), version, policy).await.unwrap();
        assert_eq!(put, SupervisionPolicyRecord { policy, version: version + 1 });
        assert_eq!(store.supervision_policy(scope).await.unwrap(), put);
        assert_eq!(store.load_settings(scope).await.unwrap().supervision, policy);
    }
    let stale = store.put_supervision_policy(scope, at(6), 1, shown).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
}
