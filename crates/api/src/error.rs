//! How a request fails: one error type, one mapping to a status.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Permission, Refusal, Utc};
use store::StoreError;

use crate::json::problem::{FaultCode, FieldFault, Problem, ProblemCode};
use crate::port::{AskError, PhoneError};

/// Why an operation was not carried out.
#[derive(Clone, Debug)]
pub struct RouteError {
    code: ProblemCode,
    detail: &'static str,
    fields: Vec<FieldFault>,
    retry_after_s: Option<u64>,
    until: Option<Utc>,
    missing: Option<Permission>,
}

/// The permission for want of which a request was refused; an extension of the response, for the audit trail.
#[derive(Clone, Copy, Debug)]
pub struct Missing(pub Permission);

/// What an operation answers.
pub type Answer<T> = Result<T, RouteError>;

impl ProblemCode {
    /// The one place where a code becomes a status.
    pub fn status(self) -> StatusCode {
        match self {
            ProblemCode::WrongCredentials | ProblemCode::Unauthenticated => StatusCode::UNAUTHORIZED,
            ProblemCode::Forbidden | ProblemCode::Csrf => StatusCode::FORBIDDEN,
            ProblemCode::NotFound => StatusCode::NOT_FOUND,
            ProblemCode::Conflict
            | ProblemCode::NoDevice
            | ProblemCode::OfferOver
            | ProblemCode::HandlingOver
            | ProblemCode::WrongState
            | ProblemCode::WorkInHand
            | ProblemCode::AtPhone
            | ProblemCode::CalleeUnavailable
            | ProblemCode::QueueFull
            | ProblemCode::QueueUnserved
            | ProblemCode::LimitReached
            | ProblemCode::CallsStopped
            | ProblemCode::LinesBusy
            | ProblemCode::SiteFull
            | ProblemCode::InUse
            | ProblemCode::RecordingRuled
            | ProblemCode::ConsentMissing
            | ProblemCode::ConsentRefused
            | ProblemCode::OnHold
            | ProblemCode::NotSignedIn => StatusCode::CONFLICT,
            ProblemCode::Validation
            | ProblemCode::UnknownReference
            | ProblemCode::BadNumber
            | ProblemCode::NumberNotAllowed
            | ProblemCode::BadSdp => StatusCode::UNPROCESSABLE_ENTITY,
            ProblemCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ProblemCode::RateLimited | ProblemCode::LockedOut => StatusCode::TOO_MANY_REQUESTS,
            ProblemCode::Overload | ProblemCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            ProblemCode::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
            ProblemCode::RecordingErased => StatusCode::GONE,
            ProblemCode::RecordingTruncated | ProblemCode::RecordingAltered | ProblemCode::Internal => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// The code as it stands in JSON, and its English title.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            ProblemCode::WrongCredentials => ("wrong_credentials", "User name or password is wrong"),
            ProblemCode::Unauthenticated => ("unauthenticated", "Sign in first"),
            ProblemCode::Forbidden => ("forbidden", "Not permitted"),
            ProblemCode::Csrf => ("csrf", "The X-CSRF-Token header is missing or wrong"),
            ProblemCode::NotFound => ("not_found", "Not found"),
            ProblemCode::Conflict => ("conflict", "It was changed meanwhile or exists already"),
            ProblemCode::Validation => ("validation", "The request breaks a rule"),
            ProblemCode::NoDevice => ("no_device", "No phone is connected"),
            ProblemCode::OfferOver => ("offer_over", "The offer is over"),
            ProblemCode::HandlingOver => ("handling_over", "The handling is over"),
            ProblemCode::WrongState => ("wrong_state", "Not possible in the present state"),
            ProblemCode::WorkInHand => ("work_in_hand", "There is work in hand"),
            ProblemCode::AtPhone => ("at_phone", "It has to be done at the phone"),
            ProblemCode::BadNumber => ("bad_number", "It is no number"),
            ProblemCode::NumberNotAllowed => ("number_not_allowed", "The number may not be dialled"),
            ProblemCode::LimitReached => ("limit_reached", "As many calls as may be made in this time were made"),
            ProblemCode::CallsStopped => ("calls_stopped", "Calls are stopped until a supervisor releases them"),
            ProblemCode::LinesBusy => ("lines_busy", "Every trunk to such numbers is at a limit"),
            ProblemCode::SiteFull => ("site_full", "As many calls of the site are up as may be"),
            ProblemCode::InUse => ("in_use", "Other things refer to it"),
            ProblemCode::RecordingRuled => ("recording_ruled", "A rule says what is recorded here"),
            ProblemCode::ConsentMissing => ("consent_missing", "The customer has not agreed to be recorded"),
            ProblemCode::ConsentRefused => ("consent_refused", "The customer refused to be recorded"),
            ProblemCode::CalleeUnavailable => ("callee_unavailable", "Whoever is called cannot be reached or is busy"),
            ProblemCode::QueueFull => ("queue_full", "As many wait in the queue as may"),
            ProblemCode::QueueUnserved => ("queue_unserved", "Nobody at work serves the queue"),
            ProblemCode::NotSignedIn => ("not_signed_in", "The agent is not signed in"),
            ProblemCode::UnknownReference => ("unknown_reference", "It refers to something that does not exist"),
            ProblemCode::Overload => ("overload", "The centre is at a limit"),
            ProblemCode::Unavailable => ("unavailable", "A part of the centre does not answer"),
            ProblemCode::LockedOut => {
                ("locked_out", "Too many wrong passwords; wait, or ask an administrator to unlock")
            }
            ProblemCode::RateLimited => ("rate_limited", "Too many requests"),
            ProblemCode::BadSdp => ("bad_sdp", "The session description cannot be used"),
            ProblemCode::TooLarge => ("too_large", "The request is too large"),
            ProblemCode::RangeNotSatisfiable => ("range_not_satisfiable", "There are no such bytes"),
            ProblemCode::RecordingErased => ("recording_erased", "The recording was erased"),
            ProblemCode::OnHold => ("on_hold", "The recording is held"),
            ProblemCode::RecordingTruncated => ("recording_truncated", "The recording is not whole"),
            ProblemCode::RecordingAltered => ("recording_altered", "The recording is not what was sealed"),
            ProblemCode::Internal => ("internal", "A fault of the server"),
        }
    }
}

