//! Golden files: what was once written must be readable for ever.

use std::time::Duration;

use domain::event::FlowExit;
use domain::input::Quality;
use domain::outbound::{Alarm, Block, MovedLeg, OutboundRoute, Passed, Stopped};
use domain::recording::{Digest, ErasureCause, GapCause, Manifest, PauseReason, RecordingFault, Tracks};
use domain::recording_policy::{ConsentHow, PauseEnd, RecordingMode, RecordingRule, SharePercent};
use domain::room::PortRole;
use domain::screening::{DeadAirStep, ScreenAction, ScreenReason, Screening};
use domain::*;

use super::wire::{Reader, Wire, Writer};
use super::*;

/// Why callers are screened, each with its own number in the ledger.
#[test]
fn every_reason_of_a_screening_comes_back() {
    let entry = ListEntryId(120);
    let reasons = [
        ScreenReason::BlockList(entry),
        ScreenReason::Anonymous,
        ScreenReason::Nuisance,
        ScreenReason::AllowList(entry),
        ScreenReason::BlockArea(entry),
        ScreenReason::AllowArea(entry),
    ];
    for (code, reason) in (0..).zip(reasons) {
        let screening = Screening { reason, action: ScreenAction::LetIn };
        let mut writer = Writer::default();
        screening.put(&mut writer);
        let bytes = writer.bytes;
        assert_eq!(bytes[0], code, "{reason:?}");
        assert_eq!(Screening::get(&mut Reader::new(&bytes)).unwrap(), screening);
    }
}

/// One of each event, with every option present where there is one.
fn samples() -> Vec<Event> {
    let mut all = samples_of_calls();
    all.extend(samples_of_queues());
    all.extend(samples_of_work());
    all.extend(samples_of_recordings());
    all.extend(samples_of_agents());
    all.extend(samples_of_what_came_later());
    all
}

fn route() -> OutboundRoute {
    let passed =
        vec![Passed { trunk: TrunkId(125), block: Block::Full }, Passed { trunk: TrunkId(126), block: Block::PerDay }];
    OutboundRoute { trunk: TrunkId(114), rule: Some(DestinationRuleId(124)), passed }
}

fn samples_of_calls() -> Vec<Event> {
    let conversation = ConversationId(101);
    let (leg, agent, segment) = (LegId(102), AgentId(103), SegmentId(104));
    vec![
        Event::ConversationStarted {
            conversation,
            channel: Channel::Voice,
            direction: Direction::Outbound,
            number: Some(NumberId(108)),
            from: PartyId(109),
            to: PartyId(110),
            language: Language::En,
            site: Some(SiteId(111)),
            parent: Some(ConversationId(112)),
        },
        Event::CustomerIdentified { conversation, customer: CustomerId(113) },
        Event::ConversationEnded { conversation, by: EndedBy::Network, reason: EndReason::MediaLost },
        Event::LegJoined { conversation, leg, role: PortRole::Agent, agent: Some(agent), trunk: Some(TrunkId(114)) },
        Event::LegAnswered { conversation, leg },
        Event::LegLeft {
            conversation,
            leg,
            by: EndedBy::Agent,
            reason: EndReason::HungUp,
            quality: Some(Quality {
                packets_received: 1,
                packets_sent: 300,
                packets_lost: 70_000,
                jitter_us: 5,
                round_trip_us: Some(84_000),
                peer_packets_lost: Some(3),
                peer_jitter_us: Some(2_125),
                mos_hundredths: Some(431),
                mos_hundredths_min: Some(298),
            }),
        },
        Event::PeerHeld { conversation, leg, on: true },
        Event::FlowNodeEntered { conversation, segment, flow: FlowId(115), flow_version: 2, node: 3 },
        Event::FlowNodeLeft { conversation, segment, node: 3, exit: FlowExit::Choice(4) },
        Event::HoursChecked {
            conversation,
            segment,
            node: 3,
            calendar: Some(CalendarId(118)),
            open: false,
            why: HoursReason::Closure,
            exception: Some(CalendarExceptionId(119)),
        },
    ]
}

