//! The one file that knows both vocabularies: what `sip` and `media` report becomes `Input`, what the floor asks becomes
//! their calls.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

use domain::{
    AgentId, Cause, Command, DeviceId, DialTarget, EndReason, EndedBy, Input, Key, LegId, PartitionId,
    input::{LegSource, Quality},
};
use media::{MediaEvent, RtpParams};
use sip::{CallSource, CallerId, Dial, Progress, SipEndpoint, SipEvent};
use tokio::sync::mpsc;
use tracing::{debug, warn};

use super::codes::{ending_of, params_of, refer_code};
use super::keys::KeyWay;
use super::legs::{Device, Legs, Order, TelephoneMedia};
use super::phones::PhoneWatch;
use super::rooms::Rooms;
use super::set_up::{SetUps, Way};
use super::trunks::TrunkWatch;
use crate::clock;
use crate::floor_loop::Message;
use crate::media::MediaHandle;
use crate::registrations::RegistrationKeeper;

/// The voice channel: telephones over `sip`, browsers over WebRTC, sound in `media`.
pub struct Voice {
    pub(super) sip: SipEndpoint,
    pub(super) media: MediaHandle,
    loop_: mpsc::Sender<Message>,
    /// The address telephones send their audio to.
    pub(super) rtp_address: IpAddr,
    trunks: TrunkWatch,
    phones: PhoneWatch,
    registrations: RegistrationKeeper,
    /// SIP phones that may register.
    devices: HashMap<DeviceId, PartitionId>,
    /// Named by the loop when a floor makes one so.
    pub(crate) rooms: Rooms,
    pub(super) legs: Legs,
    set_ups: SetUps,
}

/// Legs the channel carries, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LegCounts {
    /// Carriers' calls.
    pub telephone: usize,
    /// Visitors' browsers.
    pub visitor: usize,
    /// Agents' browsers.
    pub agent: usize,
}

/// What becomes of an event: an input for a floor, or nothing.
pub type ForFloor = Option<(PartitionId, Input)>;

impl Voice {
    /// The channel over a started endpoint and media plane.
    pub fn new(
        sip: SipEndpoint,
        media: MediaHandle,
        loop_: mpsc::Sender<Message>,
        rtp_address: IpAddr,
        trunks: TrunkWatch,
        registrations: RegistrationKeeper,
    ) -> Voice {
        let (devices, rooms, legs) = (HashMap::new(), Rooms::default(), Legs::default());
        let (phones, set_ups) = (PhoneWatch::default(), SetUps::default());
        Voice { sip, media, loop_, rtp_address, trunks, phones, registrations, devices, rooms, legs, set_ups }
    }

    /// Puts where phones are registered on disk, for the process after this one.
    pub(crate) async fn write_registrations(&self) {
        self.registrations.write_now().await;
    }

    /// What signalling says. With `overload`, new calls are refused before any floor hears of them.
    pub fn on_sip(&mut self, event: SipEvent, overload: bool) -> ForFloor {
        match event {
            SipEvent::Arrived { leg, source: CallSource::Trunk(trunk), called, calling, known, offer } => {
                let partition = self.admit(leg, self.trunks.partition(trunk), overload, &offer)?;
                self.legs.wait_for(leg, Way::In, clock::mono());
                let (source, area) = (LegSource::Trunk(trunk), String::new());
                Some((partition, Input::LegArrived { leg, source, called, calling, known, area }))
            }
            SipEvent::Arrived { leg, source: CallSource::Device(device), called, offer, .. } => {
                let partition = self.admit(leg, self.devices.get(&device).copied(), overload, &offer)?;
                Some((partition, Input::PhoneCalled { leg, device, called }))
            }
            SipEvent::Progress { leg, progress } => {
                self.come_about(leg);
                self.of(leg, Input::LegProgress { leg, early_media: progress == Progress::Early })
            }
            SipEvent::Answered { leg } => {
                self.come_about(leg);
                self.media.answered(leg);
                self.of(leg, Input::LegAnswered { leg })
            }
            SipEvent::PeerHold { leg, on } => self.of(leg, Input::PeerHold { leg, on }),
            SipEvent::Digit { leg, key } => self.key(KeyWay::Signalling, leg, key),
            SipEvent::Referred { leg, to, replaces } => self.of(leg, Input::PeerReferred { leg, to, replaces }),
            SipEvent::MediaChanged { leg, offer } => {
                self.media_changed(leg, params_of(&offer));
                None
            }
            SipEvent::Ended { leg, by, reason, cause } => {
                let found = self.legs.get_mut(leg)?;
                found.cause = cause;
                found.ended = Some((by, reason));
                if let Device::Telephone { media: TelephoneMedia::None, .. } = found.device {
                    return self.over(leg, None);
                }
                // The end is told when the media plane has given the figures of the leg.
                self.media.close_leg(leg);
                None
            }
            SipEvent::DeviceChanged { device, reachable } => {
                self.phones.note(device, reachable, clock::now().utc);
                let partition = self.devices.get(&device)?;
                Some((*partition, Input::TelephoneChanged { device, reachable }))
            }
            SipEvent::BindingsChanged { device, bindings } => {
                self.registrations.keep(device, bindings);
                None
            }
            SipEvent::TargetChanged { trunk, target, reach } => {
                let (partition, working) = self.trunks.reach_changed(trunk, target, reach, clock::now().utc)?;
                Some((partition, Input::TrunkChanged { trunk, working }))
            }
            SipEvent::RegistrationChanged { trunk, registration } => {
                let turned = self.trunks.registration_changed(trunk, registration, clock::now().utc);
                turned.map(|(partition, working)| (partition, Input::TrunkChanged { trunk, working }))
            }
            SipEvent::ChallengeUnanswered { .. } => None,
            SipEvent::Banned { whom: _, lasts } => {
                warn!(
                    lasts_s = lasts.as_secs(),
                    "somebody guessed passwords or scanned for SIP accounts and is shut out"
                );
                None
            }
        }
    }

