//! Somebody who is asked about a customer: who they are and how far it has come.

use domain::{AgentId, HandlingId, LegId, OfferId, SegmentId, TransferId};

use super::{Conversation, CustomerStage, Line, Offer, Outside, Source, Talk};

/// Somebody who is asked about a customer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Consult {
    pub transfer: TransferId,
    /// Their part in it.
    pub segment: SegmentId,
    pub asked: Asked,
    /// The customer is brought to the two.
    pub joined: bool,
    /// Nobody waits for them: they take part as soon as they answer.
    pub straight: bool,
    /// The second call of the asking agent's SIP phone, when it asks by that.
    pub phone: Option<AskingCall>,
}

/// The call by which a SIP phone asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AskingCall {
    pub leg: LegId,
    pub up: bool,
    /// Held by the phone's own key.
    pub holds: bool,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A colleague, whose desk rings.
    Ringing { colleague: AgentId, offer: OfferId },
    /// A colleague on the line.
    Colleague { colleague: AgentId, handling: HandlingId },
    /// Somebody outside.
    Outside(Outside),
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConsultState {
    Ringing,
    /// The two talk, the customer hears music.
    Private,
    /// All three talk.
    Joined,
}

impl Consult {
    pub(crate) fn state(&self) -> ConsultState {
        match self.asked {
            Asked::Ringing { .. } => ConsultState::Ringing,
            Asked::Outside(outside) if !outside.is_up() => ConsultState::Ringing,
            Asked::Colleague { .. } | Asked::Outside(_) if self.joined => ConsultState::Joined,
            Asked::Colleague { .. } | Asked::Outside(_) => ConsultState::Private,
        }
    }

    /// Whether it rings where it was asked, and nothing else is heard from there.
    pub(crate) fn rings(&self) -> bool {
        match self.asked {
            Asked::Ringing { .. } => true,
            Asked::Outside(outside) => outside.line == Line::Ringing,
            Asked::Colleague { .. } => false,
        }
    }

    pub(crate) fn is_answered(&self) -> bool {
        self.state() != ConsultState::Ringing
    }

    pub(crate) fn colleague(&self) -> Option<AgentId> {
        match self.asked {
            Asked::Ringing { colleague, .. } | Asked::Colleague { colleague, .. } => Some(colleague),
            Asked::Outside(_) => None,
        }
    }

    /// The colleague's handling, once they have answered.
    pub(crate) fn handling(&self) -> Option<HandlingId> {
        match self.asked {
            Asked::Colleague { handling, .. } => Some(handling),
            Asked::Ringing { .. } | Asked::Outside(_) => None,
        }
    }

    fn offer(&self) -> Option<Offer> {
        match self.asked {
            Asked::Ringing { colleague: agent, offer: id } => Some(Offer { id, agent, source: Source::Consult }),
            Asked::Colleague { .. } | Asked::Outside(_) => None,
        }
    }
}

impl Conversation {
    /// The desk that rings for it.
    pub(crate) fn offer(&self) -> Option<Offer> {
        match &self.stage {
            CustomerStage::Ringing(offer) => Some(offer.clone()),
            CustomerStage::Talking(talk) => talk.consult.as_ref()?.offer(),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => None,
        }
    }

    pub(crate) fn talk(&self) -> Option<&Talk> {
        match &self.stage {
            CustomerStage::Talking(talk) => Some(talk),
            CustomerStage::Arriving
            | CustomerStage::InFlow(_)
            | CustomerStage::Waiting(_)
            | CustomerStage::Ringing(_)
            | CustomerStage::Parked(_)
            | CustomerStage::Returning(_)
            | CustomerStage::Forwarded(_)
            | CustomerStage::Dialling(_)
            | CustomerStage::Leaving(_)
            | CustomerStage::Gone(_) => None,
        }
    }
}
