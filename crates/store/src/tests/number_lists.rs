//! Lists of numbers and what is done about whoever is on them.

use std::time::Duration;

use domain::screening::{
    Covers, DeadAirAction, DeadAirRule, Diversion, LIST_ENTRIES_MAX, ListEntry, NuisanceRule, NumberList,
    ScreeningPolicy, ScreeningRules,
};

use super::*;

fn draft(list: NumberList, covers: Covers, value: &str) -> ListDraft {
    ListDraft { list, covers, value: value.to_owned(), note: Some("spam".to_owned()), expires_at: Some(at(900)) }
}

fn number(list: NumberList, value: &str) -> ListDraft {
    draft(list, Covers::Number, value)
}

#[tokio::test]
async fn an_entry_is_put_in_found_changed_and_taken_out_and_the_floor_hears_of_each() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, now) = (&Scope::of(centre.tenant.id, centre.agent.user.id), at(5));
    let version = async || store.load_settings(scope).await.unwrap().version;
    let start = version().await;
    let made = store.add_list_entry(scope, now, &number(NumberList::Block, "0139 0013 9000")).await.unwrap();
    assert_eq!((made.spellings.as_slice(), made.created_by), (&["+8613900139000".to_owned()][..], scope.user));
    let prefix = store.add_list_entry(scope, now, &draft(NumberList::Allow, Covers::Prefix, "400")).await.unwrap();
    let ListRecord { id, list, covers, spellings, expires_at, .. } = prefix.clone();
    let settings = store.load_settings(scope).await.unwrap();
    assert_eq!(settings.screening.entries[1], ListEntry { id, list, covers, spellings, expires: expires_at });

    let of = |list| ListQuery { list: Some(list), ..ListQuery::default() };
    assert_eq!(store.list_entries(scope, &of(NumberList::Block), Page::first(9)).await.unwrap(), vec![made.clone()]);
    for text in ["spam", "1390013", "+86 139-0013-9000", "0139 0013 9000"] {
        let found = ListQuery { list: Some(NumberList::Block), text: Some(text.to_owned()), ..ListQuery::default() };
        assert_eq!(store.list_entries(scope, &found, Page::first(9)).await.unwrap(), vec![made.clone()], "{text}");
    }
    let all = store.list_entries(scope, &ListQuery::default(), Page::first(1)).await.unwrap();
    assert_eq!(all, vec![prefix.clone()], "the newest first");
    let rest = Page { limit: 9, after: Some(prefix.id) };
    assert_eq!(store.list_entries(scope, &ListQuery::default(), rest).await.unwrap(), vec![made.clone()]);

    let wanted = ListChange { list: Some(NumberList::Vip), note: Some(None), expires_at: Some(None) };
    let changed = store.change_list_entry(scope, at(6), made.id, &wanted).await.unwrap();
    assert_eq!((changed.list, &changed.note, changed.expires_at), (NumberList::Vip, &None, None));
    assert_eq!(store.list_entry(scope, made.id).await.unwrap(), changed);
    store.delete_list_entry(scope, at(7), made.id).await.unwrap();
    assert!(matches!(store.list_entry(scope, made.id).await, Err(StoreError::NotFound(_))));
    assert_eq!(version().await, start + 4);
    let trail = format!("{:?}", store.audit_trail(scope, Page::first(200)).await.unwrap());
    for action in ["number_list.added", "number_list.changed", "number_list.removed"] {
        assert!(trail.contains(action), "{action}");
    }
}

#[tokio::test]
async fn a_number_is_on_a_list_once_in_whatever_spelling_and_an_expired_one_gives_way() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let first = store.add_list_entry(scope, at(5), &number(NumberList::Block, "13900139000")).await.unwrap();
    for spelling in ["013900139000", "+86 139 0013 9000", "8613900139000"] {
        let again = store.add_list_entry(scope, at(6), &number(NumberList::Block, spelling)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{spelling}");
    }
    let other = store.add_list_entry(scope, at(6), &number(NumberList::Allow, "13900139000")).await.unwrap();
    let moved = ListChange { list: Some(NumberList::Block), ..ListChange::default() };
    let taken = store.change_list_entry(scope, at(6), other.id, &moved).await;
    assert!(matches!(taken, Err(StoreError::Conflict(_))));
    let anew = ListDraft { expires_at: None, ..number(NumberList::Block, "013900139000") };
    let anew = store.add_list_entry(scope, at(901), &anew).await.unwrap();
    assert!(matches!(store.list_entry(scope, first.id).await, Err(StoreError::NotFound(_))));
    assert_eq!(store.list_entry(scope, anew.id).await.unwrap(), anew);
}

#[tokio::test]
async fn what_would_keep_everybody_or_those_who_help_out_is_refused() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let own = centre.number.number.clone();
    for value in ["110", "0120", "", "anonymous", own.as_str()] {
        let refused = store.add_list_entry(scope, at(5), &number(NumberList::Block, value)).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{value}: {refused:?}");
    }
    for value in ["+", "+86", "0", "01", "1", "00", "+8", "13x"] {
        let refused = store.add_list_entry(scope, at(5), &draft(NumberList::Block, Covers::Prefix, value)).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{value}: {refused:?}");
    }
    let vip = store.add_list_entry(scope, at(5), &number(NumberList::Vip, &own)).await.unwrap();
    let moved = ListChange { list: Some(NumberList::Block), ..ListChange::default() };
    let refused = store.change_list_entry(scope, at(6), vip.id, &moved).await;
    assert!(matches!(refused, Err(StoreError::Invalid(_))));
}

