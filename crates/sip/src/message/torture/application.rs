//! RFC 4475 §3.2 to §3.4: the transaction layer, the application, and peers older than RFC 3261.

use super::*;

fn options(call: &str, more: &str) -> String {
    format!("OPTIONS sip:user@example.com SIP/2.0\n{}{more}l: 0\n\n", head("OPTIONS", call))
}

fn register(call: &str, more: &str) -> String {
    format!("REGISTER sip:example.com SIP/2.0\n{}{more}l: 0\n\n", head("REGISTER", call))
}

pub(super) fn all() -> Vec<Torture> {
    let mut all = vec![
        // §3.2.1: the magic cookie and nothing behind it.
        read("badbranch", &options("badbranch", "").replacen("z9hG4bKbadbranch", "z9hG4bK", 1), 200),
    ];
    all.extend(what_is_asked());
    all.extend(values_that_should_be_one());
    all.extend(contacts());
    // §3.4.1: no branch, no Max-Forwards, no tag.
    let old = format!(
        "INVITE sip:UserB@example.com SIP/2.0\nVia: SIP/2.0/UDP iftgw.example.com\nFrom: <sip:+13035551111@ift.client.example.net;user=phone>\nRecord-Route: <sip:UserB@example.com;maddr=ss1.example.com>\nTo: sip:+16505552222@ss1.example.net;user=phone\nCall-ID: inv2543.1717@ift.client.example.com\nCSeq: 56 INVITE\n{}",
        with_sdp()
    );
    all.push(read("inv2543", &old, 100));
    all
}

/// §3.3.1 to §3.3.7.
fn what_is_asked() -> Vec<Torture> {
    let body = "<audio>\n <pcmu port=\"443\"/>\n</audio>\n";
    let unknown_body = format!(
        "INVITE sip:user@example.com SIP/2.0\n{}Contact: <sip:alice@192.0.2.30>\nContent-Type: application/unknownformat\nContent-Length: {}\n\n{body}",
        head("INVITE", "invut"),
        body.len() + 3
    );
    vec![
        refused(
            "insuf",
            "INVITE sip:user@example.com SIP/2.0\nCSeq: 193942 INVITE\nVia: SIP/2.0/UDP 192.0.2.30;branch=z9hG4bKinsuf\nl: 0\n\n",
            400,
        ),
        refused(
            "unkscm",
            &options("unkscm", "").replacen("sip:user@example.com", "nobodyKnowsThisScheme:totallyopaquecontent", 1),
            416,
        ),
        refused(
            "novelsc",
            &options("novelsc", "").replacen("sip:user@example.com", "soap.beep://192.0.2.103:3002", 1),
            416,
        ),
        read(
            "unksm2",
            &register("unksm2", "Contact: <name:John_Smith>\n")
                .replacen("<sip:bob@example.com>", "isbn:2983792873", 1)
                .replacen("<sip:alice@example.org>", "<http://www.example.com>", 1),
            405,
        ),
        refused(
            "bext01",
            &options(
                "bext01",
                "Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis\n",
            ),
            420,
        ),
        refused("invut", &unknown_body, 415),
        read("regaut01", &register("regaut01", "Authorization: NoOneKnowsThisScheme opaque-data=here\n"), 405),
    ]
}

/// §3.3.8 to §3.3.11.
fn values_that_should_be_one() -> Vec<Torture> {
    let invite = format!("INVITE sip:user@example.com SIP/2.0\n{}{}", head("INVITE", "multi01"), with_sdp());
    let multi = invite.replacen("Max-Forwards: 70\n", "Max-Forwards: 70\nCSeq: 8 INVITE\nCall-ID: other@192.0.2.30\nMax-Forwards: 5\nFrom: <sip:other@example.org>;tag=x\n", 1);
    vec![
        refused("multi01", &multi, 400),
        refused("mcl01", &options("mcl01", "Content-Length: 13\n"), 400),
        torture(
            "bcast",
            &format!(
                "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923\nVia: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23\n{}l: 0\n\n",
                head("INVITE", "bcast")
            ),
            Verdict::Read,
            None,
        ),
        read("zeromf", &options("zeromf", "").replacen("Max-Forwards: 70", "Max-Forwards: 0", 1), 200),
    ]
}

/// §3.3.12 to §3.3.15.
fn contacts() -> Vec<Torture> {
    let sdp = format!(
        "INVITE sip:user@example.com SIP/2.0\n{}Accept: text/nobodyKnowsThis\n{}",
        head("INVITE", "sdp01"),
        with_sdp()
    );
    vec![
        read("cparam01", &register("cparam01", "Contact: sip:+19725552222@gw1.example.net;unknownparam\n"), 405),
        read("cparam02", &register("cparam02", "Contact: <sip:+19725552222@gw1.example.net;unknownparam>\n"), 405),
        read("regescrt", &register("regescrt", "Contact: <sip:bob@192.0.2.30?Route=%3Csip:sip.example.com%3E>\n"), 405),
        refused("sdp01", &sdp, 406),
    ]
}
