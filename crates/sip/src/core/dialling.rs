//! Calls we begin.

use std::net::SocketAddr;

use domain::{Encryption, EndReason, EndedBy, LegId, Mono};

use super::legs::Machine;
use super::{Core, Output};
use crate::config::{CallerId, Dial, DialTarget};
use crate::digest::Answers;
use crate::event::{CallSource, SipEvent};
use crate::leg::{LegInput, OwnSide};
use crate::outgoing::{Callee, DialledLeg, Places};
use crate::sdp::SrtpUse;
use crate::trunk::{Place, WayOut};

/// The longest number or name that is written.
const TEXT_MAX: usize = 64;

impl Core {
    pub(super) fn dial(&mut self, now: Mono, leg: LegId, call: &Dial) {
        if self.legs.get(leg).is_some() {
            return;
        }
        if self.legs.len() >= self.legs_max {
            return self.never_began(leg, EndReason::Overload);
        }
        let (places, peer, host) = match &call.target {
            DialTarget::Device(device) => {
                let headers = device_headers(call);
                let must = self.encryption_of_device(*device) == Encryption::Required;
                let reach = self.registrar.reach(*device).into_iter().filter(|(_, hop)| hop.is_private() || !must);
                let callees = reach.map(|(uri, hop)| Callee {
                    uri,
                    hop,
                    is_pinned: true,
                    is_doubtful: false,
                    answers: Answers::default(),
                    headers: headers.clone(),
                });
                (Places::Together(callees.collect()), self.device_side, None)
            }
            DialTarget::Trunk { trunk, number } => {
                let number = dialable(number);
                let Some(mut way) = self.trunks.way_out(now, *trunk).filter(|_| !number.is_empty()) else {
                    return self.never_began(leg, EndReason::Unreachable);
                };
                let must = self.encryption_of_trunk(*trunk) == Encryption::Required;
                way.places.retain(|place| place.target.hop().is_private() || !must);
                let host = way.host.clone();
                let is_trusted = self.trunks.is_trusted_with_identity(*trunk);
                let headers = trunk_headers(&call.caller, host.as_deref().unwrap_or(&self.identity.host), is_trusted);
                (Places::InTurn(callees(way, &number, &headers)), EndedBy::Customer, host)
            }
        };
        if places.is_empty() {
            return self.never_began(leg, EndReason::Unreachable);
        }
        let callee = match &call.target {
            DialTarget::Device(device) => CallSource::Device(*device),
            DialTarget::Trunk { trunk, .. } => CallSource::Trunk(*trunk),
        };
        let (wanted, codecs) = (self.encryption(callee), self.codecs(callee));
        let Some(srtp) = self.media_terms(SrtpUse::to_offer(wanted), codecs) else {
            return self.never_began(leg, EndReason::NoCodec);
        };
        let tag = self.tokens.tag();
        let host = host.as_deref().unwrap_or(&self.identity.host);
        let own = OwnSide {
            identity: self.identity.clone(),
            from: format!("{};tag={tag}", caller_address(&call.caller, host)),
            tag: tag.clone(),
        };
        let rtp = SocketAddr::new(self.advertised, call.local_rtp.port());
        let machine = DialledLeg::new(now, leg, peer, own, places, (rtp, srtp));
        self.add(leg, tag, None, Machine::Dialled(Box::new(machine)));
        self.turn(now, leg, LegInput::Tick);
    }

    fn never_began(&mut self, leg: LegId, reason: EndReason) {
        self.outputs.push_back(Output::Event(SipEvent::Ended { leg, by: EndedBy::System, reason, cause: None }));
    }
}

