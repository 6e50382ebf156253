//! One call, stage by stage.

use std::time::Duration;

use domain::event::FlowExit;
use domain::recording::{Digest, GapCause, Manifest, PauseReason, Tracks};
use domain::recording_policy::PauseEnd;
use domain::room::PortRole;
use domain::*;

use super::house::{Centre, House};

/// A call on its way through a centre.
pub struct Call {
    pub conversation: ConversationId,
    pub offer: OfferId,
    pub handling: HandlingId,
    pub recording: RecordingId,
    /// As the carrier writes the number.
    pub caller: String,
    tenant: TenantId,
    from: PartyId,
    to: PartyId,
    pub leg: LegId,
    segments: (SegmentId, SegmentId),
}

const A_SECOND: Duration = Duration::from_secs(1);

impl Call {
    pub fn new(house: &House, centre: &Centre) -> Call {
        let at = house.clock.utc();
        let store = &house.store;
        Call {
            conversation: store.mint(at),
            offer: store.mint(at),
            handling: store.mint(at),
            caller: "13800138000".to_owned(),
            tenant: centre.tenant.id,
            from: store.mint(at),
            to: store.mint(at),
            leg: store.mint(at),
            segments: (store.mint(at), store.mint(at)),
            recording: store.mint(at),
        }
    }

    pub async fn commit(&self, house: &House, events: Vec<Event>, parties: Vec<Party>) -> u64 {
        let at = house.clock.pass(A_SECOND);
        house.floor.commit(self.tenant, at, events, parties).await
    }

    /// The agent goes to work with a phone.
    pub async fn agent_ready(house: &House, centre: &Centre) {
        let agent = centre.agent;
        let at = house.clock.pass(A_SECOND);
        let events = vec![
            Event::AgentSignedIn { agent },
            Event::AgentDeviceChanged { agent, reachable: true },
            Event::AgentReady { agent },
        ];
        house.floor.commit(centre.tenant.id, at, events, vec![]).await;
    }

    /// Arrives, presses 1, waits in the queue.
    pub async fn queued(&self, house: &House, centre: &Centre) -> u64 {
        let conversation = self.conversation;
        let flow = |node| Event::FlowNodeEntered {
            conversation,
            segment: self.segments.0,
            flow: centre.flow.id,
            flow_version: centre.flow.version,
            node,
        };
        let left = |node, exit| Event::FlowNodeLeft { conversation, segment: self.segments.0, node, exit };
        let events = vec![
            Event::ConversationStarted {
                conversation,
                channel: Channel::Voice,
                direction: Direction::Inbound,
                number: Some(centre.number.id),
                from: self.from,
                to: self.to,
                language: Language::Zh,
                site: Some(centre.site.id),
                parent: None,
            },
            Event::LegJoined { conversation, leg: self.leg, role: PortRole::Customer, agent: None, trunk: None },
            Event::CustomerIdentified { conversation, customer: centre.customer.id },
            Event::RecordingStarted { conversation, recording: self.recording, tracks: Tracks::Heard },
            flow(0),
            left(0, FlowExit::Next),
            flow(1),
            left(1, FlowExit::Choice(0)),
            flow(2),
            left(2, FlowExit::Next),
            Event::Queued {
                conversation,
                segment: self.segments.1,
                queue: centre.queue,
                front: false,
                wait: Some(WaitReason::AllBusy),
            },
        ];
        let parties = vec![
            Party { id: self.from, raw: self.caller.clone() },
            Party { id: self.to, raw: centre.number.number.clone() },
        ];
        self.commit(house, events, parties).await
    }

    /// Rings at the agent's desk.
    pub async fn offered(&self, house: &House, centre: &Centre) -> u64 {
        let offered = Event::AgentOffered {
            conversation: self.conversation,
            segment: self.segments.1,
            queue: Some(centre.queue),
            offer: self.offer,
            agent: centre.agent,
            reason: RouteReason::OnlyEligible,
            eligible: 1,
            idle: Duration::from_millis(4_200),
            ring_timeout: Duration::from_secs(15),
        };
        self.commit(house, vec![offered], vec![]).await
    }