fn samples_of_queues() -> Vec<Event> {
    let conversation = ConversationId(101);
    let (agent, segment, queue, offer) = (AgentId(103), SegmentId(104), QueueId(105), OfferId(107));
    vec![
        Event::Queued { conversation, segment, queue, front: true, wait: Some(WaitReason::AllBusy) },
        Event::LeftQueue { conversation, segment, queue, reason: LeaveReason::TimedOut },
        Event::AgentOffered {
            conversation,
            segment,
            queue: Some(queue),
            offer,
            agent,
            reason: RouteReason::LongestIdle,
            eligible: 12,
            idle: Duration::from_nanos(1_234_567_890),
            ring_timeout: Duration::from_secs(15),
        },
        Event::OfferEnded { conversation, offer, agent, end: OfferEnd::DeviceLost },
        Event::PlaceKept { conversation, segment, queue, keep: Duration::from_secs(300) },
        Event::PlaceResumed {
            conversation,
            segment,
            queue,
            before: ConversationId(118),
            waited: Duration::from_secs(75),
        },
        Event::OutboundStarted {
            conversation,
            segment,
            agent,
            route: Some(route()),
            device: Some(DeviceId(118)),
            task: Some(TaskId(119)),
        },
        Event::OutboundRinging { conversation, segment, early_media: true },
        Event::OutboundEnded {
            conversation,
            segment,
            agent,
            result: OutboundResult::InvalidNumber,
            by: Some(KnownBy::Cause(ClearingCause { status: 404, q850: Some(1) })),
            post_dial_delay: Some(Duration::from_millis(2_400)),
        },
    ]
}

fn samples_of_work() -> Vec<Event> {
    let conversation = ConversationId(101);
    let (agent, segment, queue, handling) = (AgentId(103), SegmentId(104), QueueId(105), HandlingId(106));
    vec![
        Event::HandlingStarted { conversation, segment, queue: Some(queue), handling, agent },
        Event::HandlingHeld { conversation, handling, agent, device_lost: true },
        Event::HandlingResumed { conversation, handling, agent, device_back: true },
        Event::HandlingMuted { conversation, handling, agent, on: false },
        Event::HandlingEnded { conversation, handling, agent, end: HandlingEnd::AgentLost },
        Event::WrapUpStarted { conversation, handling, agent, limit: Duration::from_secs(30) },
        Event::WrapUpFinished { conversation, handling, agent, end: WrapUpEnd::SignedOut },
        Event::HandlingDisposed { conversation, handling, agent, disposition: DispositionId(116) },
        Event::TransferStarted {
            conversation,
            transfer: TransferId(121),
            kind: TransferKind::Blind,
            handling,
            agent,
            target: TransferTarget::Agent(AgentId(122)),
            reason: Some(TransferReason::Specialist),
            route: Some(route()),
        },
        Event::TransferEnded { conversation, transfer: TransferId(121), end: TransferEnd::NoAnswer },
    ]
}

fn samples_of_agents() -> Vec<Event> {
    let (conversation, agent) = (ConversationId(101), AgentId(103));
    let (segment, queue) = (SegmentId(104), QueueId(105));
    vec![
        Event::AgentSignedIn { agent },
        Event::AgentReady { agent },
        Event::AgentNotReady { agent, reason: Some(NotReadyReasonId(117)), cause: PresenceCause::OfferUnanswered },
        Event::AgentSignedOut { agent, cause: PresenceCause::Administrator },
        Event::AgentDeviceChanged { agent, reachable: true },
        Event::AgentTelephoneChanged { agent, device: Some(DeviceId(118)) },
        Event::VoicemailLeft {
            conversation,
            segment,
            task: TaskId(118),
            recording: RecordingId(119),
            number: Some(NumberId(108)),
            queue: Some(queue),
            cause: VoicemailCause::QueueFull,
            length: Duration::from_millis(12_345),
        },
        Event::Screened {
            conversation,
            screening: Screening {
                reason: ScreenReason::BlockList(ListEntryId(120)),
                action: ScreenAction::Diverted(FlowId(115)),
            },
        },
        Event::VipRecognised { conversation, entry: ListEntryId(120) },
        Event::OutboundStopped {
            conversation: Some(conversation),
            stopped: Stopped::Agent(agent),
            by: agent,
            alarm: Alarm { distinct: 20, within: Duration::from_secs(600) },
        },
        Event::OutboundReleased { stopped: Stopped::Rule(DestinationRuleId(124)), by: AgentId(123) },
        Event::TrunkFull { conversation, trunk: TrunkId(114), block: Block::InboundFull },
    ]
}

