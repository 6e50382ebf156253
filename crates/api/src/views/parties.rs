//! Who takes part in a talk, as an agent in it sees it.

use domain::{SupervisionMode, TransferKind};
use reporting::{HandlingState, LiveConversation, LiveFloor, LiveHandling, LiveTransfer};

use crate::directory::Names;
use crate::json::conference::{Party, PartyKind, PartyState};
use crate::json::supervision::SupervisedBy;

/// The others of a conference: whoever leads first, then who was added, longest first, then who is rung or asked. Of a talk of two, and of
/// a consult before all three talk, nobody.
pub fn parties(
    live: &LiveFloor,
    names: &Names,
    handling: &LiveHandling,
    conversation: &LiveConversation,
    unmasked: bool,
) -> Vec<Party> {
    let rung = conversation.transfer.filter(|transfer| match transfer.kind {
        TransferKind::Conference => true,
        TransferKind::Consult => transfer.joined || !conversation.members.is_empty(),
        TransferKind::Blind | TransferKind::Park | TransferKind::Loan => false,
    });
    let all = || conversation.members.iter().chain(&rung);
    if all().next().is_none() {
        return Vec::new();
    }
    let is_own = |party: &LiveTransfer| party.answered == Some(handling.id);
    let leads = !all().any(is_own);
    let others = all().filter(|party| !is_own(party)).map(|party| show(names, party, leads, unmasked));
    leader(live, names, conversation, handling).into_iter().chain(others).collect()
}

/// Whoever has the customer, unless it is the agent who is told.
fn leader(live: &LiveFloor, names: &Names, conversation: &LiveConversation, own: &LiveHandling) -> Option<Party> {
    let is_added = |part: &LiveHandling| {
        conversation.members.iter().chain(&conversation.transfer).any(|party| party.answered == Some(part.id))
    };
    let mut parts = live.handlings.values().filter(|part| part.conversation == conversation.id);
    let leader =
        parts.find(|part| matches!(part.state, HandlingState::Talking | HandlingState::Held) && !is_added(part))?;
    (leader.id != own.id).then(|| Party {
        id: leader.id.to_string(),
        kind: PartyKind::Agent,
        name: Some(names.agent(leader.agent).name),
        number: None,
        state: if leader.state == HandlingState::Held { PartyState::Held } else { PartyState::Talking },
        since_us: leader.started_at.0,
        leads: true,
        may_mute: false,
        may_drop: false,
    })
}

fn show(names: &Names, party: &LiveTransfer, leads: bool, unmasked: bool) -> Party {
    let is_up = party.answered.is_some() || party.outside_up;
    let state = match (is_up, party.joined, party.muted) {
        (false, ..) => PartyState::Ringing,
        (true, false, _) => PartyState::Private,
        (true, true, true) => PartyState::Muted,
        (true, true, false) => PartyState::Talking,
    };
    Party {
        id: party.id.to_string(),
        kind: if party.colleague.is_some() { PartyKind::Agent } else { PartyKind::Outside },
        name: party.colleague.map(|agent| names.agent(agent).name),
        number: party.outside.and_then(|number| names.number_shown(number, unmasked)),
        state,
        since_us: party.since.0,
        leads: false,
        may_mute: leads && party.joined,
        may_drop: leads,
    }
}

/// The supervisors an agent may know of: those of their own talk, and whoever everybody hears.
pub fn supervised_by(names: &Names, handling: &LiveHandling, conversation: &LiveConversation) -> Vec<SupervisedBy> {
    let policy = names.settings.supervision;
    let known = conversation.supervisors.iter();
    let shown = known.filter(|(_, supervisor)| {
        let concerns = supervisor.target == handling.agent || supervisor.mode == SupervisionMode::Barge;
        concerns && policy.shows(supervisor.mode)
    });
    shown
        .map(|(agent, supervisor)| SupervisedBy {
            name: names.agent(*agent).name,
            mode: supervisor.mode.into(),
            since_us: supervisor.mode_since.0,
        })
        .collect()
}