#[tokio::test]
async fn an_area_is_put_in_once_found_by_its_name_and_is_no_number() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let area = |list, value| draft(list, Covers::Area, value);
    let made = store.add_list_entry(scope, at(5), &area(NumberList::Block, "CN/广东/深圳")).await.unwrap();
    let two = store.add_list_entry(scope, at(6), &area(NumberList::Block, "KR/a b")).await.unwrap();
    assert_eq!(store.list_entry(scope, two.id).await.unwrap().spellings, ["KR/a b"], "a name is one word");
    let kept = store.load_settings(scope).await.unwrap().screening.entries;
    assert_eq!((kept[0].covers, kept[0].spellings.as_slice()), (Covers::Area, &["CN/广东/深圳".to_owned()][..]));
    let again = store.add_list_entry(scope, at(7), &area(NumberList::Block, "CN/广东/深圳")).await;
    assert!(matches!(again, Err(StoreError::Conflict(NUMBER_LISTED))), "{again:?}");
    for text in ["深圳", "CN/广东"] {
        let found = ListQuery { text: Some(text.to_owned()), ..ListQuery::default() };
        assert_eq!(store.list_entries(scope, &found, Page::first(9)).await.unwrap(), vec![made.clone()], "{text}");
    }
    for value in ["", "cn", "CHN", "86", "CN/", "CN//深圳", "CN/广东/深圳/南山", "CN/ ", "CN/a\tb", "13800138000"]
    {
        let refused = store.add_list_entry(scope, at(8), &area(NumberList::Allow, value)).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{value}: {refused:?}");
    }
    // The whole country is too much, also by way of another list.
    let refused = store.add_list_entry(scope, at(9), &area(NumberList::Block, "CN")).await;
    assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
    let vip = store.add_list_entry(scope, at(9), &area(NumberList::Vip, "CN")).await.unwrap();
    let moved = ListChange { list: Some(NumberList::Block), ..ListChange::default() };
    let refused = store.change_list_entry(scope, at(10), vip.id, &moved).await;
    assert!(matches!(refused, Err(StoreError::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn the_lists_are_bounded_and_expired_entries_make_room() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let mut tx = store.business.tamper().await;
    for n in 0..LIST_ENTRIES_MAX as i64 {
        let expires = (n == 0).then_some(at(100).0);
        sqlx::query(
            "INSERT INTO number_list_entry (tenant_id, id, list, kind, value, normalised, expires_us, created_us, updated_us) \
             VALUES ($1, $2, 'block', 'number', 'x', $3, $4, 0, 0)",
        )
        .bind(scope.tenant.0)
        .bind(n + 1)
        .bind(format!("+86139{n:08}"))
        .bind(expires)
        .execute(&mut *tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let full = store.add_list_entry(scope, at(50), &number(NumberList::Block, "13700137000")).await;
    assert!(matches!(full, Err(StoreError::Conflict(LISTS_FULL))), "{full:?}");
    let last = store.add_list_entry(scope, at(100), &number(NumberList::Block, "13700137000")).await.unwrap();
    assert_eq!(store.load_settings(scope).await.unwrap().screening.entries.len(), LIST_ENTRIES_MAX);
    // One that moves needs no room.
    let moved = ListChange { list: Some(NumberList::Allow), ..ListChange::default() };
    assert_eq!(store.change_list_entry(scope, at(101), last.id, &moved).await.unwrap().list, NumberList::Allow);
}

#[tokio::test]
async fn the_policy_comes_back_as_it_was_set_and_a_stale_one_is_refused() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    assert_eq!(store.screening_policy(scope).await.unwrap(), ScreeningRecord::default());
    assert_eq!(store.load_settings(scope).await.unwrap().screening, ScreeningRules::default());
    let flow = Diversion::Flow(centre.flow.id);
    let policies = [
        ScreeningPolicy {
            block: flow,
            anonymous: Some(flow),
            nuisance: NuisanceRule { on: true, calls: 7, action: flow, ..NuisanceRule::default() },
            dead_air: DeadAirRule {
                on: true,
                after: Duration::from_secs(45),
                action: DeadAirAction::Flow(centre.flow.id),
            },
        },
        ScreeningPolicy { anonymous: Some(Diversion::Refuse), ..ScreeningPolicy::default() },
        ScreeningPolicy::default(),
    ];
    for (version, policy) in (0..).zip(policies) {
        let put = store.put_screening_policy(scope, at(5), version, &policy).await.unwrap();
        assert_eq!(put, ScreeningRecord { policy, version: version + 1 });
        assert_eq!(store.screening_policy(scope).await.unwrap(), put);
        assert_eq!(store.load_settings(scope).await.unwrap().screening.policy, policy);
    }
    let stale = store.put_screening_policy(scope, at(6), 1, &ScreeningPolicy::default()).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
}
