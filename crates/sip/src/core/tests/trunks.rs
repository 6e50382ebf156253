//! Carriers at the switchboard: who is tried first, who is trusted, what a stop takes back.

use domain::{EndReason, EndedBy};

use super::*;
use crate::config::{CallerId, DialTarget, Outbound, Password, RegisterAt, Target, Transport};
use crate::event::{Progress, Reach, RegistrationState};
use crate::sdp::Codec;

const TRUNK: TrunkId = TrunkId(1);
const SECOND: Duration = Duration::from_secs(1);
/// What a registrar says when it has us for as long as we asked.
const GRANTED: &str = "Expires: 300\r\n";

fn target(n: usize) -> Target {
    Target { address: format!("198.51.100.{}:5060", n + 1).parse().unwrap(), transport: Transport::Udp }
}

struct Line {
    core: Core,
    now: Mono,
    sent: Vec<(Hop, String)>,
    events: Vec<SipEvent>,
    doubts: Vec<(Hop, Duration)>,
}

impl Line {
    fn new(change: impl FnOnce(&mut TrustedTrunk)) -> Line {
        let mut config = SipConfig::new("192.0.2.7:5060".parse().unwrap(), "192.0.2.7".parse().unwrap());
        let mut trunk = TrustedTrunk::new(TRUNK, vec![peer().ip()]);
        let targets = vec![target(0), target(1)];
        trunk.outbound = Some(Outbound { targets, login: None, probe: Some(30 * SECOND) });
        change(&mut trunk);
        config.trunks.push(trunk);
        let mint = Box::new(|| LegId(1));
        let core = Core::new(Mono(0), &config, (5_060, None), RandomState::new(), mint);
        let mut line = Line { core, now: Mono(0), sent: Vec::new(), events: Vec::new(), doubts: Vec::new() };
        line.pass(Duration::ZERO);
        line
    }

    fn input(&mut self, input: Input<'_>) {
        self.core.handle(self.now, input);
        while let Some(output) = self.core.poll_output() {
            match output {
                Output::Send(hop, bytes) => self.sent.push((hop, String::from_utf8(bytes).unwrap())),
                Output::Event(event) => self.events.push(event),
                Output::Doubt(way, time) => self.doubts.push((way, time)),
                Output::Trust(_) | Output::Close(_) => {}
            }
        }
    }

    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some((at, _)) = self.core.poll_timeout().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            self.input(Input::Tick);
        }
        self.now = until;
    }

    fn dial(&mut self, leg: LegId) {
        let target = DialTarget::Trunk { trunk: TRUNK, number: "13800138000".to_owned() };
        let caller = CallerId { number: "4008001234".to_owned(), name: String::new(), withheld: None };
        let call = Dial { target, caller, local_rtp: "192.0.2.7:40000".parse().unwrap(), auto_answer: false };
        self.input(Input::Dial(leg, &call));
    }

    /// The last request of this method that went to a target.
    fn last(&self, method: &str, n: usize) -> String {
        let is_it = |(to, text): &&(Hop, String)| *to == target(n).hop() && text.starts_with(&format!("{method} "));
        self.sent.iter().rev().find(is_it).unwrap_or_else(|| panic!("no {method} to {n}")).1.clone()
    }

    fn has_sent(&self, method: &str, n: usize) -> bool {
        self.sent.iter().any(|(to, text)| *to == target(n).hop() && text.starts_with(&format!("{method} ")))
    }

    fn answer(&mut self, method: &str, n: usize, code: u16, more: &str) {
        let request = self.last(method, n);
        let of = |name: &str| request.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
        let heads = ["Via: ", "From: ", "Call-ID: ", "CSeq: "].map(of).join("\r\n");
        // What is to come after the headers stands behind an empty line.
        let (more, body) = more.split_once("\r\n\r\n").unwrap_or((more.trim_end(), ""));
        let more = if more.is_empty() { String::new() } else { format!("{more}\r\n") };
        let (to, length) = (of("To: "), body.len());
        let text =
            format!("SIP/2.0 {code} X\r\n{heads}\r\n{to};tag=t{n}\r\n{more}Content-Length: {length}\r\n\r\n{body}");
        self.input(Input::Message { from: target(n).hop(), bytes: text.as_bytes() });
    }
}

/// What takes a call at a target.
fn described(n: usize) -> String {
    format!("Contact: <sip:gw@{}>\r\nContent-Type: application/sdp\r\n\r\n{}", target(n).address, sdp(""))
}

