//! A phone's own transfer keys: REFER and the reports that follow it (RFC 3515, RFC 6665).
//!
//! What was asked for is either refused by the floor, or done: then the floor lets go of this leg as moved, and the last report before the
//! BYE says so. Let go for any other reason, it was not done.

use domain::{EndedBy, Mono};

use super::transaction::ClientRequest;
use super::{LegMachine, LegOutput, Stage};
use crate::cause::phrase;
use crate::hop::Hop;
use crate::message::{Reply, Request, reply_hop};

/// The last REFER of a leg, and the report about it that is under way.
#[derive(Debug, Default)]
pub(super) struct Referring {
    /// The last REFER and what it was answered: its copies get the same.
    answered: Option<(String, Vec<u8>)>,
    /// The floor has not decided.
    pub(super) is_open: bool,
    /// CSeq of the REFER the reports are about; from the second of a call on they name it (RFC 3515 §2.4.6).
    cseq: u32,
    count: u32,
    pub(super) report: Option<ClientRequest>,
}

impl LegMachine {
    pub(super) fn refer(&mut self, now: Mono, request: &Request, source: Hop) {
        let key = request.head.transaction_key();
        if let Some((_, reply)) = self.referring.answered.as_ref().filter(|(answered, _)| *answered == key) {
            return self.outputs.push_back(LegOutput::Send(reply_hop(&request.head, source), reply.clone()));
        }
        let code = self.judge_refer(request);
        let identity = self.dialog.identity.clone();
        let mut reply = Reply::new(code, &request.head, source);
        reply.contact = (code == 202).then_some(identity.contact(source.transport()));
        let encoded = reply.encode();
        self.referring.answered = Some((key, encoded.clone()));
        self.outputs.push_back(LegOutput::Send(reply_hop(&request.head, source), encoded));
        if let Some(refer) = request.refer.clone().filter(|_| code == 202) {
            self.dialog.remote_cseq = request.head.cseq;
            self.referring.is_open = true;
            self.referring.cseq = request.head.cseq;
            self.referring.count += 1;
            self.report(now, 100, false);
            self.outputs.push_back(LegOutput::Refer(refer));
        }
    }

    /// Only phones of ours may move a call: what a carrier refers would be dialled at our cost.
    fn judge_refer(&self, request: &Request) -> u16 {
        if self.peer == EndedBy::Customer {
            603
        } else if !matches!(self.stage, Stage::Talking) || self.ended {
            481
        } else if request.head.cseq <= self.dialog.remote_cseq {
            // RFC 3261 §12.2.2: out of order.
            500
        } else if self.referring.is_open {
            491
        } else if request.refer.is_none() {
            400
        } else {
            202
        }
    }

    /// What became of what the phone asked for; once.
    pub(super) fn refer_over(&mut self, now: Mono, code: u16) {
        if std::mem::take(&mut self.referring.is_open) {
            self.report(now, code, true);
        }
    }

    /// RFC 3515 §2.4.5: the start of a response, as a body.
    fn report(&mut self, now: Mono, code: u16, is_last: bool) {
        let state = if is_last { "terminated;reason=noresource" } else { "active;expires=60" };
        let text = format!("SIP/2.0 {code} {}\r\n", phrase(code));
        let about = match self.referring {
            Referring { count: 0 | 1, .. } => "refer".to_owned(),
            Referring { cseq, .. } => format!("refer;id={cseq}"),
        };
        let (to, request) = self.dialog.notify(about, state, &text);
        self.outputs.push_back(LegOutput::Send(to, request.clone()));
        // A report that overtakes the one before makes it needless.
        self.referring.report = Some(ClientRequest::start(now, to, request));
    }