    /// A call came in for a floor; without one, and with `overload`, it is refused.
    fn admit(
        &mut self,
        leg: LegId,
        partition: Option<PartitionId>,
        overload: bool,
        offer: &sip::MediaOffer,
    ) -> Option<PartitionId> {
        let Some(partition) = partition.filter(|_| !overload) else {
            self.sip.refuse(leg, Cause::Overload);
            return None;
        };
        self.legs.insert(leg, partition, Device::arrived(params_of(offer)));
        Some(partition)
    }

    fn come_about(&mut self, leg: LegId) {
        if let Some((way, took)) = self.legs.come_about(leg, clock::mono()) {
            self.set_ups.record(way, took);
        }
    }

    fn media_changed(&mut self, leg: LegId, now: RtpParams) {
        let Some(found) = self.legs.get_mut(leg) else { return };
        let is_open = match &mut found.device {
            Device::Telephone { params, media, .. } => {
                params.clone_from(&now);
                *media == TelephoneMedia::Open
            }
            Device::Dialled { params, media, .. } => {
                *params = Some(now.clone());
                *media == TelephoneMedia::Open
            }
            Device::Visitor { .. } | Device::Agent { .. } => false,
        };
        if is_open && found.ended.is_none() {
            self.media.open_rtp(leg, now);
        }
    }

    /// Which SIP phones answer.
    pub fn phones(&self) -> PhoneWatch {
        self.phones.clone()
    }

    /// The SIP phones that may register, with whose they are; the list replaces the one before.
    pub fn set_devices(&mut self, devices: Vec<(PartitionId, sip::DeviceAccount)>) {
        self.devices = devices.iter().map(|(partition, account)| (account.device, *partition)).collect();
        self.sip.set_devices(devices.into_iter().map(|(_, account)| account).collect());
    }

    /// What sound says.
    pub fn on_media(&mut self, event: MediaEvent) -> ForFloor {
        match event {
            MediaEvent::LegUp { leg } => self.up(leg),
            MediaEvent::LegGone { leg, quality } => self.gone(leg, quality),
            MediaEvent::Digit { leg, key } => self.key(KeyWay::Sound, leg, key),
            MediaEvent::SilenceHeard { leg } => self.of(leg, Input::SilenceHeard { leg }),
            MediaEvent::SoundHeard { leg } => self.of(leg, Input::SoundHeard { leg }),
            MediaEvent::ToneHeard { leg, tone } => self.of(leg, Input::ToneHeard { leg, tone }),
            MediaEvent::MediaLost { leg } => self.of(leg, Input::MediaLost { leg }),
            MediaEvent::QualityFell { leg, room, mos_hundredths } => {
                warn!(%leg, mos_hundredths, "the sound of a leg is bad");
                self.rooms.turned(room, leg, true, mos_hundredths)
            }
            MediaEvent::QualityRose { leg, room, mos_hundredths } => {
                self.rooms.turned(room, leg, false, mos_hundredths)
            }
            MediaEvent::PlayEnded { room, play, end } => self.rooms.play_ended(room, play, end),
            MediaEvent::StretchOver(stretch) => self.rooms.rated(stretch.room, stretch.leg, stretch.quality),
            MediaEvent::RoomGone { room } => {
                self.rooms.forget(room);
                None
            }
        }
    }