#[test]
fn a_call_goes_round_a_dead_address_and_stays_one_leg() {
    let mut line = Line::new(|_| {});
    line.dial(LegId(50));
    assert!(line.has_sent("INVITE", 0) && !line.has_sent("INVITE", 1));
    line.pass(2 * SECOND);
    assert!(line.last("INVITE", 1).starts_with("INVITE sip:13800138000@198.51.100.2:5060 SIP/2.0\r\n"));
    line.answer("INVITE", 1, 180, "");
    line.answer("INVITE", 1, 200, &described(1));
    let told: Vec<&SipEvent> = line.events.iter().collect();
    let leg = LegId(50);
    assert!(
        matches!(
            told.as_slice(),
            [
                SipEvent::Progress { progress: Progress::Ringing, .. },
                SipEvent::MediaChanged { .. },
                SipEvent::Answered { .. }
            ]
        ),
        "{told:?}"
    );
    // The dead one wakes up and answers, too late.
    line.answer("INVITE", 0, 200, &described(0));
    assert!(line.has_sent("ACK", 0) && line.last("BYE", 0).contains("cause=16"));
    assert_eq!(line.events.len(), 3);
    line.answer("BYE", 0, 200, "");
    line.input(Input::Leg(leg, LegCommand::Hangup(Cause::Normal)));
    line.answer("BYE", 1, 200, "");
    assert_eq!(line.core.inspect().dialogs, 0);
    line.pass(90 * SECOND);
    assert!(line.core.legs.is_empty());
    let ends = line.events.iter().filter(|event| matches!(event, SipEvent::Ended { .. })).count();
    assert_eq!(ends, 1);
}

#[test]
fn an_address_that_is_down_is_called_last_and_still_called() {
    let mut line = Line::new(|_| {});
    line.answer("OPTIONS", 1, 200, "");
    line.pass(17 * SECOND);
    let (trunk, down) = (TRUNK, target(0));
    assert!(line.events.contains(&SipEvent::TargetChanged { trunk, target: down, reach: Reach::Down }));
    let figures = line.core.figures(line.now);
    let reaches: Vec<_> = figures.trunks[0].targets.iter().map(|t| (t.target, t.reach)).collect();
    assert_eq!(reaches, [(target(0), Some(Reach::Down)), (target(1), Some(Reach::Up))]);
    line.dial(LegId(50));
    assert!(!line.has_sent("INVITE", 0));
    line.answer("INVITE", 1, 503, "");
    assert!(line.has_sent("INVITE", 0));
    line.answer("INVITE", 0, 404, "");
    let cause = Some(domain::ClearingCause { status: 404, q850: None });
    let ended = SipEvent::Ended { leg: LegId(50), by: EndedBy::Network, reason: EndReason::InvalidNumber, cause };
    assert_eq!(line.events.last(), Some(&ended));
}

fn register(trunk: &mut TrustedTrunk) {
    trunk.outbound = None;
    trunk.register = Some(RegisterAt {
        others: Vec::new(),
        server: target(0),
        username: "8675512345".to_owned(),
        domain: None,
        realm: None,
        password: Password::new("secret"),
        expires_s: 300,
    });
}

#[test]
fn a_registered_trunk_is_called_at_its_registrar_with_its_account() {
    let mut line = Line::new(register);
    let challenge = "WWW-Authenticate: Digest realm=\"ims\", nonce=\"n\", qop=\"auth\"\r\n";
    line.answer("REGISTER", 0, 401, challenge);
    line.answer("REGISTER", 0, 200, GRANTED);
    let registration = RegistrationState::Registered;
    assert_eq!(line.events, [SipEvent::RegistrationChanged { trunk: TRUNK, registration }]);
    assert_eq!(line.core.figures(line.now).trunks[0].registration, Some(registration));
    line.dial(LegId(50));
    let invite = line.last("INVITE", 0);
    assert!(invite.contains("From: <sip:4008001234@198.51.100.1>;tag="), "{invite}");
    line.answer("INVITE", 0, 407, &challenge.replace("WWW", "Proxy"));
    assert!(line.last("INVITE", 0).contains("Proxy-Authorization: Digest username=\"8675512345\", realm=\"ims\""));
    line.input(Input::Leg(LegId(50), LegCommand::Hangup(Cause::Normal)));
    // The registrar's address is the trunk's: a call from there is its.
    let invite = format!(
        "INVITE sip:8675512345@192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKx\r\n\
         From: <sip:138@ims>;tag=p\r\nTo: <sip:8675512345@ims>\r\nCall-ID: in\r\nCSeq: 1 INVITE\r\n\
         Contact: <sip:p@198.51.100.1>\r\nContent-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{}",
        sdp("").len(),
        sdp("")
    );
    line.input(Input::Message { from: target(0).hop(), bytes: invite.as_bytes() });
    assert!(matches!(line.events.last(), Some(SipEvent::Arrived { called, .. }) if called == "8675512345"));
}

