//! An agent's own desk.

use domain::event::FlowExit;
use domain::input::PARK_MAX;
use domain::settings::{Device, Flow, FlowNodeKind, Mobile, RecordingMode};
use domain::{AgentId, DeviceId, FlowId, QueueId, TransferKind, Utc};
use reporting::{HandlingState, LiveConversation, LiveFloor, LiveHandling, LiveOffer, LiveTransfer};

use super::floor::{customer_label, millis};
use super::mask::mask;
use super::parties::{parties, supervised_by};
use crate::directory::Names;
use crate::json::codes::HandlingStateCode;
use crate::json::desk::{
    Brief, DeskHandling, DeskOffer, DeskOutbound, DeskPhone, DeskRecording, DeskRecordingState, MeAgent, MeState,
    PathStep, PhoneKind,
};
use crate::json::location::NumberLocation;
use crate::json::supervision::DeskSupervision;
use crate::json::transfer::{ConsultState, DeskConsult, DeskTransfer, Parked};
use crate::json::{Named, NamedNumber};

/// Everything on the desk of `agent`. Numbers are masked unless `unmasked`.
pub fn build(live: &LiveFloor, names: &Names, agent: AgentId, now: Utc, unmasked: bool) -> MeState {
    let known = live.agents.get(&agent).cloned().unwrap_or_default();
    let (state, since) = live.agent_state(agent);
    let brief = |id| live.conversations.get(&id).map(|c| build_brief(names, c, unmasked));
    let offers = known.offer.iter().filter_map(|id| live.offers.get(id));
    let transfer = |id| live.conversations.get(&id).and_then(|c| c.transfer);
    let handlings = known.handlings.iter().filter_map(|id| live.handlings.get(id));
    MeState {
        at_us: now.0,
        draining: false,
        settings_version: i64::try_from(names.settings.version).unwrap_or(i64::MAX),
        agent: MeAgent {
            state: state.into(),
            presence: known.presence.into(),
            since_at_us: since.0,
            reason_id: known.reason.map(|r| r.to_string()),
            cause: known.cause.map(Into::into),
            phone: known.reachable,
            telephone: known.telephone.and_then(|id| names.telephone(id)),
            telephones: names.telephones(agent),
        },
        offers: offers
            .filter_map(|o| Some(build_offer(names, o, transfer(o.conversation), brief(o.conversation)?)))
            .collect(),
        handlings: handlings
            .filter_map(|h| Some(build_handling(live, names, h, brief(h.conversation)?, unmasked)))
            .collect(),
        supervision: live.supervision_of(agent).map(|(conversation, known)| DeskSupervision {
            of: names.agent(known.target),
            mode: known.mode.into(),
            since_at_us: known.since.0,
            silent: live.silence_of(conversation).map(Into::into),
            conversation: build_brief(names, conversation, unmasked),
        }),
        parked: live.parked().into_iter().map(|(c, transfer)| build_parked(names, c, transfer)).collect(),
    }
}

pub(super) fn build_parked(names: &Names, conversation: &LiveConversation, transfer: LiveTransfer) -> Parked {
    let limit_us = i64::try_from(PARK_MAX.as_micros()).unwrap_or(i64::MAX);
    Parked {
        conversation_id: conversation.id.to_string(),
        customer_label: customer_label(names, conversation),
        by: names.agent(transfer.agent),
        since_at_us: transfer.since.0,
        until_at_us: transfer.since.0.saturating_add(limit_us),
        reason: transfer.reason.map(Into::into),
    }
}

fn build_offer(names: &Names, offer: &LiveOffer, transfer: Option<LiveTransfer>, conversation: Brief) -> DeskOffer {
    let ring_us = i64::try_from(offer.ring_timeout.as_micros()).unwrap_or(i64::MAX);
    DeskOffer {
        id: offer.id.to_string(),
        offered_at_us: offer.offered_at.0,
        ring_until_us: offer.offered_at.0.saturating_add(ring_us),
        reason: offer.reason.into(),
        eligible: offer.eligible,
        idle_ms: millis(offer.idle),
        queue: offer.queue.map(|queue| names.queue(queue)),
        transfer: transfer.map(|transfer| DeskTransfer {
            kind: transfer.kind.into(),
            from: names.agent(transfer.agent),
            reason: transfer.reason.map(Into::into),
        }),
        conversation,
    }
}

