//! The media side of a leg: one offer outstanding at most (RFC 3264).

use std::net::SocketAddr;

use crate::sdp::{Local, MediaOffer, Offer, SdpError, parse_offer, write_answer, write_offer};

/// What is agreed and what is under negotiation.
#[derive(Debug)]
pub(crate) struct MediaSession {
    /// In force, or as offered while the call is not answered.
    pub(crate) in_force: MediaOffer,
    /// The caller's offer that our 200 will answer.
    waiting: Option<Offer>,
    /// Our own offer is out; its answer comes in the ACK.
    pub(crate) offering: bool,
    /// What was last reported as hold.
    pub(crate) held: bool,
    rtp: Option<SocketAddr>,
    id: u64,
    version: u64,
}

impl MediaSession {
    /// Of an INVITE with or without an offer; `id` names the session in our descriptions.
    pub(crate) fn new(offer: Option<Offer>, id: u64) -> MediaSession {
        let in_force = offer.as_ref().map_or_else(MediaOffer::unknown, |offer| offer.media);
        // An address of zero asks not to be sent to; until there is another, there is nowhere to send anyway.
        MediaSession { in_force, waiting: offer, offering: false, held: false, rtp: None, id: id >> 12, version: 0 }
    }

    /// The description of our 200 to the first INVITE.
    pub(crate) fn open(&mut self, rtp: SocketAddr) -> String {
        self.rtp = Some(rtp);
        match self.waiting.take() {
            Some(offer) => self.write(&offer),
            None => self.offer(),
        }
    }

    /// Answers the offer of a re-INVITE; says whether anything changed.
    pub(crate) fn accept(&mut self, description: &[u8]) -> Result<(String, bool), SdpError> {
        let offer = parse_offer(description)?;
        let changed = self.take(offer.media);
        Ok((self.write(&offer), changed))
    }

    /// The description of our 200 to a re-INVITE without an offer.
    pub(crate) fn offer(&mut self) -> String {
        self.offering = true;
        let local = self.local();
        write_offer(&self.in_force, local)
    }

    /// The description of a refresh of ours: nothing has changed, so that its version stays (RFC 4028 §7.4).
    pub(crate) fn offer_again(&mut self) -> String {
        self.version = self.version.saturating_sub(1);
        self.offer()
    }

    /// What the far side of a call of ours will do, told before it answers. Our offer stays open.
    pub(crate) fn preview(&mut self, description: &[u8]) -> Result<bool, SdpError> {
        let offer = parse_offer(description)?;
        Ok(self.take(offer.media))
    }

    /// The answer to our offer; says whether anything changed. Without a description everything stays.
    pub(crate) fn answered(&mut self, description: Option<&[u8]>) -> Result<bool, SdpError> {
        self.offering = false;
        let offer = parse_offer(description.ok_or(SdpError::Unreadable)?)?;
        Ok(self.take(offer.media))
    }

    fn write(&mut self, offer: &Offer) -> String {
        let local = self.local();
        write_answer(offer, local)
    }

    fn local(&mut self) -> Local {
        self.version += 1;
        let nowhere = MediaOffer::unknown().remote;
        Local { rtp: self.rtp.unwrap_or(nowhere), session: self.id, version: self.version }
    }

    fn take(&mut self, mut media: MediaOffer) -> bool {
        if media.remote.ip().is_unspecified() {
            media.remote = self.in_force.remote;
        }
        let changed = media != self.in_force;
        self.in_force = media;
        changed
    }
}
