//! Another database key: every file under the new one, or, killed at whatever step, under exactly one of the two.

use crate::rekey::rekey_steps;

use super::*;

const NEW: [u8; 32] = [9; 32];

fn keys() -> (DatabaseKey, DatabaseKey) {
    (DatabaseKey::from_bytes([7; 32]), DatabaseKey::from_bytes(NEW))
}

async fn filled() -> (TempDir, TenantId) {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let epoch = leased(&store, &centre).await;
    stored_call(&store, &centre, epoch, at(10), "13800138000").await;
    store.close().await.unwrap();
    (dir, centre.tenant.id)
}

fn with_new_key(dir: &TempDir) -> StoreConfig {
    StoreConfig { key: DatabaseKey::from_bytes(NEW), ..config(dir) }
}

/// Everything is there and in order.
async fn is_whole(config: StoreConfig, tenant: TenantId) {
    let store = Store::open(config, at(100)).await.unwrap();
    let scope = Scope::system(tenant);
    assert_eq!(store.verify_audit(&scope).await.unwrap().fault, None);
    let partition = store.tenant(&scope).await.unwrap().partition;
    let chain = store.verify_ledger(partition).await.unwrap();
    assert!(chain.good > 10 && chain.fault.is_none());
    assert_eq!(store.customers_by_number(&scope, "13800138000").await.unwrap().len(), 1);
    store.close().await.unwrap();
}

#[tokio::test]
async fn every_file_has_the_new_key_and_the_old_one_opens_nothing() {
    let (dir, tenant) = filled().await;
    let (old, new) = keys();
    let data = config(&dir).dir;
    assert_eq!(rekey(&data, &old, &new).await.unwrap(), Rekeyed::Done);
    assert!(matches!(Store::open(config(&dir), at(99)).await, Err(StoreError::BadKey { .. })));
    is_whole(with_new_key(&dir), tenant).await;
    assert_eq!(rekey(&data, &old, &new).await.unwrap(), Rekeyed::Already);
    let left: Vec<_> = std::fs::read_dir(&data).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("rekey")), "{left:?}");
}

#[tokio::test]
async fn killed_after_any_step_the_data_is_whole_under_one_key_once_it_is_finished() {
    let (dir, tenant) = filled().await;
    let (mut old, mut new) = (config(&dir), with_new_key(&dir));
    let mut steps = 0;
    loop {
        let stopped = rekey_steps(&old.dir, &old.key, &new.key, steps).await;
        if stopped.is_ok() {
            break;
        }
        assert!(matches!(stopped, Err(StoreError::Injected)), "step {steps}: {stopped:?}");
        if steps > 0 {
            let opened = Store::open(old.clone(), at(99)).await;
            assert!(matches!(opened, Err(StoreError::RekeyInterrupted)), "step {steps}");
        }
        rekey(&old.dir, &old.key, &new.key).await.unwrap();
        is_whole(new.clone(), tenant).await;
        std::mem::swap(&mut old, &mut new);
        steps += 1;
    }
    assert!(steps > 12, "{steps} steps");
}

#[tokio::test]
async fn files_in_use_and_wrong_keys_are_refused_and_nothing_changes() {
    let (dir, tenant) = filled().await;
    let (old, new) = keys();
    let data = config(&dir).dir;
    let wrong = DatabaseKey::from_bytes([1; 32]);
    assert!(matches!(rekey(&data, &wrong, &new).await, Err(StoreError::BadKey { .. })));
    let store = Store::open(config(&dir), at(99)).await.unwrap();
    store.tenants().await.unwrap();
    let used = rekey(&data, &old, &new).await;
    assert!(matches!(used, Err(StoreError::InUse { .. })), "{used:?}");
    store.close().await.unwrap();
    is_whole(config(&dir), tenant).await;
    // Interrupted while files change places: other keys than those it was begun with are refused.
    assert!(rekey_steps(&data, &old, &new, 12).await.is_err());
    assert!(matches!(rekey(&data, &old, &wrong).await, Err(StoreError::BadKey { .. })));
    assert_eq!(rekey(&data, &old, &new).await.unwrap(), Rekeyed::Finished);
    is_whole(with_new_key(&dir), tenant).await;
}
