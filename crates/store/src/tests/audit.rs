//! The end of the audit trail is kept apart: what is cut off, written anew or put back is named.

use domain::Permission;

use super::*;

async fn tamper(store: &Store, statements: &[&'static str]) {
    let mut tx = store.business.tamper().await;
    for statement in statements {
        sqlx::query(*statement).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn length(store: &Store, scope: &Scope) -> u64 {
    store.audit_trail(scope, Page::first(1)).await.unwrap()[0].seq
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_noticed() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let last = length(&store, &centre.scope).await;
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap(), ChainReport { good: last, fault: None });
    let whole = store.audit_trail(&centre.scope, Page::first(200)).await.unwrap();
    tamper(
        &store,
        &[
            "DELETE FROM audit_payload WHERE seq > (SELECT MAX(seq) FROM audit) - 2",
            "DELETE FROM audit WHERE seq > (SELECT MAX(seq) FROM audit) - 2",
        ],
    )
    .await;
    let cut = store.verify_audit(&centre.scope).await.unwrap();
    assert_eq!(cut, ChainReport { good: last - 2, fault: Some(ChainFault::Missing(last - 1)) });
    // Whoever writes on after the cut makes a chain that is whole in itself, with another row where the anchor looks.
    for second in 0..2 {
        store.create_skill(&centre.scope, at(50 + second), &format!("skill {second}")).await.unwrap();
    }
    assert_eq!(length(&store, &centre.scope).await, last);
    let rewritten = store.verify_audit(&centre.scope).await.unwrap();
    assert_eq!(rewritten.fault, Some(ChainFault::Altered(last)));
    assert_ne!(store.audit_trail(&centre.scope, Page::first(200)).await.unwrap(), whole);
}

#[tokio::test]
async fn a_trail_that_is_gone_and_an_anchor_that_is_gone_are_noticed() {
    let (store, dir) = open().await;
    let (north, south) = (centre(&store, "north").await, centre(&store, "south").await);
    let mut tx = store.keys.begin().await.unwrap();
    sqlx::query("DELETE FROM audit_anchor WHERE tenant_id = $1")
        .bind(north.scope.tenant.0)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let last = length(&store, &north.scope).await;
    let fault = store.verify_audit(&north.scope).await.unwrap().fault;
    assert_eq!(fault, Some(ChainFault::Missing(last + 1)), "nobody knows where it ends");
    tamper(&store, &["DELETE FROM audit_payload", "DELETE FROM audit"]).await;
    assert_eq!(store.verify_audit(&south.scope).await.unwrap().fault, Some(ChainFault::Missing(1)));
    store.close().await.unwrap();
    let store = Store::open(config(&dir), at(60)).await.unwrap();
    assert_eq!(
        store.verify_audit(&south.scope).await.unwrap().fault,
        Some(ChainFault::Missing(1)),
        "a start heals nothing"
    );
}

#[tokio::test]
async fn trails_older_than_anchors_are_anchored_at_the_first_start() {
    let (store, dir) = open().await;
    let centre = centre(&store, "north").await;
    let mut tx = store.keys.begin().await.unwrap();
    sqlx::query("DELETE FROM audit_anchor").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    let store = Store::open(config(&dir), at(60)).await.unwrap();
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, None);
    tamper(
        &store,
        &[
            "DELETE FROM audit_payload WHERE seq = (SELECT MAX(seq) FROM audit)",
            "DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)",
        ],
    )
    .await;
    assert!(matches!(store.verify_audit(&centre.scope).await.unwrap().fault, Some(ChainFault::Missing(_))));
}

#[tokio::test]
async fn the_trail_is_searched_by_actor_object_action_and_time() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let person = Scope::of(centre.tenant.id, centre.agent.user.id);
    let draft = customer_draft("王大明", &["13900139000"]);
    store.update_customer(&person, at(50), centre.customer.id, 1, &draft).await.unwrap();
    store.audit_denial(&person, at(60), "GET /api/v1/audit", Permission::AuditRead).await.unwrap();
    store.audit_denials_left_out(&person, at(70), 7).await.unwrap();
    let until = at(1_000);
    store.audit_sign_in_lock(&centre.scope, at(80), centre.agent.user.id, until, "192.0.2.1").await.unwrap();
    store.audit_sign_in_unlock(&person, at(90), centre.agent.user.id).await.unwrap();
    let found = async |filter: AuditFilter| {
        let rows = store.audit_search(&centre.scope, &filter, Page::first(100)).await.unwrap();
        rows.into_iter().map(|row| row.action).collect::<Vec<_>>()
    };
    let none = AuditFilter::default();
    let by_person = AuditFilter { actor: person.user, ..none.clone() };
    assert_eq!(
        found(by_person.clone()).await,
        ["sign_in.unlocked", "access.denied_more", "access.denied", "customer.updated"]
    );
    let until = AuditFilter { until: Some(at(70)), ..by_person };
    assert_eq!(found(until).await, ["access.denied", "customer.updated"], "until is exclusive");
    let object = Some(centre.customer.id.to_string());
    assert_eq!(found(AuditFilter { object, ..none.clone() }).await, ["customer.updated", "customer.created"]);
    let action = |action: &str| AuditFilter { action: Some(action.to_owned()), ..none.clone() };
    assert_eq!(found(action("access.denied")).await, ["access.denied"]);
    assert_eq!(found(action("sign_in.")).await, ["sign_in.unlocked", "sign_in.locked"], "a subject with its dot");
    assert_eq!(found(action("%")).await, [""; 0]);
    assert_eq!(found(AuditFilter { from: Some(at(85)), ..none.clone() }).await, ["sign_in.unlocked"]);
    let page = Page { limit: 2, after: Some(length(&store, &centre.scope).await) };
    let rows = store.audit_search(&centre.scope, &none, page).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(),
        ["sign_in.locked", "access.denied_more"]
    );
    assert_eq!(store.verify_audit(&centre.scope).await.unwrap().fault, None);
}