fn build_handling(
    live: &LiveFloor,
    names: &Names,
    handling: &LiveHandling,
    conversation: Brief,
    unmasked: bool,
) -> DeskHandling {
    let is_live = matches!(handling.state, HandlingState::Talking | HandlingState::Held);
    let known = live.conversations.get(&handling.conversation).filter(|_| is_live);
    DeskHandling {
        id: handling.id.to_string(),
        state: match handling.state {
            HandlingState::Talking => HandlingStateCode::Talking,
            HandlingState::Held => HandlingStateCode::Held,
            HandlingState::WrapUp | HandlingState::Closed => HandlingStateCode::WrapUp,
        },
        muted: handling.muted,
        device_lost: handling.device_lost,
        started_at_us: handling.started_at.0,
        state_since_us: handling.state_since.0,
        wrap_up_until_us: handling.wrap_up_until.map(|at| at.0),
        disposition_id: handling.disposition.map(|d| d.to_string()),
        queue: handling.queue.map(|queue| names.queue(queue)),
        consult: known.and_then(|c| build_consult(names, handling, &c.transfer?, unmasked)),
        parties: known.map(|c| parties(live, names, handling, c, unmasked)).unwrap_or_default(),
        supervised_by: known.map(|c| supervised_by(names, handling, c)).unwrap_or_default(),
        recording: known.map(build_recording),
        conversation,
    }
}

/// What is kept of a talk, and what its agent may do about it.
fn build_recording(conversation: &LiveConversation) -> DeskRecording {
    let kept = conversation.recording;
    let state = match (conversation.consent, kept.map(|kept| kept.paused.is_some())) {
        (Some(false), _) => DeskRecordingState::Refused,
        (Some(true) | None, Some(true)) => DeskRecordingState::Paused,
        (Some(true) | None, Some(false)) => DeskRecordingState::On,
        (Some(true) | None, None) if conversation.waits_for_consent() => DeskRecordingState::WaitingForConsent,
        (Some(true) | None, None) => DeskRecordingState::Off,
    };
    let by_hand = conversation.rule.mode == RecordingMode::OnDemand;
    DeskRecording {
        state,
        id: kept.map(|kept| kept.id.to_string()),
        paused: kept.and_then(|kept| kept.paused).map(Into::into),
        paused_since_us: kept.and_then(|kept| kept.paused_since).map(|at| at.0),
        pause_ends_at_us: kept.and_then(|kept| kept.pause_ends).map(|at| at.0),
        may_start: by_hand && state == DeskRecordingState::Off,
        may_stop: by_hand && matches!(state, DeskRecordingState::On | DeskRecordingState::Paused),
    }
}

/// What a consult looks like from the desk of an agent in it.
fn build_consult(
    names: &Names,
    handling: &LiveHandling,
    transfer: &LiveTransfer,
    unmasked: bool,
) -> Option<DeskConsult> {
    if transfer.kind != TransferKind::Consult {
        return None;
    }
    let asked = transfer.handling == handling.id;
    if !asked && transfer.answered != Some(handling.id) {
        return None;
    }
    let state = match (transfer.answered.is_some() || transfer.outside_up, transfer.joined) {
        (false, _) => ConsultState::Ringing,
        (true, false) => ConsultState::Private,
        (true, true) => ConsultState::Joined,
    };
    let with = if asked { transfer.colleague } else { Some(transfer.agent) };
    let number = transfer.outside.and_then(|party| names.number_shown(party, unmasked));
    Some(DeskConsult {
        with: with.map(|agent| names.agent(agent)),
        number,
        asked,
        state,
        reason: transfer.reason.map(Into::into),
    })
}

fn build_brief(names: &Names, conversation: &LiveConversation, unmasked: bool) -> Brief {
    let visit = conversation.visit;
    let waited = visit.and_then(|v| v.answered_at.or(v.left_at).map(|end| millis(end.since(v.queued_at))));
    Brief {
        id: conversation.id.to_string(),
        direction: conversation.direction.into(),
        started_at_us: conversation.started_at.0,
        outbound: conversation.outbound.map(|outbound| DeskOutbound {
            ringing: outbound.ringing,
            result: outbound.result.map(Into::into),
            by: outbound.by.map(|by| by.evidence().into()),
        }),
        from: names.number_shown(conversation.from, unmasked),
        location: names.location(conversation.from),
        number: conversation.number.and_then(|id| names.number(id)),
        customer: conversation.customer.and_then(|id| names.customers.get(&id).cloned()),
        vip: conversation.is_vip,
        unheard: conversation.is_unheard,
        language: conversation.language.into(),
        queued_at_us: visit.map(|v| v.queued_at.0),
        waited_ms: waited,
        path: conversation.path.iter().filter_map(|step| build_step(names, step)).collect(),
        last_contact_at_us: names.contacts.get(&conversation.id).map(|at| at.0),
    }
}