impl RouteError {
    /// With what the developer who reads it should know.
    pub fn new(code: ProblemCode, detail: &'static str) -> RouteError {
        RouteError { code, detail, fields: Vec::new(), retry_after_s: None, until: None, missing: None }
    }

    /// With the title as detail.
    pub fn of(code: ProblemCode) -> RouteError {
        RouteError::new(code, "")
    }

    /// There is no such thing, or none this account may see.
    pub fn not_found() -> RouteError {
        RouteError::new(ProblemCode::NotFound, "no such thing, or none this account may see")
    }

    /// The account lacks a permission.
    pub fn missing(permission: Permission) -> RouteError {
        RouteError { missing: Some(permission), ..RouteError::of(ProblemCode::Forbidden) }
    }

    /// Too many requests; try again after `seconds`.
    pub fn rate_limited(seconds: u64) -> RouteError {
        RouteError { retry_after_s: Some(seconds), ..RouteError::of(ProblemCode::RateLimited) }
    }

    /// Too many wrong passwords; try again after `wait`.
    pub fn locked_out(wait: Duration) -> RouteError {
        RouteError { retry_after_s: Some(wait.as_secs() + 1), ..RouteError::of(ProblemCode::LockedOut) }
    }

    /// A request that breaks rules, all of them named.
    pub fn invalid(fields: Vec<FieldFault>) -> RouteError {
        RouteError { fields, ..RouteError::new(ProblemCode::Validation, "see fields") }
    }

    /// A request that breaks one rule.
    pub fn invalid_field(field: &str, code: FaultCode) -> RouteError {
        RouteError::invalid(vec![FieldFault { field: field.to_owned(), code, limit: None }])
    }

