//! Telephones and strangers at the switchboard: what is asked of whom, and what it costs.

use domain::DeviceId;

use super::*;
use crate::config::{CallerId, DialTarget, GuardLimits};
use crate::digest::{Challenge, Ha1, answer};
use crate::event::{CallSource, Progress};
use crate::message::torture;

pub(super) const DEVICE: DeviceId = DeviceId(100);

pub(super) struct Office {
    pub(super) core: Core,
    now: Mono,
    pub(super) sent: Vec<(Hop, String)>,
    pub(super) events: Vec<SipEvent>,
    cseq: u32,
}

fn at(address: &str) -> Hop {
    Hop::Udp(address.parse().unwrap())
}

impl Office {
    pub(super) fn new() -> Office {
        Office::with(|_| {})
    }

    pub(super) fn with(change: impl FnOnce(&mut SipConfig)) -> Office {
        let mut config = SipConfig::new("192.0.2.7:5060".parse().unwrap(), "192.0.2.7".parse().unwrap());
        config.trunks.push(TrustedTrunk::new(TrunkId(1), vec![peer().ip()]));
        config.device_side = domain::EndedBy::Agent;
        config.limits.stranger_replies_per_second = 100_000;
        config.limits.requests_per_second = 100_000;
        change(&mut config);
        let mut next = 0;
        let mint = Box::new(move || {
            next += 1;
            LegId(next)
        });
        let core = Core::new(Mono(0), &config, (5_060, None), RandomState::new(), mint);
        let mut office = Office { core, now: Mono(0), sent: Vec::new(), events: Vec::new(), cseq: 0 };
        let ha1 = Ha1::new("100", "callisto", "secret");
        let devices = vec![DeviceAccount {
            device: DEVICE,
            username: "100".to_owned(),
            ha1,
            encryption: domain::Encryption::WhenOffered,
            address_ranges: Vec::new(),
            codecs: Vec::new(),
        }];
        office.input(Input::Devices(devices));
        office
    }

    pub(super) fn input(&mut self, input: Input<'_>) {
        self.core.handle(self.now, input);
        while let Some(output) = self.core.poll_output() {
            match output {
                Output::Send(hop, bytes) => self.sent.push((hop, String::from_utf8_lossy(&bytes).into_owned())),
                Output::Event(SipEvent::BindingsChanged { .. }) => {}
                Output::Event(event) => self.events.push(event),
                Output::Trust(_) | Output::Close(_) | Output::Doubt(..) => {}
            }
        }
    }

    /// Sends, and gives the one answer.
    pub(super) fn ask(&mut self, from: Hop, text: &str) -> String {
        self.sent.clear();
        self.input(Input::Message { from, bytes: text.as_bytes() });
        self.sent.last().map(|(_, text)| text.clone()).unwrap_or_default()
    }

