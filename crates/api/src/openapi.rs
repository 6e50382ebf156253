//! The OpenAPI document, made from the declared routes.

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};

use crate::json::{codes, live, problem, task};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Callisto",
        description = "Contact centre. Sign-ins are cookies with a CSRF header, programs bring bearer tokens. \
            Times are microseconds UTC (`*_at_us`), durations milliseconds (`*_ms`), ids prefixed strings. \
            `GET /api/v1/live` is a WebSocket: it takes `ClientMessage` and gives `ServerMessage`.",
        version = "1",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(
        problem::Problem,
        problem::FieldFault,
        problem::FaultCode,
        problem::ProblemCode,
        live::ClientMessage,
        live::ServerMessage,
        live::TopicUpdate,
        live::TopicState,
        crate::json::floor::QueueState,
        codes::FlowExitCode,
        codes::HandlingEnd,
        codes::HoursReasonCode,
        codes::LeaveReason,
        codes::OfferEnd,
        codes::OutboundResult,
        codes::VoicemailCause,
        task::TaskProgress,
        task::TaskWhose,
        codes::WaitReason,
        codes::WrapUpEnd,
    ))
)]
struct Document;

/// The OpenAPI document of the API as pretty JSON with a closing newline.
pub fn openapi_json() -> String {
    let mut document = crate::routes::declare().document(Document::openapi());
    let schemes = document.components.get_or_insert_default();
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
        crate::auth::session::COOKIE,
        "Unsafe methods also need the header `X-CSRF-Token` with the token of `GET /api/v1/me`.",
    )));
    schemes.add_security_scheme("session", cookie);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    schemes.add_security_scheme("token", SecurityScheme::Http(bearer));
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    /// Set `UPDATE_GENERATED=1` to write the file anew.
    #[test]
    fn the_committed_document_is_the_one_the_routes_make() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/generated/openapi.json");
        let made = super::openapi_json();
        if std::env::var_os("UPDATE_GENERATED").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(made == committed, "docs/generated/openapi.json is out of date: run with UPDATE_GENERATED=1");
    }
}