    /// A fault of ours; `source` goes to the log, not to the client.
    pub fn internal(what: &'static str, source: &(dyn std::error::Error + 'static)) -> RouteError {
        tracing::error!(error = source, "{what}");
        RouteError::new(ProblemCode::Internal, "the log of the server says more")
    }

    /// The code.
    pub fn code(&self) -> ProblemCode {
        self.code
    }
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let status = self.code.status();
        let (name, title) = self.code.words();
        let problem = Problem {
            kind: format!("/problems/{name}"),
            title: title.to_owned(),
            status: status.as_u16(),
            code: self.code,
            detail: if self.detail.is_empty() { title.to_owned() } else { self.detail.to_owned() },
            fields: self.fields,
            until_us: self.until.map(|until| until.0),
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s.or((status == StatusCode::SERVICE_UNAVAILABLE).then_some(5)) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.code == ProblemCode::Unauthenticated {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(permission) = self.missing {
            response.extensions_mut().insert(Missing(permission));
        }
        response
    }
}

impl From<AskError> for RouteError {
    fn from(error: AskError) -> RouteError {
        match error {
            AskError::Refused(Refusal::LimitReached { until }) => {
                RouteError { until: Some(until), ..RouteError::of(ProblemCode::LimitReached) }
            }
            AskError::Refused(refusal) => RouteError::of(match refusal {
                Refusal::NotSignedIn => ProblemCode::NotSignedIn,
                Refusal::NoDevice => ProblemCode::NoDevice,
                Refusal::OfferOver => ProblemCode::OfferOver,
                Refusal::HandlingOver => ProblemCode::HandlingOver,
                Refusal::WrongState => ProblemCode::WrongState,
                Refusal::WorkInHand => ProblemCode::WorkInHand,
                Refusal::UnknownReference => ProblemCode::UnknownReference,
                Refusal::Overload => ProblemCode::Overload,
                Refusal::AtPhone => ProblemCode::AtPhone,
                Refusal::BadNumber => ProblemCode::BadNumber,
                Refusal::NotAllowed => ProblemCode::NumberNotAllowed,
                Refusal::CalleeUnavailable => ProblemCode::CalleeUnavailable,
                Refusal::QueueFull => ProblemCode::QueueFull,
                Refusal::QueueUnserved => ProblemCode::QueueUnserved,
                Refusal::LimitReached { .. } => ProblemCode::LimitReached,
                Refusal::CallsStopped => ProblemCode::CallsStopped,
                Refusal::LinesBusy => ProblemCode::LinesBusy,
                Refusal::SiteFull => ProblemCode::SiteFull,
                Refusal::RecordingRuled => ProblemCode::RecordingRuled,
                Refusal::ConsentMissing => ProblemCode::ConsentMissing,
                Refusal::ConsentRefused => ProblemCode::ConsentRefused,
            }),
            AskError::Unavailable => RouteError::of(ProblemCode::Unavailable),
        }
    }
}

impl From<StoreError> for RouteError {
    fn from(error: StoreError) -> RouteError {
        match error {
            StoreError::NotFound(_) => RouteError::not_found(),
            StoreError::Conflict(detail) => RouteError::new(ProblemCode::Conflict, detail),
            StoreError::StillUsed(detail) => RouteError::new(ProblemCode::InUse, detail),
            StoreError::Invalid(detail) => RouteError::new(ProblemCode::Validation, detail),
            error
            @ (StoreError::Unavailable(_) | StoreError::Injected | StoreError::Behind | StoreError::Fenced(_)) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the store does not answer");
                RouteError::of(ProblemCode::Unavailable)
            }
            error @ (StoreError::OutOfOrder { .. }
            | StoreError::BadKey { .. }
            | StoreError::BadKeyFile
            | StoreError::Corrupt(_)
            | StoreError::NewerSchema { .. }
            | StoreError::InUse { .. }
            | StoreError::RekeyInterrupted
            | StoreError::Io { .. }) => RouteError::internal("the store failed", &error),
        }
    }
}

impl From<PhoneError> for RouteError {
    fn from(error: PhoneError) -> RouteError {
        RouteError::of(match error {
            PhoneError::BadSdp => ProblemCode::BadSdp,
            PhoneError::UnknownNumber => ProblemCode::UnknownReference,
            PhoneError::Overload => ProblemCode::Overload,
            PhoneError::Unavailable => ProblemCode::Unavailable,
        })
    }
}
