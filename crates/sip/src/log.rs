//! What an event writes into the log. Nothing about callers above DEBUG.

use domain::TrunkId;
use tracing::{debug, info, warn};

use crate::config::Target;
use crate::event::{Banned, Reach, RegistrationState, SipEvent};

/// Writes it.
pub(crate) fn tell(event: &SipEvent) {
    match event {
        SipEvent::Ended { leg, by, reason, cause } => debug!(leg.id = %leg, ?by, ?reason, ?cause, "a leg ended"),
        SipEvent::Banned { whom: Banned::Account(device), lasts } => {
            warn!(device.id = %device, ban_s = lasts.as_secs(), "a SIP account is locked: too many wrong passwords");
        }
        SipEvent::Banned { whom: Banned::Address(ip), lasts } => {
            warn!(ban_s = lasts.as_secs(), "an address is shut out of SIP: it guesses or scans");
            debug!(address = %ip, "the address that was shut out");
        }
        SipEvent::TargetChanged { trunk, target, reach } => tell_reach(*trunk, *target, *reach),
        SipEvent::RegistrationChanged { trunk, registration } => tell_registration(*trunk, *registration),
        SipEvent::ChallengeUnanswered { trunk, target, realm } => {
            let (address, realm) = (target.address, realm.as_deref().unwrap_or_default());
            warn!(
                trunk.id = %trunk, %address, realm,
                "a trunk asks for a proof we do not have, or did not take ours; calls there are refused"
            );
        }
        SipEvent::Arrived { .. }
        | SipEvent::Progress { .. }
        | SipEvent::Answered { .. }
        | SipEvent::MediaChanged { .. }
        | SipEvent::PeerHold { .. }
        | SipEvent::Digit { .. }
        | SipEvent::Referred { .. }
        | SipEvent::DeviceChanged { .. }
        | SipEvent::BindingsChanged { .. } => {}
    }
}

fn tell_reach(trunk: TrunkId, Target { address, .. }: Target, reach: Reach) {
    match reach {
        Reach::Up => info!(trunk.id = %trunk, %address, "a trunk answers at this address"),
        Reach::Down => {
            warn!(trunk.id = %trunk, %address, "a trunk does not answer at this address; calls go there last")
        }
        Reach::Untried => {}
    }
}

fn tell_registration(trunk: TrunkId, registration: RegistrationState) {
    match registration {
        RegistrationState::Registered => info!(trunk.id = %trunk, "registered at a trunk"),
        RegistrationState::Refused { code } => warn!(trunk.id = %trunk, code, "a trunk refuses our registration"),
        RegistrationState::Unreachable { code: Some(code) } => {
            warn!(trunk.id = %trunk, code, "a trunk's registrar cannot register us");
        }
        RegistrationState::Unreachable { code: None } => {
            warn!(trunk.id = %trunk, "a trunk's registrar does not answer");
        }
        RegistrationState::Asking => {}
    }
}
