//! Numbers outside that agents work with.

use super::*;

use domain::settings::MOBILES_PER_AGENT_MAX;

#[tokio::test]
async fn a_number_is_cleaned_kept_once_limited_audited_and_taken_away() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, now, agent) = (&centre.scope, at(5), centre.agent.id());
    let version = async || store.load_settings(scope).await.unwrap().version;
    let start = version().await;
    let made = store.add_mobile(scope, now, agent, " 138-0013 8000").await.unwrap();
    assert_eq!((made.agent, made.number.as_str()), (agent, "13800138000"));
    assert_eq!(store.load_settings(scope).await.unwrap().mobiles, vec![made.clone()]);
    assert_eq!(version().await, start + 1, "the floor hears of it");
    let again = store.add_mobile(scope, now, agent, "13800138000").await;
    assert!(matches!(again, Err(StoreError::Conflict(MOBILE_TAKEN))), "{again:?}");
    for bad in ["110", " 120 ", "sip:ann", ""] {
        let refused = store.add_mobile(scope, now, agent, bad).await;
        assert!(matches!(refused, Err(StoreError::Invalid("number"))), "{bad}: {refused:?}");
    }
    for n in 1..MOBILES_PER_AGENT_MAX {
        store.add_mobile(scope, now, agent, &format!("1380013800{n}")).await.unwrap();
    }
    let further = store.add_mobile(scope, now, agent, "13900139000").await;
    assert!(matches!(further, Err(StoreError::Conflict(MOBILES_FULL))), "{further:?}");

    store.delete_mobile(scope, now, agent, made.id).await.unwrap();
    let left = store.mobiles(scope, agent).await.unwrap();
    assert_eq!(left.len(), MOBILES_PER_AGENT_MAX - 1);
    assert!(matches!(store.delete_mobile(scope, now, agent, made.id).await, Err(StoreError::NotFound(_))));
    let trail = format!("{:?}", store.audit_trail(scope, Page::first(200)).await.unwrap());
    assert!(trail.contains("mobile.added") && trail.contains("mobile.removed"), "{trail}");
}
