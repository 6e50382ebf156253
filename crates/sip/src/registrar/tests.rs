//! Registrations in virtual time.

use super::*;
use crate::message::{Parsed, Request, Response, parse};

const DEVICE: DeviceId = DeviceId(9);
const SECOND: Duration = Duration::from_secs(1);

fn udp(port: u16) -> Hop {
    Hop::Udp(format!("203.0.113.7:{port}").parse().unwrap())
}

fn request(cseq: u32, call_id: &str, more: &str) -> Request {
    let text = format!(
        "REGISTER sip:callisto SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK{cseq};rport\r\nFrom: <sip:100@callisto>;tag=a\r\n\
         To: <sip:100@callisto>\r\nCall-ID: {call_id}\r\nCSeq: {cseq} REGISTER\r\nUser-Agent: Desk\u{1b}[31m\r\n{more}\r\n"
    );
    let Parsed::Request(request) = parse(text.as_bytes()) else { panic!("{text}") };
    *request
}

struct Bench {
    registrar: Registrar,
    now: Mono,
    sent: Vec<(u64, Hop, String)>,
    changes: Vec<(u64, bool)>,
    kept: Vec<Vec<Binding>>,
}

impl Bench {
    fn new() -> Bench {
        let identity = Arc::new(Identity::new(0, "192.0.2.7".to_owned(), 5_060));
        let mut registrar = Registrar::new(identity, &SipLimits::default());
        registrar.set_accounts(Mono(0), vec![account("100", "secret")]);
        Bench { registrar, now: Mono(0), sent: Vec::new(), changes: Vec::new(), kept: Vec::new() }
    }

    fn register(&mut self, hop: Hop, cseq: u32, call_id: &str, more: &str) -> Result<Vec<String>, Unregistered> {
        let registered = self.registrar.register(self.now, DEVICE, &request(cseq, call_id, more), hop);
        self.drain();
        registered
    }

    fn drain(&mut self) {
        let at = self.now.0 / 1_000_000;
        while let Some(output) = self.registrar.poll_output() {
            match output {
                RegistrarOutput::Send(hop, bytes) => self.sent.push((at, hop, String::from_utf8(bytes).unwrap())),
                RegistrarOutput::Event(SipEvent::DeviceChanged { device, reachable }) => {
                    assert_eq!(device, DEVICE);
                    self.changes.push((at, reachable));
                }
                RegistrarOutput::Event(SipEvent::BindingsChanged { device, bindings }) => {
                    assert_eq!(device, DEVICE);
                    self.kept.push(bindings);
                }
                RegistrarOutput::Event(event) => panic!("{event:?}"),
            }
        }
    }

    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(at) = self.registrar.poll_timeout().filter(|at| *at <= until) {
            assert!(at >= self.now, "a deadline in the past");
            self.now = at;
            self.registrar.tick(at);
            self.drain();
        }
        self.now = until;
    }

    /// Answers every OPTIONS that is out.
    fn answer(&mut self, from: Hop) {
        for (_, _, text) in std::mem::take(&mut self.sent) {
            let via = text.lines().find_map(|line| line.strip_prefix("Via: ")).unwrap();
            let cseq = text.lines().find_map(|line| line.strip_prefix("CSeq: ")).unwrap();
            let response = format!(
                "SIP/2.0 404 Not Found\r\nVia: {via}\r\nFrom: <sip:a@h>;tag=a\r\nTo: <sip:b@h>\r\nCall-ID: c\r\nCSeq: {cseq}\r\n\r\n"
            );
            let Parsed::Response(response) = parse(response.as_bytes()) else { panic!() };
            let response: Response = *response;
            self.registrar.answered(self.now, from.ip(), &response);
            self.drain();
        }
    }
}

fn account(username: &str, password: &str) -> DeviceAccount {
    DeviceAccount {
        device: DEVICE,
        username: username.to_owned(),
        ha1: Ha1::new(username, "callisto", password),
        encryption: domain::Encryption::WhenOffered,
        address_ranges: Vec::new(),
        codecs: Vec::new(),
    }
}

#[test]
fn a_registration_is_reachable_at_its_source_until_it_expires() {
    let mut bench = Bench::new();
    let bound = bench.register(udp(5_099), 1, "c", "Contact: <sip:100@10.0.0.2:5060>\r\nExpires: 120\r\n").unwrap();
    assert_eq!(bound, ["<sip:100@10.0.0.2:5060>;expires=120"]);
    assert_eq!(bench.registrar.reach(DEVICE), [("sip:100@10.0.0.2:5060".to_owned(), udp(5_099))]);
    assert!(bench.registrar.is_home(udp(1).ip()) && bench.registrar.is_at(DEVICE, udp(1).ip()));
    assert_eq!(bench.registrar.inspect(bench.now)[0].user_agent, "Desk[31m", "no terminal escapes");
    for _ in 0..4 {
        bench.pass(25 * SECOND);
        bench.answer(udp(5_099));
    }
    bench.pass(20 * SECOND);
    assert_eq!(bench.changes, [(0, true), (120_000, false)]);
    assert_eq!((bench.registrar.contacts(), bench.registrar.poll_timeout()), (0, None));
    assert!(!bench.registrar.is_home(udp(1).ip()));
}

