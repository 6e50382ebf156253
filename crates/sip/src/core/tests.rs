//! The switchboard under disorder, in virtual time: whatever peers and commands do, every leg that arrives ends once and
//! nothing stays behind.

use std::collections::HashMap;
use std::time::Duration;

use domain::TrunkId;

use super::*;
use crate::config::TrustedTrunk;

/// A small generator, so that a failure can be repeated by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn peer() -> SocketAddr {
    "192.0.2.1:5060".parse().unwrap()
}

struct Bench {
    core: Core,
    now: Mono,
    /// Leg → our tag is learned from replies, call by call.
    tags: HashMap<String, String>,
    branches: Vec<String>,
    arrived: HashMap<LegId, u32>,
    ended: HashMap<LegId, u32>,
}

impl Bench {
    fn new() -> Bench {
        let mut config = SipConfig::new("192.0.2.7:5060".parse().unwrap(), "192.0.2.7".parse().unwrap());
        config.trunks.push(TrustedTrunk::new(TrunkId(1), vec![peer().ip()]));
        config.limits.datagrams_per_second = 1_000_000;
        let mut next = 0;
        let mint = Box::new(move || {
            next += 1;
            LegId(next)
        });
        Bench {
            core: Core::new(Mono(0), &config, (5_060, None), RandomState::new(), mint),
            now: Mono(0),
            tags: HashMap::new(),
            branches: Vec::new(),
            arrived: HashMap::new(),
            ended: HashMap::new(),
        }
    }

    fn input(&mut self, input: Input<'_>) {
        self.core.handle(self.now, input);
        while let Some(output) = self.core.poll_output() {
            match output {
                Output::Send(_, bytes) => self.hear(&String::from_utf8(bytes).unwrap()),
                Output::Event(SipEvent::Arrived { leg, .. }) => *self.arrived.entry(leg).or_default() += 1,
                Output::Event(SipEvent::Ended { leg, .. }) => *self.ended.entry(leg).or_default() += 1,
                Output::Event(event) => self.check_alive(&event),
                Output::Trust(_) | Output::Close(_) | Output::Doubt(..) => {}
            }
        }
    }

    /// Nothing is told of a leg after its end.
    fn check_alive(&self, event: &SipEvent) {
        let (SipEvent::Answered { leg }
        | SipEvent::MediaChanged { leg, .. }
        | SipEvent::PeerHold { leg, .. }
        | SipEvent::Digit { leg, .. }
        | SipEvent::Referred { leg, .. }
        | SipEvent::Progress { leg, .. }
        | SipEvent::Arrived { leg, .. }
        | SipEvent::Ended { leg, .. }) = event
        else {
            return;
        };
        assert!(self.arrived.contains_key(leg) && !self.ended.contains_key(leg), "{event:?}");
    }

    fn hear(&mut self, message: &str) {
        let field = |name: &str| message.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        if message.starts_with("BYE ") {
            self.branches.push(field("Via: ").to_owned());
        } else if let Some((_, tag)) = field("To: ").split_once(";tag=") {
            self.tags.insert(field("Call-ID: ").to_owned(), tag.to_owned());
        }
    }

    fn datagram(&mut self, message: &str) {
        self.input(Input::Message { from: Hop::Udp(peer()), bytes: message.as_bytes() });
    }

    /// A request of call `n`, within the dialog or not.
    fn request(&mut self, n: u64, method: &str, cseq: u64, within: bool, sdp: &str) {
        let tag = self.tags.get(&format!("call{n}")).filter(|_| within).map(|tag| format!(";tag={tag}"));
        let kind = if sdp.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let branch = if method == "CANCEL" { "INVITE" } else { method };
        self.datagram(&format!(
            "{method} sip:400@192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{n}.{branch}.{cseq}\r\n\
             From: <sip:138@192.0.2.1>;tag=p{n}\r\nTo: <sip:400@192.0.2.7>{}\r\nCall-ID: call{n}\r\n\
             CSeq: {cseq} {method}\r\nContact: <sip:p@192.0.2.1>\r\n{kind}Content-Length: {}\r\n\r\n{sdp}",
            tag.unwrap_or_default(),
            sdp.len()
        ));
    }

    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some((at, _)) = self.core.poll_timeout().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            self.input(Input::Tick);
        }
        self.now = until;
    }

    fn answer_byes(&mut self) {
        for via in std::mem::take(&mut self.branches) {
            self.datagram(&format!(
                "SIP/2.0 200 OK\r\nVia: {via}\r\nFrom: <sip:a@h>;tag=a\r\nTo: <sip:b@h>;tag=b\r\nCall-ID: c\r\n\
                 CSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n"
            ));
        }
    }
}

fn sdp(direction: &str) -> String {
    format!(
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 8\r\n{direction}"
    )
}

