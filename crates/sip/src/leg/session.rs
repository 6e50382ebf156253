//! The media side of a leg: one offer outstanding at most (RFC 3264).

use std::net::SocketAddr;
use std::sync::Arc;

use domain::{MasterKey, SrtpKeys};

use crate::sdp::{
    Codec, Local, MediaOffer, OWN_TAG, Offer, SdpError, SrtpUse, TheirKey, parse_offer, write_answer, write_offer,
};

/// Which descriptions are taken and written: whether a session is to be encrypted, with which key of ours, and with which codecs. They stay
/// the same for the life of the session.
#[derive(Clone, Debug, Default)]
pub(crate) struct MediaTerms {
    pub(crate) rule: SrtpUse,
    /// None where nothing is ever encrypted.
    pub(crate) own: Option<MasterKey>,
    /// What may be spoken, the best first; empty is whatever the peer likes best.
    pub(crate) codecs: Vec<Codec>,
}

/// What is agreed and what is under negotiation.
#[derive(Debug)]
pub(crate) struct MediaSession {
    /// In force, or as offered while the call is not answered.
    pub(crate) in_force: MediaOffer,
    /// The caller's offer that is to be answered.
    waiting: Option<Offer>,
    /// The answer that a 183 gave; the 200 gives the same.
    early: Option<String>,
    /// Our own offer is out; its answer comes in the ACK.
    pub(crate) offering: bool,
    /// What was last reported as hold.
    pub(crate) held: bool,
    terms: MediaTerms,
    /// Our last offer was of SRTP.
    offered_srtp: bool,
    rtp: Option<SocketAddr>,
    id: u64,
    version: u64,
}

impl MediaSession {
    /// Of an INVITE with or without an offer; `id` names the session in our descriptions.
    pub(crate) fn new(offer: Option<Offer>, id: u64, terms: MediaTerms) -> MediaSession {
        let mut session = MediaSession {
            in_force: MediaOffer::unknown(),
            waiting: None,
            early: None,
            offering: false,
            held: false,
            terms,
            offered_srtp: false,
            rtp: None,
            id: id >> 12,
            version: 0,
        };
        if let Some(first) = session.terms.codecs.first() {
            session.in_force = MediaOffer::of(*first);
        }
        if let Some(offer) = offer {
            // An address of zero asks not to be sent to; until there is another, there is nowhere to send anyway.
            session.in_force = session.complete(offer.media.clone(), offer.theirs.as_ref());
            session.waiting = Some(offer);
        }
        session
    }

    /// Whether nothing but SRTP will do.
    pub(crate) fn is_strict(&self) -> bool {
        self.terms.rule == SrtpUse::Always
    }

