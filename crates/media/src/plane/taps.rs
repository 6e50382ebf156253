//! Where sound is handed to recordings.

use domain::Mono;
use domain::room::{PortId, PortRole};

use super::{MediaPlane, Output, Slot};
use crate::codec::{Codec, PLAY_FORMAT};
use crate::room::Room;
use crate::rtp::RtpView;
use crate::tap::TapPacket;

impl MediaPlane {
    /// A packet of a leg, when the leg is kept.
    pub(super) fn tap_leg(&mut self, now: Mono, slot: Slot, codec: Codec, packet: &RtpView<'_>) {
        let Some(leg) = self.leg_mut(slot) else { return };
        let port = PortId::Leg(leg.id);
        let Some(tap) = leg.tap.as_mut() else { return };
        let at = tap.clock.place(tap.keeping.position(now), packet.timestamp, packet.marker);
        let (keeping, role) = (tap.keeping, tap.role);
        let mut samples = self.buffer();
        samples.extend_from_slice(packet.payload);
        let (recording, version) = (keeping.recording, keeping.version);
        self.outputs.push_back(Output::Tap(TapPacket { recording, version, port, role, codec, at, samples }));
    }

    /// The present slot of every play of a room that is heard.
    pub(super) fn tap_plays(&mut self, slot_at: Mono, room: &Room) {
        let Some(keeping) = room.keeping.filter(|keeping| keeping.keeps_plays()) else { return };
        for index in &room.sounding {
            let (Some(play), Some(frame)) = (room.plays.get(*index), room.play_frames.get(*index)) else { continue };
            let mut samples = self.buffer();
            samples.extend_from_slice(frame);
            self.outputs.push_back(Output::Tap(TapPacket {
                recording: keeping.recording,
                version: keeping.version,
                port: PortId::Play(play.id),
                role: PortRole::Media,
                codec: PLAY_FORMAT.codec,
                at: keeping.position(slot_at),
                samples,
            }));
        }
    }
}