    /// Carries a command of a floor out; some are answered at once.
    pub fn carry_out(&mut self, partition: PartitionId, command: Command) -> ForFloor {
        match command {
            Command::Proceed { leg, early_media } => {
                self.proceed(leg, early_media);
                None
            }
            Command::Answer { leg } => self.answer(leg),
            Command::Dial { leg, target, caller, withheld, auto_answer } => {
                let caller = CallerId { number: caller, name: String::new(), withheld };
                self.dial(leg, partition, target, caller, auto_answer);
                None
            }
            Command::Refuse { leg, cause } | Command::Release { leg, cause } => self.release(leg, partition, cause),
            Command::RefuseRefer { leg, why } => {
                self.sip.refuse_refer(leg, refer_code(why));
                None
            }
            Command::SetRoom(plan) | Command::BeginRecording(plan) => {
                self.media.set_room(plan);
                None
            }
            Command::CloseRoom { room } => {
                self.rooms.close(room);
                self.media.close_room(room);
                None
            }
            Command::SendDigits { leg, keys } => {
                self.media.send_digits(leg, keys);
                None
            }
            // Not for this channel.
            Command::ResolveCustomer { .. }
            | Command::RecogniseCaller { .. }
            | Command::RecallCallers { .. }
            | Command::Reply { .. } => None,
        }
    }

    pub(super) fn reserve(&self, leg: LegId) {
        let (plane, loop_) = (self.media.clone(), self.loop_.clone());
        tokio::spawn(async move {
            let port = plane.reserve_rtp(leg).await;
            let _ = loop_.send(Message::Reserved { leg, port }).await;
        });
    }

    /// Begins a call: a port first, then the INVITE that names it.
    fn dial(&mut self, leg: LegId, partition: PartitionId, target: DialTarget, caller: CallerId, auto_answer: bool) {
        let through_carrier = matches!(target, DialTarget::Trunk { .. });
        let target = match target {
            DialTarget::Device(device) => sip::DialTarget::Device(device),
            DialTarget::Trunk { trunk, number } => sip::DialTarget::Trunk { trunk, number },
        };
        let order = Some(Box::new(Order { target, caller, auto_answer }));
        self.legs.insert(leg, partition, Device::Dialled { order, params: None, media: TelephoneMedia::Reserving });
        if through_carrier {
            self.legs.wait_for(leg, Way::Out, clock::mono());
        }
        self.reserve(leg);
    }

    /// A port was reserved for a telephone leg that is being answered or dialled, or was not.
    pub fn reserved(&mut self, leg: LegId, port: Result<u16, media::MediaError>) -> ForFloor {
        let found = self.legs.get_mut(leg)?;
        if let Device::Dialled { .. } = found.device {
            return self.reserved_to_dial(leg, port);
        }
        self.reserved_for_caller(leg, port)
    }

    fn reserved_to_dial(&mut self, leg: LegId, port: Result<u16, media::MediaError>) -> ForFloor {
        let local = self.rtp_address;
        let found = self.legs.get_mut(leg)?;
        let Device::Dialled { order, media, .. } = &mut found.device else { return None };
        match port {
            Ok(port) => {
                *media = TelephoneMedia::Open;
                // A call given up meanwhile was told to close; that answers with `LegGone`.
                if let Some(order) = order.take().filter(|_| found.ended.is_none()) {
                    let Order { target, caller, auto_answer } = *order;
                    self.sip.dial(leg, Dial { target, caller, local_rtp: SocketAddr::new(local, port), auto_answer });
                }
                None
            }
            Err(error) => {
                debug!(%leg, %error, "no media for a call of ours");
                found.ended.get_or_insert((EndedBy::System, EndReason::Overload));
                self.over(leg, None)
            }
        }
    }

    fn release(&mut self, leg: LegId, partition: PartitionId, cause: Cause) -> ForFloor {
        let Some(found) = self.legs.get_mut(leg) else {
            // A call that was taken back before it left: its end is told all the same.
            let (by, reason) = (EndedBy::System, EndReason::Cancelled);
            return Some((partition, Input::LegEnded { leg, by, reason, cause: None, quality: None }));
        };
        match found.device {
            // Not with signalling yet.
            Device::Dialled { order: Some(_), .. } => {
                found.ended.get_or_insert((EndedBy::System, EndReason::Cancelled));
                self.media.close_leg(leg);
            }
            Device::Telephone { .. } | Device::Dialled { .. } => self.sip.release(leg, cause),
            Device::Visitor { .. } => {
                found.ended.get_or_insert((EndedBy::System, ending_of(cause)));
                self.media.close_leg(leg);
            }
            // An agent's browser outlives every conversation.
            Device::Agent { .. } => {}
        }
        None
    }

