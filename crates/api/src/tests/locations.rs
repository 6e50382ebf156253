//! Where numbers are from, beside every number that is shown.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::call::Call;
use super::house::*;
use super::live::connect;
use super::masking::short_sighted;

fn beijing() -> Value {
    json!({
        "country_code": "CN",
        "zh": "北京",
        "en": "Beijing",
        "carrier_zh": "中国移动",
        "carrier_en": "China Mobile",
        "dated": numbering::built_in().dated(),
    })
}

#[tokio::test]
async fn a_number_has_its_place_beside_it_masked_or_not() {
    let house = House::build().await;
    let call = Call::whole(&house, &house.centre).await;
    let token = short_sighted(&house).await;
    let customer = format!("/api/v1/customers/{}", house.centre.customer.id);
    let conversation = format!("/api/v1/conversations/{}", call.conversation);
    for (token, number) in [(&house.centre.admin_token, "13800138000"), (&token, "138****8000")] {
        let listed = house.get(token, "/api/v1/conversations").await.json();
        let first = &listed["items"][0];
        assert_eq!((&first["from"], &first["location"]), (&json!(number), &beijing()), "{listed}");
        let shown = house.get(token, &conversation).await.json();
        assert_eq!((&shown["from"], &shown["location"]), (&json!(number), &beijing()));
        assert_eq!(house.get(token, &customer).await.json()["numbers"][0]["location"], beijing());
    }
}

#[tokio::test]
async fn the_desk_that_rings_says_where_the_caller_is_from() {
    let house = House::build().await;
    Call::agent_ready(&house, &house.centre).await;
    let call = Call::new(&house, &house.centre);
    call.queued(&house, &house.centre).await;
    call.offered(&house, &house.centre).await;
    let address = house.listen().await;
    let bearer = format!("Bearer {}", house.centre.agent_token);
    let mut client = connect(address, "/api/v1/live", &[("authorization", &bearer)]).await.unwrap();
    client.say(json!({ "op": "subscribe", "topics": ["me"] })).await;
    let heard = client.hear().await;
    assert_eq!(heard["state"]["offers"][0]["conversation"]["location"], beijing(), "{heard}");
}

#[tokio::test]
async fn a_short_number_is_from_nowhere() {
    let house = House::build().await;
    let body = json!({ "name": "内线", "numbers": [{ "number": "8001" }, { "number": "0755-8888 6666" }] });
    let made = house.ask(&house.centre.admin_token, "POST", "/api/v1/customers", body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let numbers = made.json()["numbers"].clone();
    assert_eq!(numbers[0].get("location"), None, "{numbers}");
    assert_eq!(numbers[1]["location"]["zh"], "广东深圳", "{numbers}");
    assert_eq!(numbers[1]["location"].get("carrier_zh"), None, "{numbers}");
}

#[tokio::test]
async fn the_system_page_tells_the_data_and_its_date() {
    let house = House::build().await;
    let health = house.get(&house.centre.admin_token, "/api/v1/system/health").await.json();
    let data = numbering::built_in();
    let expected = json!({ "source": data.source(), "dated": data.dated(), "built_in": true });
    assert_eq!((&health["locations"], &health["codes"]), (&expected, &json!([])));
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_looked_at_and_calls_are_taken() {
    let house = House::with(|config| {
        config.numbers.file = Some("/etc/callisto/location.dat".into());
        config.numbers.fell_back = true;
    })
    .await;
    let answer = house.get("", "/healthz").await;
    let expected = json!({ "status": "degraded", "codes": ["locations_unusable"] });
    assert_eq!((answer.status, answer.json()), (StatusCode::OK, expected));
    let health = house.get(&house.centre.admin_token, "/api/v1/system/health").await.json();
    assert_eq!(health["locations"]["built_in"], true);
}