#[test]
fn a_refresh_moves_it_and_an_unregistration_ends_it() {
    let mut bench = Bench::new();
    let contact = "Contact: <sip:100@10.0.0.2>\r\n";
    bench.register(udp(5_001), 1, "c", contact).unwrap();
    bench.pass(10 * SECOND);
    let bound = bench.register(udp(5_002), 2, "c", contact).unwrap();
    assert_eq!(bound, ["<sip:100@10.0.0.2>;expires=3600"]);
    assert_eq!(bench.registrar.reach(DEVICE)[0].1, udp(5_002));
    assert_eq!(bench.register(udp(5_002), 3, "c", "").unwrap().len(), 1, "a question changes nothing");
    assert_eq!(bench.register(udp(5_002), 4, "c", "Contact: <sip:100@10.0.0.2>;expires=0\r\n").unwrap(), [""; 0]);
    assert_eq!(bench.changes, [(0, true), (10_000, false)]);
}

#[test]
fn several_contacts_are_one_device_and_a_star_removes_them_all() {
    let mut bench = Bench::new();
    for n in 1..=4 {
        bench
            .register(
                udp(5_000 + n),
                1,
                &format!("c{n}"),
                &format!("Contact: <sip:100@10.0.0.{n}>;expires={}\r\n", 100 * n),
            )
            .unwrap();
    }
    assert_eq!(bench.registrar.reach(DEVICE).len(), 4);
    // A fifth takes the place of the one that would expire first.
    bench.register(udp(5_005), 1, "c5", "Contact: <sip:100@10.0.0.5>\r\n").unwrap();
    let uris: Vec<String> = bench.registrar.reach(DEVICE).into_iter().map(|(uri, _)| uri).collect();
    assert_eq!((uris.len(), uris.contains(&"sip:100@10.0.0.1".to_owned())), (4, false));
    assert_eq!(bench.changes, [(0, true)]);
    for broken in ["Contact: *\r\n", "Contact: *\r\nExpires: 60\r\n", "Contact: *, <sip:a@h>\r\nExpires: 0\r\n"] {
        assert_eq!(bench.register(udp(5_005), 2, "c9", broken), Err(Unregistered::Broken), "{broken}");
    }
    assert_eq!(bench.register(udp(5_005), 2, "c9", "Contact: *\r\nExpires: 0\r\n").unwrap(), [""; 0]);
    assert_eq!(bench.changes, [(0, true), (0, false)]);
    assert_eq!(bench.registrar.contacts(), 0);
}

#[test]
fn times_are_held_within_their_limits() {
    let mut bench = Bench::new();
    let mut series = 0;
    let mut register = |more: &str| {
        series += 1;
        bench.register(udp(5_001), 1, &format!("c{series}"), &format!("{more}\r\n"))
    };
    assert_eq!(register("Contact: <sip:a@h>;expires=59"), Err(Unregistered::TooBrief(60)));
    assert_eq!(register("Contact: <sip:a@h>\r\nExpires: 1"), Err(Unregistered::TooBrief(60)));
    assert_eq!(register("Contact: <sip:a@h>;expires=86400").unwrap(), ["<sip:a@h>;expires=3600"]);
    assert_eq!(register("Contact: <sip:a@h>;expires=99999999999999999999").unwrap(), ["<sip:a@h>;expires=3600"]);
    // Its own time counts before the header's.
    assert_eq!(register("Contact: <sip:a@h>;expires=90\r\nExpires: 300").unwrap(), ["<sip:a@h>;expires=90"]);
    for broken in [
        "Contact: <tel:100>",
        "Contact: <http://h>",
        "Contact: <mailto:a@h>",
        &format!("Contact: <sip:{}@h>", "a".repeat(600)),
    ] {
        assert_eq!(register(broken), Err(Unregistered::Broken), "{broken:.40}");
    }
    // RFC 3261 §19.1.1: headers would be put into our INVITE.
    assert_eq!(register("Contact: <sip:a@h?Route=%3Csip:evil%3E>;expires=90").unwrap(), ["<sip:a@h>;expires=90"]);
}