    /// The agent takes it.
    pub async fn answered(&self, house: &House, centre: &Centre) -> u64 {
        let (conversation, agent) = (self.conversation, centre.agent);
        let events = vec![
            Event::OfferEnded { conversation, offer: self.offer, agent, end: OfferEnd::Accepted },
            Event::LeftQueue {
                conversation,
                segment: self.segments.1,
                queue: centre.queue,
                reason: LeaveReason::Answered,
            },
            Event::HandlingStarted {
                conversation,
                segment: self.segments.1,
                queue: Some(centre.queue),
                handling: self.handling,
                agent,
            },
        ];
        self.commit(house, events, vec![]).await
    }

    /// The agent holds and resumes.
    pub async fn held_and_resumed(&self, house: &House, centre: &Centre) {
        let (conversation, handling, agent) = (self.conversation, self.handling, centre.agent);
        let held = Event::HandlingHeld { conversation, handling, agent, device_lost: false };
        self.commit(house, vec![held], vec![]).await;
        let resumed = Event::HandlingResumed { conversation, handling, agent, device_back: false };
        self.commit(house, vec![resumed], vec![]).await;
        self.recording_paused(house, centre).await;
        let resumed = Event::RecordingResumed {
            conversation,
            recording: self.recording,
            agent: Some(agent),
            why: PauseEnd::Asked,
        };
        self.commit(house, vec![resumed], vec![]).await;
    }

    /// The agent pauses the recording.
    pub async fn recording_paused(&self, house: &House, centre: &Centre) {
        let (conversation, recording, agent) = (self.conversation, self.recording, Some(centre.agent));
        let paused = Event::RecordingPaused {
            conversation,
            recording,
            reason: PauseReason::CardData,
            agent,
            limit: Some(Duration::from_secs(600)),
        };
        self.commit(house, vec![paused], vec![]).await;
    }

    /// The customer hangs up; wrap-up begins.
    pub async fn hung_up(&self, house: &House, centre: &Centre) -> u64 {
        let (conversation, handling, agent) = (self.conversation, self.handling, centre.agent);
        let quality = domain::input::Quality {
            packets_received: 300,
            packets_sent: 301,
            packets_lost: 2,
            jitter_us: 900,
            round_trip_us: Some(41_000),
            peer_packets_lost: Some(1),
            mos_hundredths: Some(429),
            mos_hundredths_min: Some(412),
            ..Default::default()
        };
        let events = vec![
            Event::LegLeft {
                conversation,
                leg: self.leg,
                by: EndedBy::Customer,
                reason: EndReason::HungUp,
                quality: Some(quality),
            },
            Event::HandlingEnded { conversation, handling, agent, end: HandlingEnd::CustomerHungUp },
            Event::WrapUpStarted { conversation, handling, agent, limit: Duration::from_secs(30) },
            Event::RecordingGap {
                conversation,
                recording: self.recording,
                at: A_SECOND,
                length: Duration::from_millis(60),
                cause: GapCause::DiskFull,
            },
            Event::RecordingSealed {
                conversation,
                recording: self.recording,
                manifest: Manifest {
                    chunks: 9,
                    bytes: 64_000,
                    duration: Duration::from_millis(8_200),
                    gaps: 1,
                    digest: Digest([0xAB; 32]),
                    recovered: false,
                },
            },
        ];
        self.commit(house, events, vec![]).await
    }

    /// The outcome is recorded, everybody is done.
    pub async fn ended(&self, house: &House, centre: &Centre) -> u64 {
        let (conversation, handling, agent) = (self.conversation, self.handling, centre.agent);
        let events = vec![
            Event::HandlingDisposed { conversation, handling, agent, disposition: centre.disposition.id },
            Event::WrapUpFinished { conversation, handling, agent, end: WrapUpEnd::Finished },
            Event::ConversationEnded { conversation, by: EndedBy::Customer, reason: EndReason::HungUp },
        ];
        self.commit(house, events, vec![]).await
    }

    /// From arrival to the end.
    pub async fn whole(house: &House, centre: &Centre) -> Call {
        let call = Call::new(house, centre);
        call.queued(house, centre).await;
        call.offered(house, centre).await;
        call.answered(house, centre).await;
        call.held_and_resumed(house, centre).await;
        call.hung_up(house, centre).await;
        call.ended(house, centre).await;
        call
    }
}
