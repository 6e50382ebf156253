//! Browser phones and visitors' calls: one offer in, one answer out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A browser's SDP offer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneOffer {
    /// SDP offer (RFC 8866) with one audio section.
    pub sdp: String,
}

/// The connected phone.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Phone {
    /// The nailed-up leg.
    pub leg_id: String,
    /// SDP answer.
    pub sdp: String,
}

/// A visitor's call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitorCallOffer {
    /// Which of our numbers; the first one when left out.
    pub number: Option<String>,
    /// SDP offer (RFC 8866) with one audio section.
    pub sdp: String,
}

/// A visitor's call that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitorCall {
    /// Names the call when hanging up. Unguessable: whoever knows it may end the call.
    pub call_id: String,
    /// SDP answer.
    pub sdp: String,
}
