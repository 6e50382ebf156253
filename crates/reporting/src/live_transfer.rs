//! What transfers do to the live floor.

use domain::room::PortRole;
use domain::{
    ConferenceChange, ConversationId, Event, LegId, TransferEnd, TransferId, TransferKind, TransferTarget, Utc,
};

use crate::live::{LiveConversation, LiveFloor, LiveForward, LiveTransfer, Stage};

impl LiveTransfer {
    /// Whoever is called outside has answered, when it is they.
    pub(crate) fn leg_joined(&mut self, leg: LegId, role: PortRole) {
        if role == PortRole::Outside {
            (self.outside_up, self.leg) = (true, Some(leg));
        }
    }
}

impl LiveFloor {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`apply` has already sorted the events by subject")]
    pub(crate) fn apply_transfer(&mut self, at: Utc, event: &Event) {
        match event {
            Event::TransferStarted { conversation, transfer, kind, handling, agent, target, reason, .. } => {
                let (colleague, outside) = match target {
                    TransferTarget::Agent(colleague) => (Some(*colleague), None),
                    TransferTarget::Outside(party) => (None, Some(*party)),
                    TransferTarget::Queue(_) | TransferTarget::Flow(_) | TransferTarget::Park => (None, None),
                };
                let (kind, since) = (*kind, at);
                let live = LiveTransfer {
                    id: *transfer,
                    kind,
                    since,
                    agent: *agent,
                    handling: *handling,
                    colleague,
                    outside,
                    answered: None,
                    outside_up: false,
                    joined: false,
                    leg: None,
                    muted: false,
                    reason: *reason,
                };
                self.with(*conversation, |c| {
                    match kind {
                        TransferKind::Blind | TransferKind::Loan => c.stage = Stage::Transferring,
                        TransferKind::Park => c.stage = Stage::Parked,
                        TransferKind::Consult | TransferKind::Conference => {}
                    }
                    c.transfer = Some(live);
                });
                if kind == TransferKind::Park {
                    self.parked.insert(*conversation);
                }
            }
            Event::TransferJoined { conversation, .. } => self.with(*conversation, |c| {
                c.transfer.iter_mut().for_each(|transfer| transfer.joined = true);
            }),
            Event::TransferEnded { conversation, end, .. } => {
                if self.parked.remove(conversation) {
                    self.park_rings(*conversation, true);
                }
                let Some(over) = self.conversations.get_mut(conversation).and_then(|c| c.transfer.take()) else {
                    return;
                };
                if *end == TransferEnd::Returned {
                    return self.with(*conversation, |c| c.stage = Stage::Transferring);
                }
                if *end == TransferEnd::Conferenced {
                    return self.with(*conversation, |c| {
                        c.members.push(LiveTransfer { since: at, joined: true, ..over });
                    });
                }
                if matches!(end, TransferEnd::Completed | TransferEnd::AgentLost) {
                    self.take_over(*conversation, at, &over);
                }
            }
            Event::ConferenceChanged { conversation, transfer, what, .. } => {
                self.change_conference(*conversation, at, *transfer, *what);
            }
            _ => {}
        }
    }

    fn change_conference(&mut self, id: ConversationId, since: Utc, transfer: TransferId, what: ConferenceChange) {
        let Some(known) = self.conversations.get_mut(&id) else { return };
        let Some(at) = known.members.iter().position(|member| member.id == transfer) else { return };
        match what {
            ConferenceChange::Muted => known.members[at].muted = true,
            ConferenceChange::Unmuted => known.members[at].muted = false,
            ConferenceChange::Left { .. } => drop(known.members.remove(at)),
            ConferenceChange::Leads => {
                let leads = known.members.remove(at);
                self.take_over(id, since, &leads);
            }
        }
    }

    /// A desk rings for a parked customer, or no longer does.
    pub(crate) fn park_rings(&mut self, id: ConversationId, rings: bool) {
        self.with(id, |c| match c.stage {
            Stage::Parked if rings => c.stage = Stage::Transferring,
            Stage::Transferring if !rings && c.transfer.is_some_and(|transfer| transfer.kind == TransferKind::Park) => {
                c.stage = Stage::Parked;
            }
            Stage::InFlow
            | Stage::Waiting
            | Stage::Talking
            | Stage::Transferring
            | Stage::Parked
            | Stage::Forwarded
            | Stage::Gone => {}
        });
    }

    /// Customers who may be picked up, longest parked first. While somebody's phone rings for one, they are not among them.
    pub fn parked(&self) -> Vec<(&LiveConversation, LiveTransfer)> {
        let parked = self.parked.iter().filter_map(|id| self.conversations.get(id));
        let mut parked: Vec<_> =
            parked.filter(|c| c.stage == Stage::Parked).filter_map(|c| Some((c, c.transfer?))).collect();
        parked.sort_by_key(|(conversation, transfer)| (transfer.since, conversation.id));
        parked
    }

    /// Customers left with somebody outside, longest first.
    pub fn forwarded(&self) -> Vec<(&LiveConversation, LiveForward)> {
        let forwarded = self.conversations.values().filter(|c| c.stage == Stage::Forwarded);
        let mut forwarded: Vec<_> = forwarded.filter_map(|c| Some((c, c.forward?))).collect();
        forwarded.sort_by_key(|(conversation, forward)| (forward.since, conversation.id));
        forwarded
    }

    /// The customer of a consult is the colleague's now, and so is the queue the customer came from; or nobody's of ours.
    fn take_over(&mut self, id: ConversationId, since: Utc, over: &LiveTransfer) {
        if let Some(to) = over.outside {
            let forward = Some(LiveForward { to, by: over.agent, since });
            return self.with(id, |c| (c.stage, c.forward) = (Stage::Forwarded, forward));
        }
        let queue = self.handlings.get(&over.handling).and_then(|handling| handling.queue);
        if let Some(handling) = over.answered.and_then(|answered| self.handlings.get_mut(&answered)) {
            handling.queue = queue;
        }
    }
}
