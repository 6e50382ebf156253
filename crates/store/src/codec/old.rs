//! Bodies as they were written once, lifted to what they mean today.

use domain::input::Quality;
use domain::outbound::OutboundRoute;
use domain::recording_policy::PauseEnd;
use domain::{AgentId, Event, QueueId, TransferKind, TrunkId};

use super::wire::{CodecError, Reader, Wire};

/// Number of `LegLeft`.
pub(super) const LEG_LEFT: u16 = 12;

/// `LegLeft`, version 1: audio was counted as it came and not rated, and what the far end said of ours was not kept.
pub(super) fn leg_left_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    Ok(Event::LegLeft {
        conversation: Wire::get(reader)?,
        leg: Wire::get(reader)?,
        by: Wire::get(reader)?,
        reason: Wire::get(reader)?,
        quality: if Wire::get(reader)? { Some(quality_1(reader)?) } else { None },
    })
}

fn quality_1(reader: &mut Reader<'_>) -> Result<Quality, CodecError> {
    Ok(Quality {
        packets_received: Wire::get(reader)?,
        packets_sent: Wire::get(reader)?,
        packets_lost: Wire::get(reader)?,
        jitter_us: Wire::get(reader)?,
        ..Quality::default()
    })
}

/// Number of `AgentOffered`.
pub(super) const AGENT_OFFERED: u16 = 32;

/// `AgentOffered`, version 1: every offer came out of a queue.
pub(super) fn agent_offered_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    let (conversation, segment) = (Wire::get(reader)?, Wire::get(reader)?);
    let queue: QueueId = Wire::get(reader)?;
    Ok(Event::AgentOffered {
        conversation,
        segment,
        queue: Some(queue),
        offer: Wire::get(reader)?,
        agent: Wire::get(reader)?,
        reason: Wire::get(reader)?,
        eligible: Wire::get(reader)?,
        idle: Wire::get(reader)?,
        ring_timeout: Wire::get(reader)?,
    })
}

/// Number of `OutboundStarted`.
pub(super) const OUTBOUND_STARTED: u16 = 36;

/// `OutboundStarted`, version 1: the trunk alone, without the rule and the trunks that were passed over.
pub(super) fn outbound_started_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    let (conversation, segment, agent) = (Wire::get(reader)?, Wire::get(reader)?, Wire::get(reader)?);
    let trunk: Option<TrunkId> = Wire::get(reader)?;
    let route = trunk.map(|trunk| OutboundRoute { trunk, rule: None, passed: Vec::new() });
    Ok(Event::OutboundStarted {
        conversation,
        segment,
        agent,
        route,
        device: Wire::get(reader)?,
        task: Wire::get(reader)?,
    })
}

/// Number of `OutboundEnded`.
pub(super) const OUTBOUND_ENDED: u16 = 38;

/// `OutboundEnded`, version 1: how the result was known, and how long it took until it rang, was not kept.
pub(super) fn outbound_ended_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    Ok(Event::OutboundEnded {
        conversation: Wire::get(reader)?,
        segment: Wire::get(reader)?,
        agent: Wire::get(reader)?,
        result: Wire::get(reader)?,
        by: None,
        post_dial_delay: None,
    })
}

/// Number of `TransferStarted`.
pub(super) const TRANSFER_STARTED: u16 = 48;

/// `TransferStarted`, version 1: nobody could be asked first.
pub(super) fn transfer_started_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    Ok(Event::TransferStarted {
        conversation: Wire::get(reader)?,
        transfer: Wire::get(reader)?,
        kind: TransferKind::Blind,
        handling: Wire::get(reader)?,
        agent: Wire::get(reader)?,
        target: Wire::get(reader)?,
        reason: Wire::get(reader)?,
        route: None,
    })
}

/// `TransferStarted`, version 2: how a call outside goes was not said.
pub(super) fn transfer_started_2(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    Ok(Event::TransferStarted {
        conversation: Wire::get(reader)?,
        transfer: Wire::get(reader)?,
        kind: Wire::get(reader)?,
        handling: Wire::get(reader)?,
        agent: Wire::get(reader)?,
        target: Wire::get(reader)?,
        reason: Wire::get(reader)?,
        route: None,
    })
}

/// Number of `RecordingPaused`.
pub(super) const RECORDING_PAUSED: u16 = 51;

/// `RecordingPaused`, version 1: a pause had no end of its own.
pub(super) fn recording_paused_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    Ok(Event::RecordingPaused {
        conversation: Wire::get(reader)?,
        recording: Wire::get(reader)?,
        reason: Wire::get(reader)?,
        agent: Wire::get(reader)?,
        limit: None,
    })
}

/// Number of `RecordingResumed`.
pub(super) const RECORDING_RESUMED: u16 = 52;

/// `RecordingResumed`, version 1: somebody asked for it, or the talk was over.
pub(super) fn recording_resumed_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    let (conversation, recording) = (Wire::get(reader)?, Wire::get(reader)?);
    let agent: Option<AgentId> = Wire::get(reader)?;
    let why = if agent.is_some() { PauseEnd::Asked } else { PauseEnd::TalkOver };
    Ok(Event::RecordingResumed { conversation, recording, agent, why })
}

/// Number of `OutboundRerouted`.
pub(super) const OUTBOUND_REROUTED: u16 = 99;

/// `OutboundRerouted`, version 1: a call to an agent's number outside never went on through another trunk.
pub(super) fn outbound_rerouted_1(reader: &mut Reader<'_>) -> Result<Event, CodecError> {
    Ok(Event::OutboundRerouted {
        conversation: Wire::get(reader)?,
        trunk: Wire::get(reader)?,
        cause: Wire::get(reader)?,
        route: Wire::get(reader)?,
        mobile: None,
    })
}
