//! A request for a new call.

use domain::{EndedBy, Mono};
use tracing::warn;

use super::legs::Machine;
use super::{BEHIND_RETRY_AFTER_S, Core};
use crate::config::{InboundRewrites, rewritten};
use crate::event::{CallSource, SipEvent};
use crate::hop::Hop;
use crate::leg::session_timer::{is_too_brief, least_header};
use crate::leg::{Arrival, LegInput, LegMachine, MediaTerms};
use crate::message::Request;
use crate::sdp::{Codec, SdpError, SrtpUse, parse_offer, speaks};

use super::Output;

impl Core {
    /// A new INVITE from a trunk, or from a device that proved itself and so `calling`.
    pub(super) fn invite(&mut self, now: Mono, from: Hop, source: CallSource, calling: String, request: &Request) {
        let head = &request.head;
        if let Some(leg) = self.legs.by_invite(&head.transaction_key()) {
            return self.turn(now, leg, LegInput::InviteAgain);
        }
        let origin = format!("{}|{}", head.call_id, head.sender_tag());
        let same_request = self.legs.by_origin(&origin).and_then(|leg| self.legs.get(leg));
        if same_request.is_some_and(|machine| machine.invite_cseq() == Some(head.cseq)) {
            // RFC 3261 §8.2.2.2: one request that reached us on two paths.
            return self.stateless(482, head, from, None);
        }
        self.tally.invite();
        if is_too_brief(&request.terms) {
            let (name, value) = least_header();
            return self.stateless(422, head, from, Some((name, &value)));
        }
        if let Err(retry_after_s) = self.admit(now, from) {
            return self.stateless(503, head, from, Some(("Retry-After", &retry_after_s.to_string())));
        }
        let wanted = SrtpUse::of(self.encryption(source), from.is_private());
        let codecs = self.codecs(source);
        let Some(srtp) = wanted.and_then(|rule| self.media_terms(rule, codecs)) else {
            return self.stateless(500, head, from, None);
        };
        let offer = match request.sdp.as_deref().map(|sdp| parse_offer(sdp, srtp.rule, &srtp.codecs)).transpose() {
            Ok(offer) => offer,
            Err(SdpError::Unreadable) => return self.stateless(400, head, from, None),
            Err(SdpError::NothingInCommon) => {
                self.tell_nothing_in_common(source, &srtp, request.sdp.as_deref().unwrap_or_default());
                return self.stateless(488, head, from, Some(INCOMPATIBLE));
            }
        };
        if request.called.is_empty() {
            // Nobody was dialled.
            return self.stateless(404, head, from, None);
        }
        let leg = (self.mint)();
        let tag = self.tokens.tag();
        let peer = match source {
            CallSource::Trunk(_) => EndedBy::Customer,
            CallSource::Device(_) => self.device_side,
        };
        let arrival = Arrival { leg, peer, identity: self.identity.clone(), invite: request, source: from, srtp };
        let machine = LegMachine::new(now, arrival, offer, tag.clone());
        let offer = machine.media();
        self.add(leg, tag, Some(origin), Machine::Arrived(Box::new(machine)));
        let (called, calling, known) = self.numbers(source, calling, request);
        self.outputs.push_back(Output::Event(SipEvent::Arrived { leg, source, called, calling, known, offer }));
        self.turn(now, leg, LegInput::Tick);
    }

    /// Who is called, who is shown as calling, and who calls as far as the carrier tells us.
    fn numbers(&self, source: CallSource, calling: String, request: &Request) -> (String, String, String) {
        match source {
            CallSource::Trunk(trunk) => {
                let Some(InboundRewrites { called, caller }) = self.inbound.get(&trunk) else {
                    return (request.called.clone(), calling, request.known.clone());
                };
                (rewritten(called, &request.called), rewritten(caller, &calling), rewritten(caller, &request.known))
            }
            // A phone of ours is known by its account, whatever it wrote.
            CallSource::Device(_) => (request.called.clone(), calling.clone(), calling),
        }
    }

    /// Why a call is refused for what it offers, in the log; in the figures of its trunk where codecs are the reason.
    fn tell_nothing_in_common(&mut self, source: CallSource, terms: &MediaTerms, offer: &[u8]) {
        if speaks(offer, &terms.codecs) {
            return match terms.rule {
                SrtpUse::Always => {
                    warn!(
                        ?source,
                        "a call is refused with 488: it offers no SRTP we speak, and encryption is required there"
                    );
                }
                SrtpUse::WhenOffered | SrtpUse::Never => {
                    warn!(
                        ?source,
                        "a call is refused with 488: it offers encrypted sound alone, and in no way that is spoken there"
                    );
                }
            };
        }
        let taken = self.wanted_codecs(source);
        if speaks(offer, &taken) {
            return warn!(?source, "a call is refused with 488: no more calls in its codecs can be taken at once");
        }
        if let CallSource::Trunk(trunk) = source {
            self.tally.no_codec(trunk);
        }
        let taken = if taken.is_empty() { &Codec::ALL[..] } else { &taken };
        warn!(?source, ?taken, "a call is refused with 488: it offers none of the codecs that are taken from there");
    }

    /// Whether one more call is taken; else how long to wait.
    fn admit(&mut self, now: Mono, from: Hop) -> Result<(), u32> {
        if self.is_behind() {
            return Err(BEHIND_RETRY_AFTER_S);
        }
        self.gate.new_call(now, from.ip()).map_err(|full| full.retry_after_s)
    }
}

/// RFC 3261 §20.43.
const INCOMPATIBLE: (&str, &str) = ("Warning", "305 callisto \"Incompatible media format\"");
