//! RFC 4475 §3.1.1: valid, however strange.

use super::*;

pub(super) fn all() -> Vec<Torture> {
    let mut all = requests();
    all.push(torture("unreason", &response("200 = 2**3 * 5**2 \u{43d}\u{43e} \u{441}\u{442}\u{43e} \u{434}\u{435}\u{432}\u{44f}\u{43d}\u{43e}\u{441}\u{442}\u{43e}"), Verdict::Read, None));
    all.push(torture("noreason", &response("100 "), Verdict::Read, None));
    all
}

fn response(status: &str) -> String {
    format!("SIP/2.0 {status}\n{}Content-Length: 0\n\n", head("INVITE", "reason"))
}

fn requests() -> Vec<Torture> {
    let sdp = with_sdp();
    let unusual_method = "!interesting-Method0123456789_*+`.%indeed'~";
    let vias: String = (1..34)
        .map(|n| format!("Via: SIP/2.0/TCP sip{n}.example.com;branch=z9hG4bK{n}-{}\n", "long".repeat(20)))
        .collect();
    vec![
        read(
            "wsinv",
            &format!(
                "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\nTO :\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\n\
                 from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\n  ;\n  tag = 98asjd8\nMaX-fOrWaRdS: 0068\n\
                 Call-ID: wsinv.ndaksdj@192.0.2.1\ncseq: 0009\n  INVITE\nVia  : SIP  /   2.0\n /UDP\n    192.0.2.2;branch=390skdjuw\n\
                 s :\nNewFangledHeader:   newfangled value\n continued newfangled value\nUnknownHeaderWithUnusualValue: ;;,,;;,;\n\
                 Route:\n <sip:services.example.com;lr;unknownwith=value;unknown-no-value>\n\
                 v:  SIP  / 2.0  / TCP     spindle.example.com   ;\n  branch  =   z9hG4bK9ikj8  ,\n SIP  /    2.0   / UDP  192.168.255.111   ; branch=\n z9hG4bK30239\n\
                 m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =\n      newvalue ;\n  secondparam ; q = 0.33\n\
                 Content-Type: application/sdp\nContent-Length   : {}\n\n{SDP}",
                SDP.len() + SDP.lines().count()
            ),
            481,
        ),
        read("intmeth", &format!("{unusual_method} sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\n{}Content-Length: 0\n\n", head(unusual_method, "intmeth")), 405)
            .refused_by_method(),
        read("esc01", &format!("INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0\n{}{sdp}", head("INVITE", "esc01")), 100),
        read("escnull", &format!("REGISTER sip:example.com SIP/2.0\n{}Contact: <sip:%00@host5.example.com>\nContact: <sip:%00%00@host5.example.com>\nl: 0\n\n", head("REGISTER", "escnull").replacen("bob", "null-%00-null", 1)), 405),
        read("esc02", &format!("RE%47IST%45R sip:registrar.example.com SIP/2.0\n{}Content-Length: 0\n\n", head("RE%47IST%45R", "esc02")), 405).refused_by_method(),
        read("lwsdisp", &format!("OPTIONS sip:user@example.com SIP/2.0\n{}l: 0\n\n", head("OPTIONS", "lwsdisp").replacen("<sip:alice", "caller<sip:alice", 1)), 200),
        read("longreq", &format!("INVITE sip:user@example.com SIP/2.0\n{}{vias}{}: long\n{sdp}", head("INVITE", "longreq").replacen("<sip:alice", &format!("\"{}\" <sip:alice", "I have a user name of extreme proportion".repeat(4)), 1), "Unknown-".repeat(20)), 100),
        read("dblreq", &format!("REGISTER sip:example.com SIP/2.0\n{}Contact: <sip:j.user@192.0.2.30>\nContent-Length: 8\n\nINVITE sip:joe@example.com SIP/2.0\nt: <sip:joe@example.com>\n\n", head("REGISTER", "dblreq")), 405),
        read("semiuri", &format!("OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0\n{}l: 0\n\n", head("OPTIONS", "semiuri")), 200),
        read("transports", &format!("OPTIONS sip:user@example.com SIP/2.0\n{}Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKk2\nVia: SIP/2.0/TLS t3.example.com;branch=z9hG4bKk3\nVia: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKk4\nVia: SIP/2.0/TCP t5.example.com;branch=z9hG4bKk5\nl: 0\n\n", head("OPTIONS", "transports")), 200),
        read("mpart01", &mpart01(), 405),
    ]
}

impl Torture {
    /// The stack knows a closed list of methods: others are refused while reading.
    fn refused_by_method(mut self) -> Torture {
        self.verdict = Verdict::Refused(405);
        self
    }
}

fn mpart01() -> String {
    let body = "--7a9cbec02ceef655\nContent-Type: text/plain\n\nHello\n--7a9cbec02ceef655\nContent-Type: application/octet-stream\n\n\u{7f}\u{1}\u{2}\n--7a9cbec02ceef655--\n";
    let length = body.len() + body.lines().count();
    format!(
        "MESSAGE sip:kumiko@example.org SIP/2.0\n{}Content-Type: multipart/mixed;boundary=7a9cbec02ceef655\nContent-Length: {length}\n\n{body}",
        head("MESSAGE", "mpart01")
    )
}
