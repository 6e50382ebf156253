//! Digests against RFC 7616's own example, replay, age and forgery.

use std::net::IpAddr;
use std::time::Duration;

use domain::Mono;

use super::*;
use crate::digest::nonce::{NONCE_LIFE, Nonces, Worth};

const SECOND: Duration = Duration::from_secs(1);

fn here() -> IpAddr {
    "192.0.2.9".parse().unwrap()
}

/// RFC 7616 §3.9.1: user Mufasa, password "Circle of Life".
#[test]
fn the_examples_of_the_rfc_come_out() {
    let ha1 = Ha1::new("Mufasa", "http-auth@example.org", "Circle of Life");
    let nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    let of = |algorithm| hex(&response(algorithm, &ha1, "GET", "/dir/index.html", nonce, "00000001", cnonce));
    assert_eq!(of(Algorithm::Md5), "8ca523f5e9506fed4657c9700eebdbec");
    assert_eq!(of(Algorithm::Sha256), "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

#[test]
fn a_secret_is_not_printed() {
    assert_eq!(format!("{:?}", Ha1::new("a", "b", "c")), "Ha1(…)");
}

struct Client {
    ha1: Ha1,
    algorithm: Algorithm,
    nonce: String,
}

impl Client {
    fn says(&self, method: &str, uri: &str, nc: u32) -> Credentials {
        let nc_text = format!("{nc:08x}");
        let proof = response(self.algorithm, &self.ha1, method, uri, &self.nonce, &nc_text, "c");
        let header = format!(
            "Digest username=\"100\", realm=\"callisto\", nonce=\"{}\", uri=\"{uri}\", response=\"{}\", algorithm={}, \
             cnonce=\"c\", qop=auth, nc={nc_text}",
            self.nonce,
            hex(&proof),
            self.algorithm.name()
        );
        Credentials::read(&header).unwrap()
    }
}

fn nonce_of(challenge: &str) -> String {
    challenge.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn both_algorithms_are_offered_and_taken_once_for_each_count() {
    let ha1 = Ha1::new("100", "callisto", "secret");
    for algorithm in [Algorithm::Md5, Algorithm::Sha256] {
        let mut verifier = Verifier::new("callisto", [7; 32]);
        let [first, second] = verifier.challenges(Mono(0), here(), false);
        assert!(first.contains("algorithm=SHA-256") && second.contains("algorithm=MD5"), "{first} {second}");
        assert!(!first.contains("stale"));
        let client = Client { ha1, algorithm, nonce: nonce_of(&first) };
        let mut judge = |nc: u32, from: IpAddr, ha1: Option<&Ha1>, uri: &str| {
            let credentials = client.says("REGISTER", "sip:h", nc);
            verifier.judge(Mono(5), from, "REGISTER", uri, &credentials, ha1)
        };
        // In order, over 16 and 255 (the stack reads hex as u8 and fails there), and late but not twice.
        for nc in [1, 2, 10, 16, 255, 256, 300, 299] {
            assert_eq!(judge(nc, here(), Some(&ha1), "sip:h"), Outcome::Proved, "{nc}");
            assert_eq!(judge(nc, here(), Some(&ha1), "sip:h"), Outcome::Stale, "{nc} again");
        }
        assert_eq!(judge(200, here(), Some(&ha1), "sip:h"), Outcome::Stale, "outside the window");
        assert_eq!(judge(400, here(), None, "sip:h"), Outcome::Wrong, "nobody of that name");
        assert_eq!(judge(400, here(), Some(&Ha1::new("100", "callisto", "wrong")), "sip:h"), Outcome::Wrong);
        assert_eq!(judge(400, here(), Some(&ha1), "sip:other"), Outcome::Wrong, "for another request");
        assert_eq!(judge(400, "192.0.2.10".parse().unwrap(), Some(&ha1), "sip:h"), Outcome::Missing, "elsewhere");
        assert_eq!(judge(400, here(), Some(&ha1), "sip:h"), Outcome::Proved);
    }
}

#[test]
fn an_old_nonce_is_stale_only_for_who_knows_the_password() {
    let ha1 = Ha1::new("100", "callisto", "secret");
    let mut verifier = Verifier::new("callisto", [7; 32]);
    let nonce = nonce_of(&verifier.challenges(Mono(0), here(), false)[0]);
    let client = Client { ha1, algorithm: Algorithm::Sha256, nonce };
    let credentials = client.says("INVITE", "sip:h", 1);
    let late = Mono(0) + NONCE_LIFE + SECOND;
    assert_eq!(verifier.judge(late, here(), "INVITE", "sip:h", &credentials, Some(&ha1)), Outcome::Stale);
    assert_eq!(verifier.judge(late, here(), "INVITE", "sip:h", &credentials, None), Outcome::Wrong);
    assert!(verifier.challenges(late, here(), true)[1].contains("stale=true"));
    let other = Verifier::new("callisto", [8; 32]).judge(Mono(1), here(), "INVITE", "sip:h", &credentials, Some(&ha1));
    assert_eq!(other, Outcome::Missing, "another process's nonce");
}

#[test]
fn what_is_no_digest_of_ours_is_not_read() {
    let good = "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"00ff\", cnonce=\"c\", qop=auth, nc=00000001";
    assert!(Credentials::read(good).is_some());
    let quoted = Credentials::read(&good.replace("\"a\"", "\"a, \\\"b\\\"\"")).unwrap();
    assert_eq!((quoted.username.as_str(), quoted.algorithm), ("a, \"b\"", Algorithm::Md5));
    for (from, to) in [
        ("Digest", "Basic"),
        ("qop=auth", "qop=auth-int"),
        (", qop=auth", ""),
        ("00000001", "1"),
        ("00000001", "00000000"),
        ("00000001", "+0000001"),
        ("00ff", "0fg"),
        ("00ff", "0ff"),
        ("cnonce=\"c\"", "cnonce=\"\""),
        ("uri=\"u\"", "uri=\"u"),
        ("nonce=\"n\"", "nonce=\"n\", nonce=\"m\""),
        ("nonce=\"n\"", "nonce=\"n\", algorithm=SHA-512-256"),
        ("nonce=\"n\"", &format!("nonce=\"{}\"", "n".repeat(2_100))),
    ] {
        assert_eq!(Credentials::read(&good.replacen(from, to, 1)), None, "{from} → {to}");
    }
}

#[test]
fn counts_stay_bounded_and_what_is_forgotten_is_stale() {
    let mut nonces = Nonces::new([1; 32]);
    let first = nonces.make(Mono(0), here());
    let Worth::Good(serial) = nonces.judge(Mono(0), &first, here()) else { panic!() };
    assert!(nonces.count(Mono(0), serial, 1));
    for _ in 0..20_000 {
        let nonce = nonces.make(Mono(0), here());
        let Worth::Good(serial) = nonces.judge(Mono(0), &nonce, here()) else { panic!() };
        assert!(nonces.count(Mono(0), serial, 1));
    }
    assert_eq!(nonces.counted(), 16_384);
    assert_eq!(nonces.judge(Mono(0), &first, here()), Worth::Stale);
    // Asking alone leaves nothing.
    for _ in 0..1_000 {
        nonces.make(Mono(0), here());
    }
    assert_eq!(nonces.counted(), 16_384);
}

#[test]
fn a_gateways_challenge_is_answered_only_for_its_realm() {
    let headers = [
        "Digest realm=\"other\", nonce=\"x\", qop=\"auth\", algorithm=SHA-256".to_owned(),
        "Digest realm=\"carrier\", nonce=\"n1\", qop=\"auth-int,auth\", opaque=\"o\", stale=TRUE".to_owned(),
    ];
    let challenge = Challenge::pick(&headers, "carrier").unwrap();
    assert!(challenge.is_stale);
    assert_eq!(Challenge::pick(&headers, "Carrier"), None);
    let integrity = "Digest realm=\"carrier\", nonce=\"n\", qop=\"auth-int\"".to_owned();
    assert_eq!(Challenge::pick(&[integrity], "carrier"), None);
    let injected = "Digest realm=\"carrier\", nonce=\"a\\\"\\\\b\", qop=\"auth\"".to_owned();
    assert_eq!(Challenge::pick(&[injected], "carrier"), None);
    let ha1 = Ha1::new("u", "carrier", "p");
    let header = answer(&challenge, ("u", "carrier", &ha1), "INVITE", "sip:1@c", "cc");
    assert!(header.ends_with("algorithm=MD5, qop=auth, nc=00000001, cnonce=\"cc\", opaque=\"o\""), "{header}");
    let read = Credentials::read(&header).unwrap();
    let expected = response(Algorithm::Md5, &ha1, "INVITE", "sip:1@c", "n1", "00000001", "cc");
    assert_eq!((read.response, read.username.as_str()), (expected, "u"));
}

/// RFC 2617 §3.5 has this example, with a `qop`; what it comes to without one was computed by hand (`md5sum`).
#[test]
fn a_gateway_without_qop_gets_the_answer_of_rfc_2069() {
    let headers = ["Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"".to_owned()];
    assert_eq!(Challenge::realm_of(&headers).as_deref(), Some("testrealm@host.com"));
    let challenge = Challenge::pick(&headers, "testrealm@host.com").unwrap();
    let ha1 = Ha1::new("Mufasa", "testrealm@host.com", "Circle Of Life");
    let login = ("Mufasa", "testrealm@host.com", &ha1);
    let header = answer(&challenge, login, "GET", "/dir/index.html", "unused");
    assert!(header.contains("response=\"670fd8c2df070c60b045671b8b24ff02\", algorithm=MD5"), "{header}");
    assert!(!header.contains("qop") && !header.contains("cnonce"), "{header}");
}