    pub(super) fn send_report_again(&mut self) {
        if let Some(report) = &self.referring.report {
            self.outputs.push_back(LegOutput::Send(report.to, report.request.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::{Cause, Key, LegId};

    use super::super::LegInput;
    use super::super::tests::{Bench, message, source};
    use super::*;
    use crate::event::SipEvent;

    fn refer(cseq: u32, to: &str) -> Request {
        message("REFER", cseq, true, &format!("Refer-To: {to}\r\n"), "")
    }

    /// What was sent since the last call: the first line, with the subscription's state and body of a report.
    fn said(bench: &mut Bench) -> Vec<String> {
        let words = |text: &str| {
            let first = text.lines().next().unwrap().split(" sip:").next().unwrap().to_owned();
            let state = text.lines().find_map(|line| line.strip_prefix("Subscription-State: "));
            let body = text.split("\r\n\r\n").nth(1).unwrap_or_default().trim().to_owned();
            state.map_or(first.clone(), |state| format!("{first} {state} {body}"))
        };
        bench.sent.drain(..).map(|(_, text)| words(&text)).collect()
    }

    fn asked() -> Bench {
        let mut bench = Bench::in_talk(EndedBy::Agent);
        said(&mut bench);
        bench.input(LegInput::InDialog(&refer(2, "<sip:8002@pbx>"), source()));
        bench
    }

    #[test]
    fn a_phone_asks_and_is_told_at_once_that_somebody_thinks_about_it() {
        let mut bench = asked();
        assert_eq!(bench.referred.iter().map(|refer| refer.to.as_str()).collect::<Vec<_>>(), ["8002"]);
        let told = ["SIP/2.0 202 Accepted", "NOTIFY active;expires=60 SIP/2.0 100 Trying"];
        assert_eq!(said(&mut bench), told);
        bench.input(LegInput::InDialog(&refer(2, "<sip:8002@pbx>"), source()));
        assert_eq!((said(&mut bench), bench.referred.len()), (vec!["SIP/2.0 202 Accepted".to_owned()], 1), "a copy");
        bench.input(LegInput::InDialog(&refer(3, "<sip:8003@pbx>"), source()));
        assert_eq!((said(&mut bench), bench.referred.len()), (vec!["SIP/2.0 491 Request Pending".to_owned()], 1));
    }

    #[test]
    fn a_refusal_is_reported_and_the_call_goes_on() {
        let mut bench = asked();
        said(&mut bench);
        bench.input(LegInput::ReferOver(486));
        bench.input(LegInput::ReferOver(486));
        assert_eq!(said(&mut bench), ["NOTIFY terminated;reason=noresource SIP/2.0 486 Busy Here"]);
        assert!(bench.leg.inspect().is_live);
        bench.input(LegInput::InDialog(&refer(3, "<sip:8003@pbx>"), source()));
        assert_eq!(bench.referred.len(), 2, "and may ask again");
        assert!(bench.sent.last().unwrap().1.contains("\r\nEvent: refer;id=3\r\n"));
    }

    #[test]
    fn what_was_done_is_reported_before_the_bye() {
        let mut bench = asked();
        said(&mut bench);
        bench.input(LegInput::Hangup(Cause::Moved));
        assert_eq!(said(&mut bench), ["NOTIFY terminated;reason=noresource SIP/2.0 200 OK", "BYE"]);
        let mut bench = asked();
        said(&mut bench);
        bench.input(LegInput::Hangup(Cause::Normal));
        assert_eq!(said(&mut bench), ["NOTIFY terminated;reason=noresource SIP/2.0 487 Request Terminated", "BYE"]);
    }

    #[test]
    fn a_report_without_answer_is_repeated_and_given_up() {
        let mut bench = asked();
        said(&mut bench);
        bench.pass(Duration::from_secs(40));
        let copies = said(&mut bench);
        assert_eq!((copies.len(), copies.iter().all(|line| line.contains("100 Trying"))), (10, true), "{copies:?}");
        assert!(bench.leg.inspect().is_live);
    }

    #[test]
    fn carriers_move_nothing_and_nonsense_is_refused() {
        let mut bench = Bench::in_talk(EndedBy::Customer);
        said(&mut bench);
        bench.input(LegInput::InDialog(&refer(2, "<sip:0190@pbx>"), source()));
        assert_eq!((said(&mut bench), bench.referred.len()), (vec!["SIP/2.0 603 Decline".to_owned()], 0));
        let mut bench = Bench::in_talk(EndedBy::Agent);
        said(&mut bench);
        bench.input(LegInput::InDialog(&refer(2, "<sip:pbx>"), source()));
        bench.input(LegInput::InDialog(&message("REFER", 3, true, "", ""), source()));
        bench.input(LegInput::Hangup(Cause::Normal));
        bench.input(LegInput::InDialog(&refer(4, "<sip:8002@pbx>"), source()));
        let codes: Vec<String> = said(&mut bench).into_iter().filter(|line| line.starts_with("SIP")).collect();
        assert_eq!(
            codes,
            ["SIP/2.0 400 Bad Request", "SIP/2.0 400 Bad Request", "SIP/2.0 481 Call/Transaction Does Not Exist"]
        );
        assert_eq!(bench.referred.len(), 0);
    }

    #[test]
    fn a_key_by_info_is_told_once() {
        let mut bench = Bench::in_talk(EndedBy::Customer);
        said(&mut bench);
        let info =
            |cseq, kind: &str, body: &str| message("INFO", cseq, true, &format!("Content-Type: {kind}\r\n"), body);
        let five = info(2, "application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");
        bench.input(LegInput::InDialog(&five, source()));
        bench.input(LegInput::InDialog(&five, source()));
        bench.input(LegInput::InDialog(&info(3, "text/plain", "hello"), source()));
        bench.input(LegInput::InDialog(&info(4, "application/dtmf", "#"), source()));
        assert_eq!(said(&mut bench), ["SIP/2.0 200 OK"; 4]);
        let told = |key| SipEvent::Digit { leg: LegId(1), key: Key::from_char(key).unwrap() };
        let keys: Vec<_> =
            bench.events.iter().filter(|event| matches!(event, SipEvent::Digit { .. })).cloned().collect();
        assert_eq!(keys, [told('5'), told('#')]);
    }
}