fn build_step(names: &Names, step: &reporting::PathStep) -> Option<PathStep> {
    let flow = names.flows.get(&(step.flow, step.flow_version))?;
    let label = flow.nodes.get(usize::from(step.node))?.label.clone();
    Some(PathStep { label, choice_label: step.exit.and_then(|exit| choice_label(flow, step.node, exit)) })
}

fn desk_phone(device: &Device) -> DeskPhone {
    let (id, kind, name) = (device.id.to_string(), PhoneKind::Sip, device.name.clone());
    DeskPhone { id, kind, name, auto_answer: device.auto_answer }
}

/// Whose desk it is knows the number.
fn desk_mobile(mobile: &Mobile) -> DeskPhone {
    let (id, kind, name) = (mobile.id.to_string(), PhoneKind::Mobile, mobile.number.clone());
    DeskPhone { id, kind, name, auto_answer: false }
}

/// The name of the menu choice an exit stands for.
pub fn choice_label(flow: &Flow, node: u16, exit: FlowExit) -> Option<String> {
    let FlowExit::Choice(choice) = exit else { return None };
    let FlowNodeKind::Menu { choices, .. } = &flow.nodes.get(usize::from(node))?.kind else { return None };
    Some(choices.get(usize::from(choice))?.label.clone())
}

impl Names {
    /// A queue with its name.
    pub fn queue(&self, id: QueueId) -> Named {
        let name = self.settings.queues.iter().find(|q| q.id == id).map(|q| q.name.clone()).unwrap_or_default();
        Named { id: id.to_string(), name }
    }

    /// An agent with their name.
    pub fn agent(&self, id: AgentId) -> Named {
        let active = self.settings.agents.iter().find(|a| a.id == id).map(|a| &a.name);
        let name = active.or_else(|| self.people.get(&id)).cloned().unwrap_or_default();
        Named { id: id.to_string(), name }
    }

    /// The SIP phones and numbers outside of an agent.
    fn telephones(&self, agent: AgentId) -> Vec<DeskPhone> {
        let theirs = self.settings.devices.iter().filter(|device| device.agent == Some(agent));
        let outside = self.settings.mobiles.iter().filter(|mobile| mobile.agent == agent);
        theirs.map(desk_phone).chain(outside.map(desk_mobile)).collect()
    }

    fn telephone(&self, id: DeviceId) -> Option<DeskPhone> {
        let known = self.settings.devices.iter().find(|device| device.id == id).map(desk_phone);
        known.or_else(|| self.mobile(id).map(desk_mobile))
    }

    fn mobile(&self, id: DeviceId) -> Option<&Mobile> {
        self.settings.mobiles.iter().find(|mobile| mobile.id == id)
    }

    /// What an agent works with who has chosen this, without the number of one outside.
    pub fn phone_kind(&self, chosen: Option<DeviceId>) -> PhoneKind {
        match chosen {
            None => PhoneKind::Browser,
            Some(id) if self.mobile(id).is_some() => PhoneKind::Mobile,
            Some(_) => PhoneKind::Sip,
        }
    }

    /// A flow with its name.
    pub fn flow(&self, id: FlowId) -> Named {
        let name = self.settings.flows.iter().find(|flow| flow.id == id).map(|flow| flow.name.clone());
        Named { id: id.to_string(), name: name.unwrap_or_default() }
    }

    /// A number of ours.
    pub fn number(&self, id: domain::NumberId) -> Option<NamedNumber> {
        let number = self.settings.numbers.iter().find(|n| n.id == id)?;
        Some(NamedNumber { id: id.to_string(), number: number.number.clone(), name: number.name.clone() })
    }

    /// A number as it arrived, masked unless `unmasked`; `None` when it was withheld or erased.
    pub fn number_shown(&self, party: domain::PartyId, unmasked: bool) -> Option<String> {
        let raw = &self.parties.get(&party).filter(|party| !party.raw.is_empty())?.raw;
        Some(if unmasked { raw.clone() } else { mask(raw) })
    }

    /// Where a number is from, which masking does not hide; `None` when it is withheld, erased or no country's.
    pub fn location(&self, party: domain::PartyId) -> Option<NumberLocation> {
        NumberLocation::of(&self.locations, self.parties.get(&party)?.e164.as_deref()?)
    }
}