#[test]
fn whatever_happens_every_leg_ends_once_and_nothing_stays() {
    for seed in 1..=20 {
        let (mut bench, mut dice) = (Bench::new(), Dice(0x9e37_79b9_7f4a_7c15 ^ seed));
        for _ in 0..1_500 {
            let (call, cseq) = (dice.roll(25), dice.roll(4) + 1);
            let leg = LegId(i64::try_from(dice.roll(40)).unwrap());
            let held = sdp(["", "a=sendonly\r\n", "a=inactive\r\n"][dice.roll(3) as usize]);
            match dice.roll(14) {
                0..=2 => bench.request(call, "INVITE", 1, false, &sdp("")),
                3 => bench.request(call, "INVITE", cseq, true, &held),
                4 => bench.request(call, "INVITE", cseq, true, ""),
                5 => bench.request(call, "CANCEL", 1, false, ""),
                6 => bench.request(call, "ACK", cseq, true, ""),
                7 => bench.request(call, "ACK", cseq, true, &held),
                8 => bench.request(call, "BYE", cseq + 1, true, ""),
                9 => bench.input(Input::Leg(leg, LegCommand::Proceed)),
                10 => bench.input(Input::Leg(leg, LegCommand::Answer("192.0.2.7:40000".parse().unwrap()))),
                11 => bench.input(Input::Leg(leg, LegCommand::Hangup(Cause::Normal))),
                12 => bench.answer_byes(),
                _ => bench.pass(Duration::from_millis(dice.roll(3_000))),
            }
        }
        assert!(bench.arrived.len() > 20, "seed {seed}: {} calls only", bench.arrived.len());
        bench.input(Input::Stop);
        bench.answer_byes();
        bench.pass(Duration::from_secs(90));
        assert_eq!(bench.core.inspect(), SipCensus::default(), "seed {seed}");
        assert_eq!(bench.core.poll_timeout(), None, "seed {seed}");
        assert!(bench.core.legs.is_empty(), "seed {seed}: an index remembers a leg that is gone");
        assert_eq!(bench.arrived, bench.ended, "seed {seed}");
        assert!(bench.ended.values().all(|times| *times == 1), "seed {seed}");
    }
}

#[test]
fn ten_thousand_calls_leave_nothing() {
    let mut bench = Bench::new();
    for n in 0..10_000 {
        bench.request(n, "INVITE", 1, false, &sdp(""));
        let leg = LegId(i64::try_from(n).unwrap() + 1);
        bench.input(Input::Leg(leg, LegCommand::Answer("192.0.2.7:40000".parse().unwrap())));
        bench.request(n, "ACK", 1, true, "");
        bench.request(n, "BYE", 2, true, "");
        bench.tags.clear();
        bench.pass(Duration::from_millis(12));
        // 12 ms a call and 10 s of lingering: never more than 834 machines.
        if n % 100 == 0 {
            assert!(bench.core.inspect().transactions < 850);
        }
    }
    assert_eq!((bench.arrived.len(), bench.ended.len()), (10_000, 10_000));
    bench.pass(Duration::from_secs(11));
    assert_eq!(bench.core.inspect(), SipCensus::default());
    assert!(bench.core.legs.is_empty());
}

#[test]
fn mutated_messages_do_no_harm() {
    let (mut bench, mut dice) = (Bench::new(), Dice(4_711));
    let body = sdp("");
    let seed_message = format!(
        "INVITE sip:400@192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx;rport\r\nFrom: \"A \\\" B\" <sip:138@192.0.2.1>;tag=p\r\n\
         To: <sip:400@192.0.2.7>\r\nCall-ID: call\r\nCSeq: 1 INVITE\r\nContact: <sip:p@192.0.2.1>;q=0.5\r\nRecord-Route: <sip:192.0.2.9;lr>, <sip:x>\r\n\
         P-Asserted-Identity: <tel:+1>\r\nPrivacy: none\r\nReason: Q.850;cause=16\r\nContent-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    for _ in 0..30_000 {
        let mut bytes = seed_message.clone().into_bytes();
        for _ in 0..=dice.roll(6) {
            let at = dice.roll(bytes.len() as u64) as usize;
            match dice.roll(5) {
                0 => bytes[at] = dice.roll(256) as u8,
                1 => bytes.truncate(at.max(1)),
                2 => bytes.insert(at, b"\r\n :;<>\"@,=%\0"[dice.roll(13) as usize]),
                3 => {
                    bytes.remove(at);
                }
                _ => {
                    let end = (at + dice.roll(40) as usize).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = dice.roll(bytes.len() as u64) as usize;
                    bytes.splice(to..to, piece);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        let from = if dice.roll(4) == 0 { "203.0.113.5:5060".parse().unwrap() } else { peer() };
        bench.input(Input::Message { from: Hop::Udp(from), bytes: &bytes });
        bench.pass(Duration::from_millis(10));
    }
    bench.input(Input::Stop);
    bench.pass(Duration::from_secs(90));
    assert_eq!(bench.core.inspect(), SipCensus::default());
    assert_eq!(bench.arrived, bench.ended);
}

mod devices;
mod privacy;
mod ranges;
mod trunks;