    /// Whether the first INVITE holds an offer that has not been answered.
    pub(crate) fn has_offer(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether a 183 has answered that offer, and no 200 yet.
    pub(crate) fn is_early(&self) -> bool {
        self.early.is_some()
    }

    /// Whether a codec that has to be coded may come out of our own offer.
    pub(crate) fn may_be_coded(&self) -> bool {
        self.terms.codecs.iter().any(|codec| !codec.is_law())
    }

    /// The description of a 183 to the first INVITE.
    pub(crate) fn open_early(&mut self, rtp: SocketAddr) -> String {
        let description = self.open(rtp);
        self.early = Some(description.clone());
        description
    }

    /// The description of our 200 to the first INVITE.
    pub(crate) fn open(&mut self, rtp: SocketAddr) -> String {
        if let Some(description) = self.early.take() {
            return description;
        }
        self.rtp = Some(rtp);
        match self.waiting.take() {
            Some(offer) => self.write(&offer),
            None => self.offer(),
        }
    }

    /// Answers the offer of a re-INVITE; says whether anything changed.
    pub(crate) fn accept(&mut self, description: &[u8]) -> Result<(String, bool), SdpError> {
        // What is encrypted stays so, whatever a later offer says.
        let rule = if self.in_force.srtp.is_some() { SrtpUse::Always } else { self.terms.rule };
        let offer = parse_offer(description, rule, &self.terms.codecs)?;
        let changed = self.take(offer.media.clone(), offer.theirs.as_ref());
        Ok((self.write(&offer), changed))
    }

    /// The description of our 200 to a re-INVITE without an offer.
    pub(crate) fn offer(&mut self) -> String {
        self.offering = true;
        self.offered_srtp = self.is_strict() || self.in_force.srtp.is_some();
        self.version += 1;
        let own = self.terms.own.as_ref().filter(|_| self.offered_srtp);
        write_offer(&self.in_force, &self.terms.codecs, self.local(own.map(|key| (OWN_TAG, key))))
    }

    /// The description of a refresh of ours: nothing has changed, so that its version stays (RFC 4028 §7.4).
    pub(crate) fn offer_again(&mut self) -> String {
        self.version = self.version.saturating_sub(1);
        self.offer()
    }

    /// What the far side of a call of ours will do, told before it answers. Our offer stays open.
    pub(crate) fn preview(&mut self, description: &[u8]) -> Result<bool, SdpError> {
        let offer = self.read_answer(description)?;
        Ok(self.take(offer.media, offer.theirs.as_ref()))
    }

    /// The answer to our offer; says whether anything changed. Without a description everything stays.
    pub(crate) fn answered(&mut self, description: Option<&[u8]>) -> Result<bool, SdpError> {
        self.offering = false;
        let offer = self.read_answer(description.ok_or(SdpError::Unreadable)?)?;
        Ok(self.take(offer.media, offer.theirs.as_ref()))
    }

    /// RFC 4568 §5.1.3: the answer keeps to what was offered, key and all; there is no way back to plain RTP.
    fn read_answer(&self, description: &[u8]) -> Result<Offer, SdpError> {
        let rule = if self.offered_srtp { SrtpUse::Always } else { SrtpUse::Never };
        let offer = parse_offer(description, rule, &self.terms.codecs)?;
        let is_other = offer.theirs.as_ref().is_some_and(|theirs| theirs.tag != OWN_TAG);
        if is_other { Err(SdpError::NothingInCommon) } else { Ok(offer) }
    }

    fn write(&mut self, offer: &Offer) -> String {
        self.version += 1;
        let crypto = offer.theirs.as_ref().and_then(|theirs| Some((theirs.tag, self.terms.own.as_ref()?)));
        write_answer(offer, self.local(crypto))
    }

    fn local<'a>(&self, crypto: Option<(u32, &'a MasterKey)>) -> Local<'a> {
        let nowhere = MediaOffer::unknown().remote;
        Local { rtp: self.rtp.unwrap_or(nowhere), session: self.id, version: self.version, crypto }
    }

    fn take(&mut self, media: MediaOffer, theirs: Option<&TheirKey>) -> bool {
        let mut media = self.complete(media, theirs);
        if media.remote.ip().is_unspecified() {
            media.remote = self.in_force.remote;
        }
        let changed = media != self.in_force;
        self.in_force = media;
        changed
    }

    /// With the keys of both directions.
    fn complete(&self, media: MediaOffer, theirs: Option<&TheirKey>) -> MediaOffer {
        let keys = theirs.zip(self.terms.own.as_ref());
        let srtp = keys.map(|(theirs, ours)| Arc::new(SrtpKeys { ours: ours.clone(), theirs: theirs.key.clone() }));
        MediaOffer { srtp, ..media }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    const OTHER: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC";

    fn description(profile: &str, crypto: &str) -> Vec<u8> {
        let head = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
        format!("{head}m=audio 30000 {profile} 8\r\n{crypto}").into_bytes()
    }

    fn secure(tag: u32, key: &str) -> Vec<u8> {
        description("RTP/SAVP", &format!("a=crypto:{tag} AES_CM_128_HMAC_SHA1_80 inline:{key}\r\n"))
    }

    fn terms(rule: SrtpUse) -> MediaTerms {
        MediaTerms { rule, own: Some(MasterKey::new([1; 30])), codecs: Vec::new() }
    }

    fn caller(rule: SrtpUse) -> MediaSession {
        let mut session = MediaSession::new(None, 0, terms(rule));
        session.open("198.51.100.7:40000".parse().unwrap());
        session
    }

    #[test]
    fn an_answer_without_the_key_that_was_asked_for_is_no_answer() {
        for (answer, is_taken) in [
            (secure(1, KEY), true),
            (secure(2, KEY), false),
            (description("RTP/AVP", ""), false),
            (description("RTP/SAVP", ""), false),
        ] {
            assert_eq!(caller(SrtpUse::Always).answered(Some(&answer)).is_ok(), is_taken);
            assert_eq!(caller(SrtpUse::Always).preview(&answer).is_ok(), is_taken);
        }
        // Nobody asked for one.
        assert!(caller(SrtpUse::WhenOffered).answered(Some(&secure(1, KEY))).is_err());
        assert!(caller(SrtpUse::WhenOffered).answered(Some(&description("RTP/AVP", ""))).is_ok());
    }

    #[test]
    fn a_hold_keeps_the_keys_and_another_key_is_told() {
        let offer = parse_offer(&secure(1, KEY), SrtpUse::WhenOffered, &[]).unwrap();
        let mut session = MediaSession::new(Some(offer), 0, terms(SrtpUse::WhenOffered));
        let first = session.open("198.51.100.7:40000".parse().unwrap());
        let keys = session.in_force.srtp.clone().unwrap();
        let key_of = |text: &str| text.split("inline:").nth(1).unwrap().trim_end().to_owned();
        let (again, changed) = session.accept(&secure(1, KEY)).unwrap();
        assert!(!changed && key_of(&again)[..40] == key_of(&first)[..40]);
        let (held, changed) = session.accept(&[secure(4, KEY), b"a=sendonly\r\n".to_vec()].concat()).unwrap();
        assert!(changed && session.in_force.is_hold() && held.contains("a=crypto:4 "));
        assert_eq!(session.in_force.srtp.as_deref(), Some(&*keys));
        let (_, changed) = session.accept(&secure(1, OTHER)).unwrap();
        assert!(changed && session.in_force.srtp.as_ref().unwrap().theirs != keys.theirs);
        assert_eq!(session.in_force.srtp.as_ref().unwrap().ours, keys.ours);
        // There is no way back, and a refresh of ours offers what is in force.
        assert_eq!(session.accept(&description("RTP/AVP", "")).unwrap_err(), SdpError::NothingInCommon);
        assert!(session.in_force.srtp.is_some());
        assert!(session.offer_again().contains("RTP/SAVP"));
        assert!(session.answered(Some(&description("RTP/AVP", ""))).is_err());
        assert!(session.in_force.srtp.is_some());
    }
}
