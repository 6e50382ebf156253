//! Calls that came in: a port, early media, and the answer.

use std::net::SocketAddr;

use domain::{Cause, Input, LegId};
use tracing::debug;

use super::legs::{Device, TelephoneMedia};
use super::translate::{ForFloor, Voice};

impl Voice {
    /// Says that it rings, or reserves a port for what the caller is to hear.
    pub(super) fn proceed(&mut self, leg: LegId, early_media: bool) {
        if !early_media {
            return self.sip.proceed(leg);
        }
        let Some(found) = self.legs.get_mut(leg).filter(|found| found.ended.is_none()) else { return };
        let Device::Telephone { media, is_early, .. } = &mut found.device else { return };
        if *media == TelephoneMedia::None {
            (*media, *is_early) = (TelephoneMedia::Reserving, true);
            self.reserve(leg);
        }
    }

    pub(super) fn answer(&mut self, leg: LegId) -> ForFloor {
        let rtp_address = self.rtp_address;
        let found = self.legs.get_mut(leg)?;
        match &mut found.device {
            Device::Telephone { media, port, is_early, .. } if found.ended.is_none() => match (*media, *port) {
                (TelephoneMedia::None, _) => {
                    *media = TelephoneMedia::Reserving;
                    self.reserve(leg);
                    None
                }
                // The answer has overtaken what was to be heard before it.
                (TelephoneMedia::Reserving, _) => {
                    *is_early = false;
                    None
                }
                (TelephoneMedia::Open, port) => {
                    self.sip.answer(leg, SocketAddr::new(rtp_address, port?));
                    None
                }
            },
            Device::Visitor { .. } => self.of(leg, Input::LegAnswered { leg }),
            Device::Telephone { .. } | Device::Dialled { .. } | Device::Agent { .. } => None,
        }
    }

    /// A port was reserved for a caller, or was not.
    pub(super) fn reserved_for_caller(&mut self, leg: LegId, reserved: Result<u16, media::MediaError>) -> ForFloor {
        let rtp_address = self.rtp_address;
        let found = self.legs.get_mut(leg)?;
        let Device::Telephone { params, media, port, is_early } = &mut found.device else { return None };
        match reserved {
            Ok(reserved) => {
                (*media, *port) = (TelephoneMedia::Open, Some(reserved));
                if found.ended.is_none() {
                    let local = SocketAddr::new(rtp_address, reserved);
                    self.media.open_rtp(leg, params.clone());
                    if *is_early {
                        self.sip.play_early(leg, local);
                    } else {
                        self.sip.answer(leg, local);
                    }
                }
                // Otherwise the caller left meanwhile; the close that was asked for then answers with `LegGone`.
                None
            }
            Err(error) => {
                debug!(%leg, %error, "no media for a call");
                *media = TelephoneMedia::None;
                if found.ended.is_some() {
                    return self.over(leg, None);
                }
                self.sip.refuse(leg, Cause::Overload);
                None
            }
        }
    }
}