    pub(super) fn request(&mut self, method: &str, user: &str, more: &str, body: &str) -> String {
        self.cseq += 1;
        let cseq = self.cseq;
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!(
            "{method} sip:400@192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK{method}{cseq};rport\r\n\
             From: <sip:{user}@192.0.2.7>;tag=f\r\nTo: <sip:{user}@192.0.2.7>\r\nCall-ID: call{cseq}\r\nCSeq: {cseq} {method}\r\n\
             Contact: <sip:{user}@10.0.0.2>\r\nUser-Agent: A phone of some length 1.2.3\r\n{more}{kind}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    /// The request, with the digest the answer to it asks for.
    pub(super) fn proved(
        &mut self,
        from: Hop,
        method: &str,
        user: &str,
        password: &str,
        body: &str,
    ) -> (String, String) {
        let first = self.request(method, user, "", body);
        let challenge = self.ask(from, &first);
        let digest = digest(&challenge, method, user, password);
        let second = self.request(method, user, &format!("Authorization: {digest}\r\n"), body);
        (challenge, second)
    }

    fn register(&mut self, from: Hop) {
        let (challenge, register) = self.proved(from, "REGISTER", "100", "secret", "");
        assert!(challenge.starts_with("SIP/2.0 401 Unauthorized\r\n"), "{challenge}");
        let ok = self.ask(from, &register);
        assert!(
            ok.starts_with("SIP/2.0 200 OK\r\n") && ok.contains("Contact: <sip:100@10.0.0.2>;expires=3600\r\n"),
            "{ok}"
        );
    }
}

fn digest(challenge: &str, method: &str, user: &str, password: &str) -> String {
    let headers: Vec<String> =
        challenge.lines().filter_map(|line| line.strip_prefix("WWW-Authenticate: ")).map(str::to_owned).collect();
    assert_eq!(headers.len(), 2, "{challenge}");
    let found = Challenge::pick(&headers, "callisto").unwrap();
    answer(&found, (user, "callisto", &Ha1::new(user, "callisto", password)), method, "sip:400@192.0.2.7", "cn")
}

fn phone() -> Hop {
    at("203.0.113.5:5062")
}

#[test]
fn a_telephone_at_a_trunks_address_registers_by_its_password() {
    let mut office = Office::new();
    let beside_the_trunk = Hop::Udp(std::net::SocketAddr::new(peer().ip(), 5_099));
    let (_, wrong) = office.proved(beside_the_trunk, "REGISTER", "100", "guess", "");
    assert!(office.ask(beside_the_trunk, &wrong).starts_with("SIP/2.0 401 "));
    office.register(beside_the_trunk);
}

#[test]
fn a_phone_registers_calls_and_is_called() {
    let mut office = Office::new();
    office.register(phone());
    assert_eq!(office.events, [SipEvent::DeviceChanged { device: DEVICE, reachable: true }]);
    let (_, invite) = office.proved(phone(), "INVITE", "100", "secret", &sdp(""));
    let trying = office.ask(phone(), &invite);
    assert!(trying.starts_with("SIP/2.0 100 "), "{trying}");
    let arrived = office.events.last().cloned().unwrap();
    let SipEvent::Arrived { source, called, calling, leg, .. } = arrived else { panic!("{arrived:?}") };
    assert_eq!((source, called.as_str(), calling.as_str()), (CallSource::Device(DEVICE), "400", "100"));
    // A copy of the INVITE is no second call and needs no second proof.
    let copy = office.ask(phone(), &invite);
    assert!(copy.starts_with("SIP/2.0 100 "), "{copy}");
    office.input(Input::Leg(leg, LegCommand::Hangup(Cause::Busy)));
    assert!(office.sent.last().unwrap().1.starts_with("SIP/2.0 486"));
    // And now the other way.
    let caller = CallerId { number: "138".to_owned(), name: "Li".to_owned(), withheld: None };
    let local_rtp = "192.0.2.7:40000".parse().unwrap();
    let call = Dial { target: DialTarget::Device(DEVICE), caller, local_rtp, auto_answer: true };
    office.sent.clear();
    office.input(Input::Dial(LegId(77), &call));
    let (hop, invite) = office.sent[0].clone();
    assert_eq!(hop, phone());
    assert!(invite.starts_with("INVITE sip:100@10.0.0.2 SIP/2.0\r\n") && invite.contains("answer-after=0"), "{invite}");
    let of = |name: &str| invite.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    let ring = format!(
        "SIP/2.0 180 Ringing\r\n{}\r\n{}\r\n{};tag=p\r\n{}\r\n{}\r\n\r\n",
        of("Via"),
        of("From"),
        of("To"),
        of("Call-ID"),
        of("CSeq")
    );
    office.ask(phone(), &ring);
    assert_eq!(office.events.last(), Some(&SipEvent::Progress { leg: LegId(77), progress: Progress::Ringing }));
}

#[test]
fn nobody_is_asked_differently_than_somebody() {
    let mut office = Office::new();
    let stranger = at("203.0.113.9:5060");
    let mut answers = Vec::new();
    for (user, password) in [("100", "wrong"), ("101", "wrong"), ("admin", "admin")] {
        let (challenge, second) = office.proved(stranger, "REGISTER", user, password, "");
        let refused = office.ask(stranger, &second);
        for answer in [challenge, refused] {
            // What differs is theirs, and the random parts of ours.
            let shape: Vec<String> = answer
                .lines()
                .map(|line| line.split("nonce=").next().unwrap().split("tag=").next().unwrap().replace(user, "U"))
                .filter(|line| !["Via", "Call-ID", "CSeq"].iter().any(|own| line.starts_with(own)))
                .collect();
            answers.push(shape);
        }
    }
    assert!(answers.iter().all(|shape| *shape == answers[0]), "{answers:#?}");
    assert_eq!(answers[0][0], "SIP/2.0 401 Unauthorized");
    assert_eq!(office.core.inspect(), SipCensus::default());
}

#[test]
fn a_digest_is_good_once_and_a_copy_of_its_request_gets_the_same_answer() {
    let mut office = Office::new();
    let (_, register) = office.proved(phone(), "REGISTER", "100", "secret", "");
    let ok = office.ask(phone(), &register);
    assert_eq!(office.ask(phone(), &register), ok);
    // Replayed in another request, from the same or another address.
    let replayed = register.replace("CSeq: 2 ", "CSeq: 3 ").replace("REGISTER2", "REGISTER3");
    let again = office.ask(phone(), &replayed);
    assert!(again.starts_with("SIP/2.0 401") && again.contains("stale=true"), "{again}");
    let stolen = office.ask(at("203.0.113.99:5062"), &replayed);
    assert!(stolen.starts_with("SIP/2.0 401") && !stolen.contains("stale"), "{stolen}");
}

#[test]
fn every_method_of_a_stranger_but_three_must_be_proved() {
    let mut office = Office::new();
    let stranger = at("203.0.113.9:5060");
    for (method, first) in [
        ("INVITE", "SIP/2.0 401"),
        ("REGISTER", "SIP/2.0 401"),
        ("MESSAGE", "SIP/2.0 401"),
        ("SUBSCRIBE", "SIP/2.0 401"),
        ("NOTIFY", "SIP/2.0 401"),
        ("PUBLISH", "SIP/2.0 401"),
        ("REFER", "SIP/2.0 401"),
        ("INFO", "SIP/2.0 401"),
        ("OPTIONS", "SIP/2.0 403"),
        ("CANCEL", "SIP/2.0 403"),
        ("BYE", "SIP/2.0 403"),
        ("ACK", ""),
    ] {
        let body = if method == "INVITE" { sdp("") } else { String::new() };
        let request = office.request(method, "100", "", &body);
        let reply = office.ask(stranger, &request);
        assert!(reply.starts_with(first) && reply.is_empty() == first.is_empty(), "{method}: {reply}");
    }
    // Proved, a device may still not do what nobody may.
    let (_, message) = office.proved(phone(), "MESSAGE", "100", "secret", "");
    assert!(office.ask(phone(), &message).starts_with("SIP/2.0 405"));
    assert!(office.events.iter().all(|event| !matches!(event, SipEvent::Arrived { .. })));
}

#[test]
fn nobody_registers_for_somebody_else() {
    let mut office = Office::new();
    let (_, register) = office.proved(phone(), "REGISTER", "100", "secret", "");
    let other = register.replace("To: <sip:100@", "To: <sip:101@");
    assert!(office.ask(phone(), &other).starts_with("SIP/2.0 403"));
    assert_eq!(office.core.inspect().contacts, 0);
}

#[test]
fn guessing_a_password_locks_the_account_and_then_the_right_one_looks_wrong() {
    let mut office = Office::new();
    let mut locked = 0;
    for n in 0..12 {
        let from = at(&format!("198.51.100.{n}:5060"));
        let (_, guess) = office.proved(from, "REGISTER", "100", &format!("guess{n}"), "");
        office.ask(from, &guess);
        locked += office
            .events
            .drain(..)
            .filter(|e| matches!(e, SipEvent::Banned { whom: Banned::Account(DEVICE), .. }))
            .count();
    }
    assert_eq!(locked, 1);
    let (_, right) = office.proved(phone(), "REGISTER", "100", "secret", "");
    let refused = office.ask(phone(), &right);
    assert!(refused.starts_with("SIP/2.0 401") && !refused.contains("stale"), "{refused}");
    office.input(Input::Pardon(Banned::Account(DEVICE)));
    office.register(phone());
}

#[test]
fn a_registered_phone_goes_on_while_others_guess_its_password() {
    let mut office = Office::new();
    office.register(phone());
    for n in 0..12 {
        let from = at(&format!("198.51.100.{n}:5060"));
        let (_, guess) = office.proved(from, "REGISTER", "100", "guess", "");
        office.ask(from, &guess);
    }
    assert_eq!(office.core.inspect_guard(office.now).banned.len(), 1);
    office.register(phone());
}

#[test]
fn a_scanner_is_shut_out_before_it_has_tried_fifty_names() {
    for method in ["REGISTER", "INVITE", "OPTIONS", "SUBSCRIBE"] {
        let mut office = Office::new();
        let scanner = at("198.51.100.66:5060");
        let mut answered = 0;
        for n in 0..200 {
            let request = office.request(method, &format!("{}", 1_000 + n), "", "");
            answered += usize::from(!office.ask(scanner, &request).is_empty());
        }
        assert_eq!(answered, 20, "{method}");
        let ban = SipEvent::Banned { whom: Banned::Address(scanner.ip()), lasts: GuardLimits::default().ban };
        assert_eq!(office.events, [ban], "{method}");
        assert_eq!(office.core.inspect_guard(office.now).dropped, 180, "{method}");
        assert!(!office.core.is_welcome(office.now, scanner.ip()));
    }
}

#[test]
fn a_forged_flood_gets_no_more_bytes_than_a_bounded_part_of_what_it_sends() {
    let mut office = Office::with(|config| config.limits.stranger_replies_per_second = 50);
    let (mut sent, mut received, mut replies) = (0, 0, 0);
    for n in 0..20_000u32 {
        let from = Hop::Udp(std::net::SocketAddr::new(std::net::IpAddr::V4((0x0a00_0000 + n).into()), 5_060));
        let request = office.request("REGISTER", "100", "", "");
        sent += request.len();
        let reply = office.ask(from, &request);
        received += reply.len();
        replies += usize::from(!reply.is_empty());
    }
    assert_eq!(replies, 50, "all strangers share one rate");
    assert!(received < sent / 50, "{received} of {sent}");
    assert_eq!(office.core.inspect(), SipCensus::default());
    // A phone that is registered is not a stranger.
    let mut office = Office::with(|config| config.limits.stranger_replies_per_second = 2);
    office.register(phone());
    office.register(phone());
}

#[test]
fn a_dialog_of_a_phone_belongs_to_its_address() {
    let mut office = Office::new();
    let (_, invite) = office.proved(phone(), "INVITE", "100", "secret", &sdp(""));
    office.ask(phone(), &invite);
    office.input(Input::Leg(LegId(1), LegCommand::Answer("192.0.2.7:40000".parse().unwrap())));
    let ok = office.sent.last().unwrap().1.clone();
    let tag = ok.lines().find(|line| line.starts_with("To: ")).unwrap().split(";tag=").nth(1).unwrap().to_owned();
    let within = |method: &str, cseq: u32| {
        invite
            .split("Authorization")
            .next()
            .unwrap()
            .replacen("INVITE sip", &format!("{method} sip"), 1)
            .replacen("CSeq: 2 INVITE", &format!("CSeq: {cseq} {method}"), 1)
            .replacen("branch=z9hG4bK", &format!("branch=z9hG4bK{method}"), 1)
            .replacen("To: <sip:100@192.0.2.7>", &format!("To: <sip:100@192.0.2.7>;tag={tag}"), 1)
            + "Content-Length: 0\r\n\r\n"
    };
    office.ask(at("203.0.113.5:40000"), &within("ACK", 2));
    assert_eq!(office.events.last(), Some(&SipEvent::Answered { leg: LegId(1) }), "another port behind the same NAT");
    let forged = office.ask(at("198.51.100.9:5060"), &within("BYE", 3));
    assert!(forged.starts_with("SIP/2.0 403"), "{forged}");
    let real = office.ask(phone(), &within("BYE", 3));
    assert!(real.starts_with("SIP/2.0 200"), "{real}");
    assert_eq!(
        office.events.last(),
        Some(&SipEvent::Ended {
            leg: LegId(1),
            by: domain::EndedBy::Agent,
            reason: domain::EndReason::HungUp,
            cause: None
        })
    );
}

#[test]
fn who_cannot_be_called_ends_at_once() {
    let mut office = Office::new();
    let targets = [
        DialTarget::Device(DEVICE),
        DialTarget::Device(DeviceId(4)),
        DialTarget::Trunk { trunk: TrunkId(9), number: "138".to_owned() },
        DialTarget::Trunk { trunk: TrunkId(1), number: "\r\n".to_owned() },
    ];
    for (n, target) in targets.into_iter().enumerate() {
        let local_rtp = "192.0.2.7:40000".parse().unwrap();
        let call = Dial { target, caller: CallerId::default(), local_rtp, auto_answer: false };
        office.input(Input::Dial(LegId(50 + n as i64), &call));
        let ended = SipEvent::Ended {
            leg: LegId(50 + n as i64),
            by: domain::EndedBy::System,
            reason: domain::EndReason::Unreachable,
            cause: None,
        };
        assert_eq!(office.events.last(), Some(&ended));
    }
    assert_eq!((office.sent.len(), office.core.inspect()), (0, SipCensus::default()));
}

#[test]
fn a_trunk_is_called_at_its_address_with_its_caller_asserted() {
    let mut office = Office::new();
    let caller = CallerId { number: "4008001234".to_owned(), name: String::new(), withheld: None };
    let target = DialTarget::Trunk { trunk: TrunkId(1), number: "13800138000".to_owned() };
    let call = Dial { target, caller, local_rtp: "192.0.2.7:40000".parse().unwrap(), auto_answer: false };
    office.input(Input::Dial(LegId(5), &call));
    let (hop, invite) = office.sent[0].clone();
    assert_eq!(hop, at("192.0.2.1:5060"));
    assert!(invite.starts_with("INVITE sip:13800138000@192.0.2.1:5060 SIP/2.0\r\n"), "{invite}");
    assert!(invite.contains("P-Asserted-Identity: <sip:4008001234@192.0.2.7>\r\n"), "{invite}");
    office.input(Input::Leg(LegId(5), LegCommand::Hangup(Cause::Normal)));
    assert!(matches!(office.events.last(), Some(SipEvent::Ended { .. })));
}

#[test]
fn the_49_tortures_are_heard_as_they_should_by_a_trunk_and_by_a_stranger() {
    for torture in torture::all() {
        let mut office = Office::new();
        // Without telephones nobody registers at a trunk's address either.
        office.input(Input::Devices(Vec::new()));
        office.input(Input::Message { from: Hop::Udp(peer()), bytes: &torture.bytes });
        let heard = office.sent.last().and_then(|(_, text)| text.get(8..11)?.parse::<u16>().ok());
        assert_eq!(heard, torture.heard, "{}: {:?}", torture.name, office.sent);
        // A stranger learns nothing from a broken message but that it is not wanted.
        let mut office = Office::new();
        office.input(Input::Message { from: at("198.51.100.66:5060"), bytes: &torture.bytes });
        let heard = office.sent.last().map(|(_, text)| text.get(8..11).unwrap().to_owned());
        assert!(matches!(heard.as_deref(), None | Some("401" | "403")), "{}: {heard:?}", torture.name);
        assert!(office.events.is_empty());
    }
}