fn samples_of_what_came_later() -> Vec<Event> {
    let (conversation, agent) = (ConversationId(101), AgentId(103));
    vec![
        Event::ConsentGiven { conversation, how: ConsentHow::Key, agent: None },
        Event::ConsentRefused { conversation, how: ConsentHow::Spoken, agent: Some(agent) },
        Event::RecordingSwitched { conversation, agent: Some(agent), on: true },
        Event::RecordingRuled {
            conversation,
            rule: RecordingRule {
                mode: RecordingMode::Share(SharePercent::new(30).unwrap()),
                drawn: false,
                consent_required: true,
            },
        },
        Event::RecordingErased { conversation, recording: RecordingId(118), cause: ErasureCause::Request },
        Event::EarlyMediaStarted { conversation, leg: LegId(102) },
        Event::FloorStarted { epoch: 1_000 },
        Event::OutboundRecognised {
            conversation,
            segment: SegmentId(104),
            agent,
            result: OutboundResult::Busy,
            by: KnownBy::Tone(CallTone::Busy),
        },
        Event::DeadAirFound {
            conversation,
            silence: Duration::from_secs(30),
            step: DeadAirStep::Diverted(FlowId(115)),
        },
        Event::LegDegraded { conversation, leg: LegId(102), on: true, mos_hundredths: 287 },
        Event::LegRated {
            conversation,
            leg: LegId(102),
            quality: Quality {
                packets_received: 2,
                packets_sent: 301,
                mos_hundredths: Some(421),
                ..Quality::default()
            },
        },
        Event::ConferenceChanged {
            conversation,
            transfer: TransferId(121),
            by: Some(agent),
            what: ConferenceChange::Left { end: ConferenceEnd::Dropped },
        },
        Event::MobileCalled { conversation, agent, device: DeviceId(118), leg: LegId(102), route: route() },
        Event::MobileEnded { conversation, agent, device: DeviceId(118), leg: LegId(102), end: MobileEnd::NoKey },
        Event::OutboundRerouted {
            conversation,
            trunk: TrunkId(114),
            cause: Some(ClearingCause { status: 503, q850: Some(34) }),
            route: route(),
            mobile: Some(MovedLeg { from: LegId(102), to: LegId(123) }),
        },
    ]
}

fn samples_of_recordings() -> Vec<Event> {
    let (conversation, agent, recording) = (ConversationId(101), AgentId(103), RecordingId(118));
    vec![
        Event::RecordingStarted { conversation, recording, tracks: Tracks::Customer },
        Event::RecordingPaused {
            conversation,
            recording,
            reason: PauseReason::CardData,
            agent: Some(agent),
            limit: Some(Duration::from_secs(600)),
        },
        Event::RecordingResumed { conversation, recording, agent: None, why: PauseEnd::Time },
        Event::RecordingGap {
            conversation,
            recording,
            at: Duration::from_millis(61_500),
            length: Duration::from_secs(2),
            cause: GapCause::DiskFull,
        },
        Event::RecordingSealed {
            conversation,
            recording,
            manifest: Manifest {
                chunks: 241,
                bytes: 1_940_000,
                duration: Duration::from_millis(120_480),
                gaps: 1,
                digest: Digest([0xAB; 32]),
                recovered: true,
            },
        },
        Event::RecordingFailed { conversation, recording, fault: RecordingFault::NoKey },
        Event::TransferJoined { conversation, transfer: TransferId(121) },
        Event::Supervised {
            conversation,
            agent: AgentId(123),
            what: Supervision::Began { target: agent, mode: SupervisionMode::Whisper },
        },
    ]
}

fn golden_path(kind: u16, version: u16) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{kind:03}_v{version}.txt"))
}

