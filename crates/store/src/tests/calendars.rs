//! Opening hours are kept whole, changed by one at a time, and not taken from under a number or a flow.

use domain::calendar::DayInterval;

use super::*;

fn day(name: &str, first: &str, last: &str, rule: ExceptionRule) -> CalendarExceptionDraft {
    CalendarExceptionDraft { name: name.into(), first: first.parse().unwrap(), last: last.parse().unwrap(), rule }
}

const NOON: DayInterval = DayInterval { from_minute: 690, to_minute: 780 };

#[tokio::test]
async fn exceptions_of_every_rule_come_back_as_they_were() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, id) = (&centre.scope, centre.calendar.id);
    let version = store.load_settings(scope).await.unwrap().version;
    let drafts = [
        day("国庆节", "2026-10-01", "2026-10-07", ExceptionRule::Holiday),
        day("国庆调休", "2026-10-10", "2026-10-10", ExceptionRule::MakeUpLike(2)),
        day("加班", "2028-02-29", "2028-02-29", ExceptionRule::MakeUpOwn(vec![NOON])),
        day("停电", "2026-12-31", "2027-01-01", ExceptionRule::Closure(NOON)),
    ];
    let mut made = Vec::new();
    for draft in &drafts {
        made.push(store.create_calendar_exception(scope, at(5), id, draft).await.unwrap());
    }
    let settings = store.load_settings(scope).await.unwrap();
    assert_eq!((settings.version, &settings.calendars[0].exceptions), (version + 4, &made), "the floor is told");
    let changed = day("国庆长假", "2026-10-01", "2026-10-08", ExceptionRule::Closure(NOON));
    let (of, after) = store.update_calendar_exception(scope, at(6), made[0].id, &changed).await.unwrap();
    assert_eq!((of, after.last, &after.rule), (id, changed.last, &changed.rule));
    store.remove_calendar_exception(scope, at(7), made[1].id).await.unwrap();
    assert!(matches!(store.remove_calendar_exception(scope, at(8), made[1].id).await, Err(StoreError::NotFound(_))));
    let left = store.calendar(scope, id).await.unwrap().calendar.exceptions;
    assert_eq!(left, [after, made[2].clone(), made[3].clone()]);
    let name = store.calendar_exception_name(scope, made[1].id).await.unwrap();
    assert_eq!(name.as_deref(), Some("国庆调休"), "a timeline that tells of it keeps its name");
    let trail = store.audit_trail(scope, Page::first(6)).await.unwrap();
    let actions: Vec<&str> = trail.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(
        actions[..3],
        ["calendar_exception.removed", "calendar_exception.updated", "calendar_exception.created"]
    );
    let payload = trail[1].payload.as_ref().unwrap();
    assert_eq!((&payload["before"]["last_day"], &payload["after"]["rule"]), (&"2026-10-07".into(), &"closure".into()));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let (scope, id) = (&centre.scope, centre.calendar.id);
    let backwards = DayInterval { from_minute: 700, to_minute: 600 };
    for draft in [
        day("", "2026-10-01", "2026-10-01", ExceptionRule::Holiday),
        day("x", "2026-10-02", "2026-10-01", ExceptionRule::Holiday),
        day("x", "2026-10-01", "2027-10-02", ExceptionRule::Holiday),
        day("x", "2026-10-01", "2026-10-01", ExceptionRule::MakeUpLike(7)),
        day("x", "2026-10-01", "2026-10-01", ExceptionRule::MakeUpOwn(vec![])),
        day("x", "2026-10-01", "2026-10-01", ExceptionRule::Closure(backwards)),
    ] {
        let refused = store.create_calendar_exception(scope, at(5), id, &draft).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "{draft:?}");
    }
    let zone = CalendarDraft { name: "x".into(), time_zone: "Mars/Olympus".into(), weekly: vec![] };
    assert!(matches!(store.create_calendar(scope, at(5), &zone).await, Err(StoreError::Invalid("time_zone"))));
}

#[tokio::test]
async fn hours_in_use_stay_and_a_stale_change_is_a_conflict() {
    let (store, _dir) = open().await;
    let centre = centre(&store, "north").await;
    let scope = &centre.scope;
    let draft = CalendarDraft { name: "Sales".into(), time_zone: "Europe/London".into(), weekly: vec![] };
    let sales = store.create_calendar(scope, at(5), &draft).await.unwrap();
    let id = sales.calendar.id;
    let number = store.set_number_calendar(scope, at(6), centre.number.id, Some(id)).await.unwrap();
    assert_eq!((number.number.calendar, number.version), (Some(id), 2));
    assert_eq!(store.numbers(scope).await.unwrap(), vec![number]);
    assert!(matches!(store.remove_calendar(scope, at(7), id).await, Err(StoreError::Conflict(_))), "a number has it");
    let by_flow = store.remove_calendar(scope, at(7), centre.calendar.id).await;
    assert!(matches!(by_flow, Err(StoreError::Conflict(_))), "a flow asks it");
    assert_eq!(store.update_calendar(scope, at(8), id, 1, &draft).await.unwrap().version, 2);
    assert!(matches!(store.update_calendar(scope, at(9), id, 1, &draft).await, Err(StoreError::Conflict(_))));
    store.set_number_calendar(scope, at(10), centre.number.id, None).await.unwrap();
    store.remove_calendar(scope, at(11), id).await.unwrap();
    assert_eq!(store.calendars(scope).await.unwrap().len(), 1);
    assert!(matches!(store.calendar(scope, id).await, Err(StoreError::NotFound(_))));
    let gone = store.set_number_calendar(scope, at(12), centre.number.id, Some(id)).await;
    assert!(matches!(gone, Err(StoreError::Invalid(_))));
}
