//! Opening hours over HTTP: made, changed, looked at by the month, given to numbers; what is wrong says where.

use axum::http::StatusCode;
use domain::{Event, HoursReason};
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;

/// Weekdays, two intervals a day.
async fn office(house: &House) -> Value {
    let weekly: Vec<Value> = (0..5)
        .flat_map(|day| [(540, 720), (810, 1_080)].map(|(from, to)| (day, from, to)))
        .map(|(day, from, to)| json!({ "weekday": day, "from_minute": from, "to_minute": to }))
        .collect();
    let body = json!({ "name": "客服", "weekly": weekly });
    let made = house.ask(&house.centre.admin_token, "POST", "/api/v1/calendars", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(house.get(&house.centre.admin_token, made.header("location")).await.json(), made.json());
    made.json()
}

async fn except(house: &House, calendar: &Value, body: Value) -> Value {
    let path = format!("/api/v1/calendars/{}/exceptions", calendar["id"].as_str().unwrap());
    let made = house.ask(&house.centre.admin_token, "POST", &path, body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    made.json()
}

#[tokio::test]
async fn a_month_shows_what_each_date_comes_to() {
    let house = House::build().await;
    let calendar = office(&house).await;
    assert_eq!(calendar["time_zone"], "Asia/Shanghai", "the zone of the centre");
    // Monday, 10:00.
    let standing = json!({ "open": true, "reason": "weekly", "until_at_us": MORNING.0 + 2 * 3_600_000_000 });
    assert_eq!(calendar["standing"], standing);
    let holiday = json!({ "kind": "holiday", "name": "元旦", "first_day": "2026-01-01", "last_day": "2026-01-03" });
    let make_up = json!({ "kind": "make_up", "name": "元旦调休", "first_day": "2026-01-04", "like_weekday": 0 });
    let own = json!({
        "kind": "make_up", "name": "盘点", "first_day": "2026-01-10",
        "intervals": [{ "from_minute": 600, "to_minute": 660 }],
    });
    let part = json!({
        "kind": "closure", "name": "培训", "first_day": "2026-01-05",
        "intervals": [{ "from_minute": 600, "to_minute": 840 }],
    });
    let whole = json!({ "kind": "closure", "name": "停电", "first_day": "2026-01-06" });
    for body in [holiday, make_up, own, part, whole] {
        except(&house, &calendar, body).await;
    }
    let path = format!("/api/v1/calendars/{}", calendar["id"].as_str().unwrap());
    let month = house.get(&house.centre.agent_token, &format!("{path}/month?year=2026&month=1")).await.json();
    assert_eq!((&month["today"], month["days"].as_array().unwrap().len()), (&json!("2026-01-05"), 31));
    let days: Vec<String> = month["days"].as_array().unwrap()[..12].iter().map(in_a_line).collect();
    expect_test::expect![[r#"
        [
            "2026-01-01 4 holiday 1",
            "2026-01-02 5 holiday 1",
            "2026-01-03 6 holiday 1",
            "2026-01-04 7 make_up 540-720 810-1080 1",
            "2026-01-05 1 closure 540-600 840-1080 1",
            "2026-01-06 2 closure 1",
            "2026-01-07 3 open 540-720 810-1080 0",
            "2026-01-08 4 open 540-720 810-1080 0",
            "2026-01-09 5 open 540-720 810-1080 0",
            "2026-01-10 6 make_up 600-660 1",
            "2026-01-11 7 closed 0",
            "2026-01-12 1 open 540-720 810-1080 0",
        ]
    "#]]
    .assert_debug_eq(&days);
    let shown = house.get(&house.centre.agent_token, &path).await.json();
    let until = json!(MORNING.0 + 4 * 3_600_000_000);
    assert_eq!((&shown["standing"]["reason"], &shown["standing"]["until_at_us"]), (&json!("closure"), &until));
    assert_eq!(shown["standing"]["exception_id"], shown["exceptions"][3]["id"]);
    let february = house.get(&house.centre.agent_token, &format!("{path}/month?year=2028&month=2")).await.json();
    assert_eq!(february["days"].as_array().unwrap().len(), 29, "a leap year");
}

fn in_a_line(day: &Value) -> String {
    let minute = |part: &Value| format!("{}-{} ", part["from_minute"], part["to_minute"]);
    let hours: String = day["intervals"].as_array().unwrap().iter().map(minute).collect();
    let (date, state) = (day["date"].as_str().unwrap(), day["state"].as_str().unwrap());
    let weekday = day["weekday"].as_u64().unwrap() + 1;
    format!("{date} {weekday} {state} {hours}{}", day["exception_ids"].as_array().unwrap().len())
}

#[tokio::test]
async fn changes_of_the_clocks_stand_on_their_dates() {
    let house = House::build().await;
    let body = json!({ "name": "London", "time_zone": "Europe/London" });
    let made = house.ask(&house.centre.admin_token, "POST", "/api/v1/calendars", body).await.json();
    for (month, date, shift) in [(3, "2026-03-29", 3_600_000), (10, "2026-10-25", -3_600_000)] {
        let path = format!("/api/v1/calendars/{}/month?year=2026&month={month}", made["id"].as_str().unwrap());
        let month = house.get(&house.centre.admin_token, &path).await.json();
        let shifted: Vec<&Value> =
            month["days"].as_array().unwrap().iter().filter(|day| !day["clock_shift_ms"].is_null()).collect();
        assert_eq!(shifted.len(), 1);
        assert_eq!((&shifted[0]["date"], &shifted[0]["clock_shift_ms"]), (&json!(date), &json!(shift)));
    }
}

#[tokio::test]
async fn hours_are_changed_given_to_a_number_and_taken_away() {
    let house = House::build().await;
    let (admin, calendar) = (&house.centre.admin_token, office(&house).await);
    let id = calendar["id"].as_str().unwrap();
    let (path, number) =
        (format!("/api/v1/calendars/{id}"), format!("/api/v1/numbers/{}/calendar", house.centre.number.id));
    let given = house.ask(admin, "PUT", &number, json!({ "calendar_id": id })).await;
    assert_eq!((given.status, &given.json()["calendar_id"]), (StatusCode::OK, &json!(id)));
    assert_eq!(house.ask(admin, "DELETE", &path, Value::Null).await.problem(), (409, "conflict".to_owned()));
    let change = json!({ "version": 1, "name": "客服部", "weekly": [] });
    let changed = house.ask(admin, "PATCH", &path, change.clone()).await.json();
    assert_eq!(
        (&changed["version"], &changed["weekly"], &changed["standing"]["open"]),
        (&json!(2), &json!([]), &json!(false))
    );
    assert_eq!(house.ask(admin, "PATCH", &path, change).await.problem(), (409, "conflict".to_owned()));
    let made = except(&house, &calendar, json!({ "kind": "holiday", "name": "x", "first_day": "2026-01-05" })).await;
    let exception = format!("/api/v1/calendar-exceptions/{}", made["id"].as_str().unwrap());
    let wanted = json!({ "kind": "closure", "name": "y", "first_day": "2026-01-05", "last_day": "2026-01-06" });
    let after = house.ask(admin, "PUT", &exception, wanted).await.json();
    assert_eq!(
        (&after["kind"], &after["intervals"]),
        (&json!("closure"), &json!([{ "from_minute": 0, "to_minute": 1_440 }]))
    );
    assert_eq!(house.ask(admin, "DELETE", &exception, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.ask(admin, "DELETE", &exception, Value::Null).await.status, StatusCode::NOT_FOUND);
    let freed = house.ask(admin, "PUT", &number, json!({ "calendar_id": null })).await.json();
    assert_eq!(freed["calendar_id"], Value::Null);
    assert_eq!(house.ask(admin, "DELETE", &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.get(admin, &path).await.status, StatusCode::NOT_FOUND);
    let told = house.floor.take_notes().iter().filter(|note| note.starts_with("settings changed")).count();
    assert_eq!(told, 8, "the floor is told of every change and of nothing else");
}

#[tokio::test]
async fn what_is_wrong_says_where_and_how() {
    let house = House::build().await;
    let calendar = office(&house).await;
    let faults = async |method: &str, path: &str, body: Value| {
        let answer = house.ask(&house.centre.admin_token, method, path, body).await;
        assert_eq!(answer.problem(), (422, "validation".to_owned()), "{}", answer.text);
        let fields = answer.json()["fields"].as_array().unwrap().clone();
        fields
            .iter()
            .map(|f| format!("{} {}", f["field"].as_str().unwrap(), f["code"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let part = |weekday: i64, from: i64, to: i64| json!({ "weekday": weekday, "from_minute": from, "to_minute": to });
    let weekly = json!([
        part(0, 540, 720),
        part(0, 700, 800),
        part(0, 720, 800),
        part(1, 1_320, 120),
        part(2, 0, 1_441),
        part(7, 0, 60),
    ]);
    let body = json!({ "name": " ", "time_zone": "Shanghai", "weekly": weekly });
    assert_eq!(
        faults("POST", "/api/v1/calendars", body).await,
        [
            "name missing",
            "time_zone unknown_time_zone",
            "weekly.1 overlapping",
            "weekly.2 overlapping",
            "weekly.3 ends_too_early",
            "weekly.4 malformed",
            "weekly.5.weekday malformed",
        ]
    );
    let path = format!("/api/v1/calendars/{}", calendar["id"].as_str().unwrap());
    let exceptions = format!("{path}/exceptions");
    let day = |change: Value| {
        let mut body = json!({ "kind": "closure", "name": "x", "first_day": "2026-02-10" });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    for (change, expected) in [
        (json!({ "first_day": "2026-02-30", "last_day": "2026-03-01" }), "first_day malformed"),
        (json!({ "last_day": "2026-02-09" }), "last_day ends_too_early"),
        (json!({ "last_day": "2027-02-11" }), "last_day too_large"),
        (json!({ "kind": "make_up" }), "intervals missing"),
        (json!({ "kind": "make_up", "like_weekday": 9 }), "like_weekday malformed"),
        (json!({ "intervals": [{ "from_minute": 5, "to_minute": 5 }] }), "intervals.0 ends_too_early"),
    ] {
        assert_eq!(faults("POST", &exceptions, day(change)).await, [expected]);
    }
    assert_eq!(
        faults("GET", &format!("{path}/month?year=x&month=13"), Value::Null).await,
        ["year malformed", "month malformed"]
    );
    let number = format!("/api/v1/numbers/{}/calendar", house.centre.number.id);
    let unknown = json!({ "calendar_id": "cal_0000000000001" });
    assert_eq!(faults("PUT", &number, unknown).await, ["calendar_id unknown_reference"]);
}

#[tokio::test]
async fn the_timeline_says_why_it_was_closed_even_when_the_holiday_was_removed() {
    let house = House::build().await;
    let (centre, calendar) = (&house.centre, office(&house).await);
    let holiday = json!({ "kind": "holiday", "name": "元旦", "first_day": "2026-01-05" });
    let holiday = except(&house, &calendar, holiday).await;
    let call = Call::whole(&house, centre).await;
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let checked = Event::HoursChecked {
        conversation: call.conversation,
        segment: house.store.mint(MORNING),
        node: 0,
        calendar: Some(id(&calendar).parse().unwrap()),
        open: false,
        why: HoursReason::Holiday,
        exception: Some(id(&holiday).parse().unwrap()),
    };
    house.floor.commit(house.tenant(), MORNING, vec![checked], vec![]).await;
    let path = format!("/api/v1/calendar-exceptions/{}", id(&holiday));
    assert_eq!(house.ask(&centre.admin_token, "DELETE", &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    let detail = house.get(&centre.agent_token, &format!("/api/v1/conversations/{}", call.conversation)).await.json();
    let event = detail["timeline"].as_array().unwrap().iter().find(|event| event["kind"] == "hours_checked").unwrap();
    let data = &event["data"];
    assert_eq!((&data["open"], &data["reason"]), (&json!(false), &json!("holiday")));
    assert_eq!((&data["exception_name"], &data["calendar_name"]), (&json!("元旦"), &json!("客服")));
    assert_eq!(data["node_label"], "Greeting");
}
