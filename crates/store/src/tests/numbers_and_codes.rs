//! Numbers customers dial, outcomes and reasons: what is changed, in which order they stand, and what cannot go.

use domain::outbound::OutboundPlan;
use domain::settings::Disposition;

use super::*;

fn number_draft(centre: &Centre, number: &str) -> NumberDraft {
    NumberDraft {
        number: number.to_owned(),
        name: "Hotline".to_owned(),
        flow: centre.flow.id,
        language: Language::En,
        calendar: None,
        site: centre.site.id,
        answer: domain::settings::AnswerWhen::AtOnce,
    }
}

#[tokio::test]
async fn a_number_is_changed_by_its_version_and_removed_unless_it_is_shown_outside() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, own) = (&centre.scope, centre.number.id);
    let made = store.create_number(scope, at(5), &number_draft(&centre, "4008005678")).await.unwrap();
    let twice = store.create_number(scope, at(5), &number_draft(&centre, "4008005678")).await;
    assert!(matches!(twice, Err(StoreError::Conflict(_))));

    let renamed = NumberDraft { name: "Sales".to_owned(), ..number_draft(&centre, "4008005678") };
    let id = made.number.id;
    let after = store.update_number(scope, at(6), id, 1, &renamed).await.unwrap();
    assert_eq!((after.number.name.as_str(), after.version), ("Sales", 2));
    assert!(matches!(store.update_number(scope, at(7), id, 1, &renamed).await, Err(StoreError::Conflict(_))));
    assert_eq!(store.number(scope, id).await.unwrap(), after);

    let plan = OutboundPlan { number: Some(id), ..OutboundPlan::default() };
    store.put_outbound_plan(scope, at(8), 0, &plan).await.unwrap();
    assert!(matches!(store.remove_number(scope, at(9), id).await, Err(StoreError::StillUsed(_))));
    let other = OutboundPlan { number: Some(own), ..plan };
    store.put_outbound_plan(scope, at(10), 1, &other).await.unwrap();
    let before = store.load_settings(scope).await.unwrap();
    store.remove_number(scope, at(11), id).await.unwrap();
    let after = store.load_settings(scope).await.unwrap();
    assert_eq!((before.numbers.len(), after.numbers.len()), (2, 1));
    assert!(after.version > before.version, "the floor hears of it");
    assert!(matches!(store.number(scope, id).await, Err(StoreError::NotFound(_))));
    assert!(store.create_number(scope, at(12), &number_draft(&centre, "4008005678")).await.is_ok(), "it is free again");
    let trail = store.audit_trail(scope, Page::first(3)).await.unwrap();
    let actions: Vec<&str> = trail.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions[..2], ["number.created", "number.removed"]);
}

fn draft(code: &Disposition, place: Option<usize>, active: bool) -> CodeDraft {
    CodeDraft { name_zh: code.name_zh.clone(), name_en: code.name_en.clone(), active, place }
}

#[tokio::test]
async fn outcomes_stand_in_the_order_that_was_chosen_and_keep_it_while_out_of_use() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    for (zh, en) in [("需跟进", "Follow up"), ("误拨", "Wrong number")] {
        store.create_disposition(scope, at(5), zh, en).await.unwrap();
    }
    let names = async || {
        let settings = store.load_settings(scope).await.unwrap();
        let named = settings.dispositions.into_iter().map(|one| (one.name_en, one.active));
        named.collect::<Vec<_>>()
    };
    let list = |rows: [(&str, bool); 3]| rows.map(|(name, active)| (name.to_owned(), active)).to_vec();
    assert_eq!(names().await, list([("Solved", true), ("Follow up", true), ("Wrong number", true)]));

    let rows = store.dispositions(scope).await.unwrap();
    let last = rows[2].code.clone();
    let moved = store.update_disposition(scope, at(6), last.id, 1, &draft(&last, Some(0), true)).await.unwrap();
    assert_eq!(moved.version, 2);
    assert_eq!(names().await, list([("Wrong number", true), ("Solved", true), ("Follow up", true)]));
    let off = store.update_disposition(scope, at(7), last.id, 2, &draft(&last, None, false)).await.unwrap();
    assert!(!off.code.active);
    assert_eq!(names().await, list([("Wrong number", false), ("Solved", true), ("Follow up", true)]));
    let end = draft(&last, Some(99), false);
    store.update_disposition(scope, at(8), last.id, 3, &end).await.unwrap();
    assert_eq!(names().await, list([("Solved", true), ("Follow up", true), ("Wrong number", false)]));
    assert!(matches!(store.update_disposition(scope, at(9), last.id, 3, &end).await, Err(StoreError::Conflict(_))));

    let reason = &centre.reason;
    let renamed = CodeDraft { name_zh: "小憩".into(), name_en: "Rest".into(), active: true, place: None };
    let after = store.update_not_ready_reason(scope, at(10), reason.id, 1, &renamed).await.unwrap();
    assert_eq!((after.code.name_en.as_str(), after.version), ("Rest", 2));
    let blank = CodeDraft { name_en: " ".into(), ..renamed };
    let refused = store.update_not_ready_reason(scope, at(11), reason.id, 2, &blank).await;
    assert!(matches!(refused, Err(StoreError::Invalid("name_en"))));
}