#[test]
fn numbers_of_its_calls_are_put_right_and_what_is_withheld_stays_so() {
    let rule = |begins: &str, becomes: &str, digits| {
        let rewrite = domain::outbound::Rewrite { begins: begins.to_owned(), becomes: becomes.to_owned() };
        crate::config::InboundRewrite { rewrite, digits }
    };
    let mut line = Line::new(|trunk| {
        trunk.inbound.called = vec![rule("9", "", None)];
        trunk.inbound.caller = vec![rule("", "0755", Some(8))];
    });
    let rows = [
        ("94008001234", "<sip:88886666@x>", "", ("4008001234", "075588886666", "075588886666")),
        ("4008001234", "<sip:13800138000@x>", "", ("4008001234", "13800138000", "13800138000")),
        ("9", "<sip:alice@x>", "", ("9", "alice", "alice")),
        ("94", "<sip:anonymous@anonymous.invalid>", "", ("4", "", "")),
        ("94", "<sip:88886666@x>", "Privacy: id\r\n", ("4", "", "075588886666")),
    ];
    for (n, (to, from, more, expected)) in rows.into_iter().enumerate() {
        let body = sdp("");
        let invite = format!(
            "INVITE sip:{to}@192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKr{n}\r\nFrom: {from};tag=p\r\n\
             To: <sip:{to}@192.0.2.7>\r\nCall-ID: right{n}\r\nCSeq: 1 INVITE\r\nContact: <sip:p@192.0.2.1>\r\n{more}\
             Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mint = Box::new(move || LegId(100 + i64::try_from(n).unwrap()));
        line.core.mint = mint;
        line.input(Input::Message { from: Hop::Udp(peer()), bytes: invite.as_bytes() });
        let Some(SipEvent::Arrived { called, calling, known, .. }) = line.events.last() else {
            panic!("{to}: {:?}", line.events)
        };
        assert_eq!((called.as_str(), calling.as_str(), known.as_str()), expected, "{to} {from}");
    }
}

#[test]
fn a_stop_takes_the_registration_back_and_leaves_no_timer() {
    let mut line = Line::new(register);
    line.answer("REGISTER", 0, 200, GRANTED);
    line.input(Input::Stop);
    assert!(line.core.is_leaving() && line.last("REGISTER", 0).contains("Expires: 0\r\n"));
    line.answer("REGISTER", 0, 200, GRANTED);
    assert_eq!((line.core.is_leaving(), line.core.poll_timeout()), (false, None));
    let mut probed = Line::new(|_| {});
    probed.input(Input::Stop);
    assert_eq!((probed.core.is_leaving(), probed.core.poll_timeout()), (false, None));
}

#[test]
fn an_address_that_was_silent_is_not_the_first_of_the_next_call() {
    let mut line = Line::new(|trunk| {
        let targets = vec![target(0), target(1)];
        trunk.outbound = Some(Outbound { targets, login: None, probe: None });
    });
    line.dial(LegId(50));
    line.pass(2 * SECOND);
    line.answer("INVITE", 1, 486, "");
    line.sent.clear();
    line.dial(LegId(51));
    assert!(line.has_sent("INVITE", 1) && !line.has_sent("INVITE", 0));
    // It said nothing a moment ago: the one that is silent now is waited for longer.
    line.pass(7 * SECOND);
    assert!(!line.has_sent("INVITE", 0));
    line.pass(SECOND);
    assert!(line.has_sent("INVITE", 0));
    line.answer("INVITE", 0, 486, "");
    line.pass(120 * SECOND);
    line.sent.clear();
    line.dial(LegId(52));
    assert!(line.has_sent("INVITE", 0) && !line.has_sent("INVITE", 1));
}

#[test]
fn calls_prove_themselves_for_a_realm_of_their_own_and_for_no_third_one() {
    let mut line = Line::new(register);
    let challenge =
        |of: &str, realm: &str| format!("{of}-Authenticate: Digest realm=\"{realm}\", nonce=\"n\", qop=\"auth\"\r\n");
    line.answer("REGISTER", 0, 401, &challenge("WWW", "registrar"));
    line.answer("REGISTER", 0, 200, GRANTED);
    line.dial(LegId(50));
    line.answer("INVITE", 0, 407, &challenge("Proxy", "proxy"));
    assert!(line.last("INVITE", 0).contains("realm=\"proxy\""));
    line.answer("INVITE", 0, 183, "");
    line.answer("INVITE", 0, 486, "");
    line.events.clear();
    for leg in [51, 52] {
        line.dial(LegId(leg));
        line.answer("INVITE", 0, 407, &challenge("Proxy", "third"));
    }
    let is_told = |event: &&SipEvent| matches!(event, SipEvent::ChallengeUnanswered { .. });
    let told: Vec<&SipEvent> = line.events.iter().filter(is_told).collect();
    let realm = Some("third".to_owned());
    assert_eq!(told, [&SipEvent::ChallengeUnanswered { trunk: TRUNK, target: target(0), realm }]);
    assert!(line.sent.iter().all(|(_, text)| !text.contains("third")));
}

#[test]
fn a_connection_nobody_answers_on_is_doubted_and_draining_takes_the_registration_back() {
    let tcp = Target { transport: Transport::Tcp, ..target(0) };
    let mut line = Line::new(|trunk| {
        register(trunk);
        trunk.register.iter_mut().for_each(|at| at.server = tcp);
    });
    line.pass(8 * SECOND);
    assert_eq!(line.doubts, [(tcp.hop(), 8 * SECOND)]);
    line.dial(LegId(50));
    line.pass(32 * SECOND);
    assert!(line.doubts.contains(&(tcp.hop(), 32 * SECOND)));
    let mut line = Line::new(register);
    line.answer("REGISTER", 0, 200, GRANTED);
    line.input(Input::Leave);
    assert!(line.last("REGISTER", 0).contains("Expires: 0\r\n"));
    line.answer("REGISTER", 0, 200, "");
    line.dial(LegId(50));
    assert!(line.has_sent("INVITE", 0), "calls out go on");
}

/// What a carrier hears that offers these formats.
fn heard_by(line: &mut Line, formats: &str) -> String {
    let body = sdp("").replace("RTP/AVP 8", &format!("RTP/AVP {formats}"));
    let n = line.sent.len();
    let text = format!(
        "INVITE sip:4008001234@192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bKc{n}\r\n\
         From: <sip:138@198.51.100.1>;tag=c{n}\r\nTo: <sip:4008001234@192.0.2.7>\r\nCall-ID: c{n}\r\nCSeq: 1 INVITE\r\n\
         Contact: <sip:gw@198.51.100.1>\r\nContent-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    line.input(Input::Message { from: target(0).hop(), bytes: text.as_bytes() });
    line.sent.last().unwrap().1.lines().next().unwrap().to_owned()
}

#[test]
fn a_trunk_is_offered_and_answered_its_own_codecs_and_no_others() {
    use Codec::{G722, Opus, Pcma, Pcmu};
    for (codecs, offer, offered, taken) in [
        (&[][..], "8 0 101", "0 8", Some(Pcmu)),
        (&[], "8 0 101", "9", Some(G722)),
        (&[G722], "9 101", "8 0 9", Some(G722)),
        (&[G722], "9 101", "8 0", None),
        (&[Pcmu, Pcma], "0 8 101", "8 0", Some(Pcmu)),
        (&[Opus, Pcma], "107 8 101", "8 9", Some(Pcma)),
    ] {
        let mut line = Line::new(|trunk| trunk.codecs = codecs.to_vec());
        line.dial(LegId(50));
        let invite = line.last("INVITE", 0);
        assert!(invite.contains(&format!("m=audio 40000 RTP/AVP {offer}\r\n")), "{codecs:?}: {invite}");
        let said = heard_by(&mut line, offered);
        let code = if taken.is_some() { "100" } else { "488" };
        assert!(said.starts_with(&format!("SIP/2.0 {code} ")), "{codecs:?} {offered}: {said}");
        let arrived = line
            .events
            .iter()
            .find_map(|event| if let SipEvent::Arrived { offer, .. } = event { Some(offer.codec) } else { None });
        assert_eq!(arrived, taken, "{codecs:?} {offered}");
        let refused = line.core.figures(line.now).trunks[0].no_codec;
        assert_eq!(refused, u64::from(taken.is_none()), "{codecs:?} {offered}");
    }
}

#[test]
fn a_call_that_is_answered_in_another_codec_is_hung_up() {
    let mut line = Line::new(|trunk| trunk.codecs = vec![Codec::G722]);
    line.dial(LegId(50));
    // The answer of this target is G.711.
    line.answer("INVITE", 0, 200, &described(0));
    assert!(line.has_sent("BYE", 0));
    let ended = SipEvent::Ended { leg: LegId(50), by: EndedBy::System, reason: EndReason::NoCodec, cause: None };
    assert!(line.events.contains(&ended), "{:?}", line.events);
}

#[test]
fn a_call_of_ours_that_rings_holds_one_of_the_coders() {
    let mut line = Line::new(|trunk| trunk.codecs = vec![Codec::G722, Codec::Pcma]);
    line.core.coded_legs_max = 1;
    line.dial(LegId(50));
    assert_eq!(line.core.figures(line.now).coded_legs, 1);
    let said = heard_by(&mut line, "9");
    assert!(said.starts_with("SIP/2.0 488 "), "there is no coder left: {said}");
    line.answer("INVITE", 0, 200, &described(0));
    assert_eq!(line.core.figures(line.now).coded_legs, 0, "it came to G.711");
    let said = heard_by(&mut line, "9");
    assert!(said.starts_with("SIP/2.0 100 "), "{said}");
    assert_eq!(line.core.figures(line.now).coded_legs, 1);
}
