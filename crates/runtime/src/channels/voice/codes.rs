//! What media, signalling and the floor call the same things.

use domain::{Cause, EndReason, Refusal};
use media::RtpParams;
use sip::MediaOffer;

pub(super) fn params_of(offer: &MediaOffer) -> RtpParams {
    let (codec, wide) = match offer.codec {
        sip::Codec::Pcma => (media::Codec::Pcma, None),
        sip::Codec::Pcmu => (media::Codec::Pcmu, None),
        sip::Codec::G722 => (media::Codec::Pcma, Some(media::Wide::G722)),
        sip::Codec::Opus => (media::Codec::Pcma, Some(media::Wide::Opus)),
    };
    RtpParams {
        remote: offer.remote,
        codec,
        wide,
        payload_type: offer.payload_type,
        dtmf_payload_type: offer.dtmf_payload_type,
        ptime_ms: offer.ptime_ms,
        sends: offer.sends(),
        receives: offer.receives(),
        srtp: offer.srtp.clone(),
    }
}

/// What a phone is told whose call is not moved.
pub(super) fn refer_code(why: Refusal) -> u16 {
    match why {
        Refusal::BadNumber | Refusal::UnknownReference => 404,
        Refusal::CalleeUnavailable | Refusal::QueueUnserved => 480,
        Refusal::QueueFull
        | Refusal::Overload
        | Refusal::LinesBusy
        | Refusal::SiteFull
        | Refusal::LimitReached { .. } => 503,
        Refusal::NotAllowed
        | Refusal::CallsStopped
        | Refusal::NotSignedIn
        | Refusal::NoDevice
        | Refusal::OfferOver
        | Refusal::HandlingOver
        | Refusal::WrongState
        | Refusal::WorkInHand
        | Refusal::RecordingRuled
        | Refusal::ConsentMissing
        | Refusal::ConsentRefused
        | Refusal::AtPhone => 403,
    }
}

/// How a leg that we ended for `cause` is entered in the books; for telephones `sip` has the same table.
pub(super) fn ending_of(cause: Cause) -> EndReason {
    sip::refusal_of(cause).reason
}