#[test]
fn an_older_request_changes_nothing() {
    let mut bench = Bench::new();
    bench.register(udp(5_001), 5, "c", "Contact: <sip:a@h>\r\n").unwrap();
    for cseq in [5, 4] {
        let late = bench.register(udp(5_001), cseq, "c", "Contact: <sip:a@h>;expires=0\r\n");
        assert_eq!(late, Err(Unregistered::OutOfOrder), "{cseq}");
        let star = bench.register(udp(5_001), cseq, "c", "Contact: *\r\nExpires: 0\r\n");
        assert_eq!(star, Err(Unregistered::OutOfOrder), "{cseq}");
    }
    assert_eq!(bench.registrar.contacts(), 1);
    // Another series of requests, after a restart of the phone.
    bench.register(udp(5_001), 1, "d", "Contact: <sip:a@h>;expires=0\r\n").unwrap();
    assert_eq!(bench.registrar.contacts(), 0);
}

#[test]
fn a_restarted_phone_does_not_ring_twice() {
    let mut bench = Bench::new();
    bench.register(udp(5_001), 1, "c", "Contact: <sip:x1@10.0.0.2>\r\n").unwrap();
    bench.register(udp(5_001), 1, "d", "Contact: <sip:x2@10.0.0.2>\r\n").unwrap();
    assert_eq!(bench.registrar.reach(DEVICE), [("sip:x2@10.0.0.2".to_owned(), udp(5_001))]);
    let instance = "+sip.instance=\"<urn:uuid:1>\"";
    bench.register(udp(5_002), 1, "e", &format!("Contact: <sip:y1@10.0.0.3>;{instance}\r\n")).unwrap();
    bench.register(udp(5_003), 1, "f", &format!("Contact: <sip:y2@10.0.0.3>;{instance}\r\n")).unwrap();
    assert_eq!(bench.registrar.contacts(), 2);
    // Two lines of one request over one socket are two contacts.
    bench.register(udp(5_004), 1, "g", "Contact: <sip:z1@10.0.0.4>, <sip:z2@10.0.0.4>\r\n").unwrap();
    assert_eq!(bench.registrar.contacts(), 4);
}

#[test]
fn a_contact_that_falls_silent_is_unreachable_until_it_answers_again() {
    let mut bench = Bench::new();
    bench.register(udp(5_001), 1, "c", "Contact: <sip:100@10.0.0.2>\r\n").unwrap();
    bench.pass(32 * SECOND);
    let times: Vec<u64> = bench.sent.iter().map(|(at, ..)| *at).collect();
    assert_eq!(times, [25_000, 25_500, 26_500, 28_500, 32_500][..4], "timer E");
    assert!(bench.sent[0].2.starts_with("OPTIONS sip:100@10.0.0.2 SIP/2.0\r\n"), "{}", bench.sent[0].2);
    bench.pass(SECOND);
    assert_eq!(bench.changes, [(0, true), (33_000, false)]);
    assert!(bench.registrar.reach(DEVICE).is_empty());
    bench.sent.clear();
    bench.pass(25 * SECOND);
    // Somebody else's answer proves nothing.
    let asked = bench.sent.clone();
    bench.answer(Hop::Udp("203.0.113.8:5001".parse().unwrap()));
    assert_eq!(bench.changes.len(), 2);
    bench.sent = asked;
    bench.answer(udp(5_001));
    assert_eq!(bench.changes.last(), Some(&(58_000, true)));
}

#[test]
fn a_closed_connection_takes_its_contacts_along() {
    let mut bench = Bench::new();
    let tcp = |id| Hop::Tcp(ConnectionId(id), "203.0.113.7:40000".parse().unwrap());
    bench.register(tcp(1), 1, "c", "Contact: <sip:100@10.0.0.2;transport=tcp>\r\n").unwrap();
    bench.pass(30 * SECOND);
    assert_eq!(bench.sent.len(), 1, "no copies over a connection");
    assert!(bench.sent[0].2.contains("Via: SIP/2.0/TCP ") && bench.sent[0].2.contains(";transport=tcp>"));
    bench.registrar.connection_gone(bench.now, ConnectionId(2));
    bench.registrar.connection_gone(bench.now, ConnectionId(1));
    bench.drain();
    assert_eq!(bench.changes, [(0, true), (30_000, false)]);
}

#[test]
fn who_leaves_the_list_or_changes_password_is_unregistered() {
    for (list, stays) in [
        (vec![account("100", "secret")], true),
        (vec![account("100", "other")], false),
        (vec![account("101", "secret")], false),
        (vec![], false),
    ] {
        let mut bench = Bench::new();
        bench.register(udp(5_001), 1, "c", "Contact: <sip:100@10.0.0.2>\r\n").unwrap();
        bench.registrar.set_accounts(bench.now, list);
        bench.drain();
        assert_eq!((bench.registrar.contacts() == 1, bench.changes.len() == 1), (stays, stays));
    }
}