    /// A visitor's browser is about to connect.
    pub fn expect_visitor(&mut self, leg: LegId, partition: PartitionId, number: String) {
        self.legs.insert(leg, partition, Device::Visitor { number, up: false });
    }

    /// An agent's browser is about to connect.
    pub fn expect_agent(&mut self, leg: LegId, partition: PartitionId, agent: AgentId) {
        self.legs.insert(leg, partition, Device::Agent { agent });
    }

    /// A browser's offer could not be used: there is no media leg.
    pub fn browser_failed(&mut self, leg: LegId) {
        self.legs.remove(leg);
    }

    /// A browser said that it leaves: an agent's, or a visitor's when there is no agent. Anybody else's leg is left alone.
    pub fn browser_gone(&mut self, partition: PartitionId, owner: Option<AgentId>, leg: LegId) {
        let Some(found) = self.legs.get_mut(leg).filter(|l| l.partition == partition) else { return };
        let is_theirs = match found.device {
            Device::Agent { agent } => owner == Some(agent),
            Device::Visitor { .. } => owner.is_none(),
            Device::Telephone { .. } | Device::Dialled { .. } => false,
        };
        if is_theirs {
            found.ended.get_or_insert((EndedBy::Customer, EndReason::HungUp));
            self.media.close_leg(leg);
        }
    }

    fn up(&mut self, leg: LegId) -> ForFloor {
        let found = self.legs.get_mut(leg)?;
        let partition = found.partition;
        match &mut found.device {
            Device::Telephone { .. } | Device::Dialled { .. } => None,
            Device::Visitor { number, up } => {
                *up = true;
                let called = number.clone();
                let (source, calling, known, area) = (LegSource::Visitor, String::new(), String::new(), String::new());
                Some((partition, Input::LegArrived { leg, source, called, calling, known, area }))
            }
            Device::Agent { agent } => {
                let agent = *agent;
                if let Some(before) = self.legs.take_over(partition, agent, leg) {
                    self.media.close_leg(before);
                }
                Some((partition, Input::DeviceChanged { agent, leg: Some(leg) }))
            }
        }
    }

    fn gone(&mut self, leg: LegId, quality: Quality) -> ForFloor {
        let found = self.legs.get(leg)?;
        match &found.device {
            // A telephone leg ends by signalling; the media plane closes it only when told to.
            Device::Telephone { .. } | Device::Dialled { .. } => self.over(leg, Some(quality)),
            Device::Visitor { up: true, .. } => self.over(leg, Some(quality)),
            Device::Visitor { up: false, .. } => {
                self.legs.remove(leg);
                None
            }
            Device::Agent { agent } => {
                let (partition, agent) = (found.partition, *agent);
                self.legs.remove(leg);
                let was_current = self.legs.give_up(partition, agent, leg);
                was_current.then_some((partition, Input::DeviceChanged { agent, leg: None }))
            }
        }
    }

    pub(super) fn over(&mut self, leg: LegId, quality: Option<Quality>) -> ForFloor {
        let gone = self.legs.remove(leg)?;
        let (by, reason) = gone.ended.unwrap_or((EndedBy::Customer, EndReason::HungUp));
        Some((gone.partition, Input::LegEnded { leg, by, reason, cause: gone.cause, quality }))
    }

    /// A key, unless it has come already by the other way.
    fn key(&mut self, way: KeyWay, leg: LegId, key: Key) -> ForFloor {
        let found = self.legs.get_mut(leg)?;
        let input = match way {
            KeyWay::Sound => Input::Digit { leg, key },
            KeyWay::Signalling => Input::InfoKey { leg, key },
        };
        found.keys.is_new(way, key, clock::mono()).then_some((found.partition, input))
    }

    pub(super) fn of(&self, leg: LegId, input: Input) -> ForFloor {
        self.legs.get(leg).map(|found| (found.partition, input))
    }

    /// Releases everything; for the end of the node.
    pub fn release_all(&mut self) {
        for leg in self.legs.ids() {
            self.sip.release(leg, Cause::Normal);
            self.media.close_leg(leg);
        }
    }

    /// The endpoint, for admission and counting.
    pub fn sip(&self) -> &SipEndpoint {
        &self.sip
    }

    /// How long carriers' calls took to come about.
    pub fn set_ups(&self) -> SetUps {
        self.set_ups
    }

    /// Legs by kind.
    pub fn counts(&self) -> LegCounts {
        LegCounts {
            telephone: self.legs.count(|d| matches!(d, Device::Telephone { .. } | Device::Dialled { .. })),
            visitor: self.legs.count(|d| matches!(d, Device::Visitor { .. })),
            agent: self.legs.count(|d| matches!(d, Device::Agent { .. })),
        }
    }
}