/// One callee for each place a carrier is called at, in its order.
fn callees(way: WayOut, number: &str, headers: &[(&'static str, String)]) -> Vec<Callee> {
    let callee = |Place { target, is_doubtful, answers }: Place| Callee {
        uri: format!("sip:{number}@{}", target.hop().address()),
        hop: target.hop(),
        is_pinned: false,
        is_doubtful,
        answers,
        headers: headers.to_vec(),
    };
    way.places.into_iter().map(callee).collect()
}

/// Asking a phone to answer by itself: by Call-Info (Cisco, Snom, Linphone) and by Alert-Info (Yealink, Grandstream).
fn device_headers(call: &Dial) -> Vec<(&'static str, String)> {
    if !call.auto_answer {
        return Vec::new();
    }
    vec![
        ("Call-Info", "<sip:callisto.invalid>;answer-after=0".to_owned()),
        ("Alert-Info", "<http://callisto.invalid>;info=alert-autoanswer;delay=0".to_owned()),
    ]
}

/// RFC 3325: what a carrier takes the caller's number from. Of one who withholds it, a carrier that is trusted learns it all the same, and keeps it
/// to itself (§9.3: `Privacy: id`): it bills the line by it, and finds whoever calls for help.
fn trunk_headers(caller: &CallerId, host: &str, is_trusted: bool) -> Vec<(&'static str, String)> {
    let asserted = |number: &str| ("P-Asserted-Identity", format!("<sip:{number}@{host}>"));
    let number = dialable(&caller.number);
    if !number.is_empty() {
        return vec![asserted(&number)];
    }
    let withheld = caller.withheld.as_deref().filter(|_| is_trusted).map(dialable);
    let withheld = withheld.filter(|number| !number.is_empty());
    withheld.iter().map(|number| asserted(number)).chain([("Privacy", "id".to_owned())]).collect()
}

/// From without its tag. RFC 3323 §4.1.1.3 has the form of the anonymous one.
fn caller_address(caller: &CallerId, host: &str) -> String {
    let number = dialable(&caller.number);
    if number.is_empty() {
        return "\"Anonymous\" <sip:anonymous@anonymous.invalid>".to_owned();
    }
    let name: String =
        caller.name.chars().filter(|c| !c.is_control() && !"\"\\<>".contains(*c)).take(TEXT_MAX).collect();
    match name.trim() {
        "" => format!("<sip:{number}@{host}>"),
        name => format!("\"{name}\" <sip:{number}@{host}>"),
    }
}

/// The characters of a number that may stand in a user part; `#` is escaped (RFC 3261 §25.1).
fn dialable(number: &str) -> String {
    let kept = number.chars().filter(|c| c.is_ascii_alphanumeric() || "+*#-_.".contains(*c)).take(TEXT_MAX);
    kept.collect::<String>().replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_cannot_break_out_of_their_header() {
        let (number, name) = ("138\r\nX: y@h>;tag=1".to_owned(), "Li \"M\"\r\n<x>\\ 明".to_owned());
        let caller = CallerId { number, name, withheld: None };
        assert_eq!(caller_address(&caller, "192.0.2.7"), "\"Li Mx 明\" <sip:138Xyhtag1@192.0.2.7>");
        assert_eq!(dialable("*72#"), "*72%23");
        let nobody = CallerId::default();
        assert_eq!(caller_address(&nobody, "h"), "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
        assert_eq!(trunk_headers(&nobody, "h", true), [("Privacy", "id".to_owned())]);
    }

    #[test]
    fn a_withheld_number_is_told_to_a_carrier_that_is_trusted_and_to_no_other() {
        let shown = CallerId { number: "4001".to_owned(), withheld: Some("4002".to_owned()), ..CallerId::default() };
        let withheld = CallerId { number: String::new(), ..shown.clone() };
        let asserted = |number: &str| ("P-Asserted-Identity", format!("<sip:{number}@h>"));
        let privacy = ("Privacy", "id".to_owned());
        assert_eq!(caller_address(&withheld, "h"), "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
        assert_eq!(trunk_headers(&withheld, "h", true), [asserted("4002"), privacy.clone()]);
        assert_eq!(trunk_headers(&withheld, "h", false), [privacy]);
        assert_eq!(trunk_headers(&shown, "h", true), [asserted("4001")]);
        assert_eq!(trunk_headers(&shown, "h", false), [asserted("4001")]);
    }
}