#[test]
fn what_outlasts_the_process_is_told_on_every_change_and_is_never_a_connection() {
    let mut bench = Bench::new();
    let contact = "Contact: <sip:100@10.0.0.2>\r\nExpires: 120\r\n";
    let left = |bench: &Bench| -> Vec<Vec<(u32, u64)>> {
        let told = |bindings: &Vec<Binding>| bindings.iter().map(|b| (b.cseq, b.expires_in.as_secs())).collect();
        bench.kept.iter().map(told).collect()
    };
    bench.register(udp(5_001), 1, "c", contact).unwrap();
    bench.pass(10 * SECOND);
    bench.register(udp(5_001), 2, "c", "").unwrap();
    assert_eq!(left(&bench), [vec![(1, 120)]], "a question changes nothing");
    bench.register(udp(5_001), 3, "c", contact).unwrap();
    bench.pass(121 * SECOND);
    assert_eq!(left(&bench), [vec![(1, 120)], vec![(3, 120)], vec![]], "refreshed, then over");
    let tcp = Hop::Tcp(ConnectionId(1), "203.0.113.7:40000".parse().unwrap());
    let bound = bench.register(tcp, 4, "d", "Contact: <sip:100@10.0.0.2;transport=tcp>\r\n").unwrap();
    assert_eq!(
        bound,
        ["<sip:100@10.0.0.2;transport=tcp>;expires=300"],
        "a connection does not outlast us: asked again soon"
    );
    assert_eq!(bench.kept.len(), 3);
}

#[test]
fn after_a_restart_a_phone_is_asked_and_can_be_called_from_its_answer_on() {
    let mut before = Bench::new();
    before.register(udp(5_001), 7, "c", "Contact: <sip:100@10.0.0.2>\r\nExpires: 120\r\n").unwrap();
    let kept = before.kept.pop().unwrap();

    let mut bench = Bench::new();
    bench.registrar.restore(bench.now, kept.clone());
    assert!(bench.registrar.reach(DEVICE).is_empty(), "nobody knows yet whether it is there");
    bench.pass(SECOND / 10);
    assert_eq!(bench.sent.len(), 1);
    assert!(bench.sent[0].2.starts_with("OPTIONS sip:100@10.0.0.2 SIP/2.0"), "{}", bench.sent[0].2);
    bench.answer(udp(5_001));
    assert_eq!(bench.registrar.reach(DEVICE), [("sip:100@10.0.0.2".to_owned(), udp(5_001))]);
    assert_eq!((bench.changes.clone(), bench.kept.len()), (vec![(100, true)], 0), "nothing new to be kept");
    let again = bench.register(udp(5_001), 6, "c", "Contact: <sip:100@10.0.0.2>\r\n");
    assert_eq!(again, Err(Unregistered::OutOfOrder), "an older REGISTER");
    bench.register(udp(5_001), 8, "c", "Contact: <sip:100@10.0.0.2>\r\n").unwrap();
    assert_eq!((bench.registrar.contacts(), bench.kept.len()), (1, 1));

    // Gone meanwhile: it stays unreachable, and is forgotten when the registration is over.
    let mut bench = Bench::new();
    bench.registrar.restore(bench.now, kept.clone());
    bench.pass(121 * SECOND);
    assert!(bench.changes.is_empty() && bench.registrar.contacts() == 0 && bench.kept == [vec![]]);
}

#[test]
fn who_may_not_register_any_more_is_not_restored() {
    let mut before = Bench::new();
    before.register(udp(5_001), 7, "c", "Contact: <sip:100@10.0.0.2>\r\n").unwrap();
    let kept = before.kept.pop().unwrap();
    let refused = |change: fn(&mut DeviceAccount)| {
        let mut bench = Bench::new();
        let mut account = account("100", "secret");
        change(&mut account);
        bench.registrar.set_accounts(bench.now, vec![account]);
        bench.registrar.restore(bench.now, kept.clone());
        assert_eq!(bench.registrar.contacts(), 0);
    };
    refused(|account| account.device = DeviceId(10));
    refused(|account| account.encryption = domain::Encryption::Required);
    refused(|account| account.address_ranges = vec!["198.51.100.0/24".parse().unwrap()]);
    let mut bench = Bench::new();
    let many = (0..9).map(|n| Binding { uri: format!("sip:100@10.0.0.{n}"), ..kept[0].clone() }).collect();
    bench.registrar.restore(bench.now, many);
    assert_eq!(bench.registrar.contacts(), SipLimits::default().contacts_per_device_max);
}
