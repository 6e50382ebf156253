//! RFC 4475 §3.1.2: invalid.

use super::*;

fn invite(call: &str) -> String {
    format!("INVITE sip:user@example.com SIP/2.0\n{}{}", head("INVITE", call), with_sdp())
}

fn options(call: &str) -> String {
    format!("OPTIONS sip:user@example.com SIP/2.0\n{}l: 0\n\n", head("OPTIONS", call))
}

/// The message with one thing in it changed, which must be there.
fn but(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from:?}");
    text.replacen(from, to, 1)
}

pub(super) fn all() -> Vec<Torture> {
    let mut all = syntax();
    all.extend(start_line());
    all.extend(addresses());
    all.extend(mismatches());
    all
}

/// §3.1.2.1 to §3.1.2.6.
fn syntax() -> Vec<Torture> {
    let scalar = but(
        &format!(
            "REGISTER sip:example.com SIP/2.0\n{}Expires: 10000000000000000000000000000\nContact: <sip:user@192.0.2.30>;expires=280297596632815\nl: 0\n\n",
            head("REGISTER", "scalar02")
        ),
        "CSeq: 7 ",
        "CSeq: 36893488147419103232 ",
    );
    let large = but(
        &format!(
            "SIP/2.0 503 Service Unavailable\n{}Retry-After: 949302838503028349304023988\nWarning: 1812 overture \"In Progress\"\nl: 0\n\n",
            head("INVITE", "scalarlg")
        ),
        "CSeq: 7 ",
        "CSeq: 9223372036854775808 ",
    );
    let length = |text: &str, to: &str| {
        let at = text.find("Content-Length: ").unwrap();
        let end = at + text[at..].find('\n').unwrap();
        format!("{}Content-Length: {to}{}", &text[..at], &text[end..])
    };
    vec![
        refused(
            "badinv01",
            &but(
                &but(&invite("badinv01"), "branch=z9hG4bKbadinv01", ";;,;,,"),
                "<sip:alice@192.0.2.30>",
                "\"Joe\" <sip:joe@example.org>;;;;",
            ),
            400,
        ),
        refused("clerr", &length(&invite("clerr"), "9999"), 400),
        refused("ncl", &length(&invite("ncl"), "-999"), 400),
        refused("scalar02", &but(&scalar, "Max-Forwards: 70", "Max-Forwards: 300"), 400),
        passed_over("scalarlg", &large),
        refused("quotbal", &but(&invite("quotbal"), "<sip:bob@", "\"Mr. J. User <sip:bob@"), 400),
    ]
}

/// §3.1.2.7 to §3.1.2.11.
fn start_line() -> Vec<Torture> {
    let uri = "sip:user@example.com SIP/2.0";
    vec![
        refused("ltgtruri", &but(&invite("ltgtruri"), uri, "<sip:user@example.com> SIP/2.0"), 400),
        refused("lwsruri", &but(&invite("lwsruri"), uri, "sip:user@example.com; lr SIP/2.0"), 400),
        refused("lwsstart", &but(&invite("lwsstart"), uri, " sip:user@example.com  SIP/2.0"), 400),
        refused("trws", &but(&options("trws"), "SIP/2.0\n", "SIP/2.0  \n"), 400),
        refused(
            "escruri",
            &but(&invite("escruri"), uri, "sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0"),
            400,
        ),
    ]
}

/// §3.1.2.12 to §3.1.2.15. Where the RFC leaves the choice, we are lenient with what we do not use: a date of another zone,
/// blanks around an address, a name without quotes.
fn addresses() -> Vec<Torture> {
    let register = format!(
        "REGISTER sip:example.com SIP/2.0\n{}Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E\nl: 0\n\n",
        head("REGISTER", "regbadct")
    );
    vec![
        read("baddate", &but(&invite("baddate"), "Contact:", "Date: Fri, 01 Jan 2010 16:00:00 EST\nContact:"), 100),
        refused("regbadct", &register, 400),
        read(
            "badaspec",
            &but(&options("badaspec"), "<sip:bob@example.com>", "\"Watson, Thomas\" < sip:t.watson@example.org >"),
            200,
        ),
        read("baddn", &but(&options("baddn"), "<sip:alice", "Bell, Alexander <sip:alice"), 200),
    ]
}

/// §3.1.2.16 to §3.1.2.19.
fn mismatches() -> Vec<Torture> {
    vec![
        refused("badvers", &but(&options("badvers"), " SIP/2.0", " SIP/7.0"), 505),
        refused("mismatch01", &but(&options("mismatch01"), "CSeq: 7 OPTIONS", "CSeq: 7 INVITE"), 400),
        refused("mismatch02", &but(&options("mismatch02"), "OPTIONS sip", "NEWMETHOD sip"), 400),
        passed_over(
            "bigcode",
            &format!("SIP/2.0 4294967301 better not break the receiver\n{}l: 0\n\n", head("INVITE", "bigcode")),
        ),
    ]
}
