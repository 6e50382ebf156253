//! RFC 9457 problem documents.

use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, for programs; the client puts it into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// User name or password is wrong.
    WrongCredentials,
    /// No valid session or token.
    Unauthenticated,
    /// The permission is missing.
    Forbidden,
    /// The `X-CSRF-Token` header is missing or wrong.
    Csrf,
    /// There is no such thing.
    NotFound,
    /// The thing was changed meanwhile, exists already, or an idempotency key was used for another request.
    Conflict,
    /// The request breaks a rule; `fields` says which.
    Validation,
    /// It cannot go while other things refer to it.
    InUse,
    /// The agent has no connected phone.
    NoDevice,
    /// The offer is over.
    OfferOver,
    /// The handling is over or somebody else's.
    HandlingOver,
    /// The action does not fit the present state.
    WrongState,
    /// Live work stands against it.
    WorkInHand,
    /// It has to be done at the agent's SIP phone.
    AtPhone,
    /// What was typed is no number.
    BadNumber,
    /// The number may not be dialled.
    NumberNotAllowed,
    /// As many calls were begun, or as long was talked, as may be in a time; `until_us` says when it ends.
    LimitReached,
    /// Calls of the agent, or to such numbers, are stopped until a supervisor releases them.
    CallsStopped,
    /// Every trunk to such numbers is at a limit.
    LinesBusy,
    /// As many calls of the site are up as may be.
    SiteFull,
    /// The colleague or phone cannot be reached, or is busy.
    CalleeUnavailable,
    /// As many wait in the queue as may.
    QueueFull,
    /// Nobody at work serves the queue.
    QueueUnserved,
    /// The agent is not signed in.
    NotSignedIn,
    /// A reason, disposition or other reference does not exist.
    UnknownReference,
    /// The centre is at a limit.
    Overload,
    /// A part of the centre does not answer.
    Unavailable,
    /// Too many requests; `Retry-After` says when to try again.
    RateLimited,
    /// Too many wrong passwords; `Retry-After` says when to try again.
    LockedOut,
    /// The session description cannot be used.
    BadSdp,
    /// The body is too large.
    TooLarge,
    /// The range of bytes asked for is not there.
    RangeNotSatisfiable,
    /// A rule says what is recorded here, not the agent.
    RecordingRuled,
    /// The customer has not said whether they agree to be recorded.
    ConsentMissing,
    /// The customer refused to be recorded.
    ConsentRefused,
    /// The recording was erased.
    RecordingErased,
    /// A hold stands against erasing the recording.
    OnHold,
    /// The recording is not whole on disk, or nothing of it is there yet.
    RecordingTruncated,
    /// The recording is not what was sealed.
    RecordingAltered,
    /// A fault of ours.
    Internal,
}

impl ProblemCode {
    /// The code as programs read it.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// One fault of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldFault {
    /// The field, as a dotted path; empty for the body as a whole.
    pub field: String,
    /// What is wrong with it.
    pub code: FaultCode,
    /// The limit that was passed, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// It is needed.
    Missing,
    /// It cannot be read as what it should be.
    Malformed,
    /// It is below `limit`, or shorter.
    TooSmall,
    /// It is above `limit`, or longer.
    TooLarge,
    /// What it names does not exist.
    UnknownReference,
    /// There is no such field.
    Unknown,
    /// Another has it already.
    Taken,
    /// There are as many as there may be: take one away first.
    TooMany,
    /// It overlaps with another one of the list: join them, or move one.
    Overlapping,
    /// It ends before it begins: hours over midnight are two intervals, one for each day.
    EndsTooEarly,
    /// It is an emergency number: whoever dials it means those who help.
    EmergencyNumber,
    /// It is a number of the centre itself.
    OwnNumber,
    /// It is the country of the centre itself, which cannot be blocked as a whole.
    OwnCountry,
    /// There is no such IANA time zone; one is called like `Asia/Shanghai`.
    UnknownTimeZone,
    /// SIP over TLS is not served here: set `sip.tls_bind` first.
    NoTls,
}

/// A problem document (RFC 9457), media type `application/problem+json`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A URI reference of the code: `/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code in English words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The code.
    pub code: ProblemCode,
    /// More, in English, for the developer who reads the answer.
    pub detail: String,
    /// The faults of a `validation` problem, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldFault>,
    /// When a limit that was reached ends, microseconds since 1970 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_us: Option<i64>,
}