/// The first line is the body, the rest is what it means. A failing body needs a new version, never a new golden file for
/// an old version.
#[test]
fn bodies_are_those_of_the_golden_files() {
    for event in samples() {
        let encoded = encode(&event);
        let text = format!("{}\n{event:#?}\n", hex::encode(&encoded.body));
        expect_test::expect_file![golden_path(encoded.kind, encoded.version)].assert_eq(&text);
    }
}

#[test]
fn golden_bodies_of_every_version_can_be_read() {
    let mut read = 0;
    for entry in std::fs::read_dir(golden_path(0, 0).parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (kind, version) = name.split_once("_v").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let (body, meaning) = text.split_once('\n').unwrap();
        let event = decode(kind.parse().unwrap(), version.parse().unwrap(), &hex::decode(body).unwrap()).unwrap();
        assert_eq!(format!("{event:#?}\n"), meaning, "{name}");
        read += 1;
    }
    assert!(read >= Event::CATALOGUE.len());
}

#[test]
fn every_event_of_the_catalogue_has_a_sample_and_comes_back() {
    let numbers: Vec<u16> = samples().iter().map(Event::number).collect();
    assert_eq!(numbers, Event::CATALOGUE.iter().map(|(number, ..)| *number).collect::<Vec<_>>());
    for event in samples() {
        let encoded = encode(&event);
        assert_eq!(decode(encoded.kind, encoded.version, &encoded.body), Ok(event));
    }
}

#[test]
fn whoever_is_outside_comes_back() {
    let (conversation, handling, agent) = (ConversationId(101), HandlingId(106), AgentId(103));
    let (leg, transfer, party) = (LegId(102), TransferId(121), PartyId(900));
    let (kind, target, reason) = (TransferKind::Consult, TransferTarget::Outside(party), None);
    let route = Some(OutboundRoute { rule: None, passed: Vec::new(), ..route() });
    let events = [
        Event::TransferStarted { conversation, transfer, kind, handling, agent, target, reason, route },
        Event::LegJoined { conversation, leg, role: PortRole::Outside, agent: None, trunk: Some(TrunkId(114)) },
        Event::TransferEnded { conversation, transfer, end: TransferEnd::Busy },
        Event::ConversationEnded { conversation, by: EndedBy::Outside, reason: EndReason::HungUp },
    ];
    for event in &events {
        let encoded = encode(event);
        assert_eq!(decode(encoded.kind, encoded.version, &encoded.body), Ok(event.clone()));
    }
    assert_eq!(encode(&events[0]).greatest_id, party.0);
}

#[test]
fn a_busy_phone_comes_back() {
    let (conversation, offer, agent) = (ConversationId(101), OfferId(107), AgentId(103));
    let events = [
        (Event::OfferEnded { conversation, offer, agent, end: OfferEnd::Busy }, 7),
        (Event::AgentNotReady { agent, reason: None, cause: PresenceCause::PhoneBusy }, 7),
    ];
    for (event, code) in events {
        let encoded = encode(&event);
        assert_eq!(encoded.body.last(), Some(&code));
        assert_eq!(decode(encoded.kind, encoded.version, &encoded.body), Ok(event));
    }
}

#[test]
fn the_greatest_id_is_found() {
    assert_eq!(encode(&samples()[0]).greatest_id, 112);
    assert_eq!(encode(&Event::FloorStarted { epoch: 9 }).greatest_id, 0);
}

/// Damage is an error, never a panic or a wrong event of another length.
#[test]
fn cut_and_lengthened_bodies_are_refused() {
    for event in samples() {
        let Encoded { kind, version, body, .. } = encode(&event);
        for length in 0..body.len() {
            assert!(decode(kind, version, &body[..length]).is_err(), "{kind} cut to {length}");
        }
        let longer: Vec<u8> = body.iter().copied().chain([0]).collect();
        assert_eq!(decode(kind, version, &longer), Err(CodecError::Long(1)));
        assert_eq!(decode(kind, 99, &body), Err(CodecError::UnknownVersion { kind, version: 99 }));
    }
    assert_eq!(decode(4_000, 1, &[]), Err(CodecError::UnknownKind(4_000)));
    assert_eq!(decode(90, 1, &[0xff; 11]), Err(CodecError::Range));
}
