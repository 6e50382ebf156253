//! Answering a gateway's challenge, where we are the client (RFC 3261 §22).

use super::credentials::Params;
use super::{Algorithm, Ha1, hex, response, response_without_qop};
use crate::config::GatewayLogin;

/// A challenge that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    algorithm: Algorithm,
    nonce: String,
    opaque: Option<String>,
    pub(crate) is_stale: bool,
    /// The gateway knows no `qop`: RFC 2069, which RFC 3261 §22.4 bids us answer.
    is_old: bool,
}

impl Challenge {
    /// The best challenge for exactly this realm among a response's headers. Other realms are not answered: a peer that
    /// passes on somebody else's challenge would collect digests for it.
    pub(crate) fn pick(headers: &[String], realm: &str) -> Option<Challenge> {
        let found = headers.iter().filter_map(|header| Challenge::read(header));
        let found: Vec<Challenge> = found.filter(|(of, _)| of == realm).map(|(_, challenge)| challenge).collect();
        let best = found.iter().find(|challenge| challenge.algorithm == Algorithm::Sha256);
        best.or(found.first()).cloned()
    }

    /// The realm of the first challenge that can be answered.
    pub(crate) fn realm_of(headers: &[String]) -> Option<String> {
        headers.iter().find_map(|header| Challenge::read(header)).map(|(realm, _)| realm).filter(|r| is_quotable(r))
    }

    /// A challenge with its realm.
    fn read(header: &str) -> Option<(String, Challenge)> {
        let params = Params::read(header)?;
        let qop = params.get("qop");
        let offers_auth = qop.is_none_or(|qop| qop.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth")));
        let algorithm = match params.get("algorithm") {
            None => Algorithm::Md5,
            Some(name) if name.eq_ignore_ascii_case("MD5") => Algorithm::Md5,
            Some(name) if name.eq_ignore_ascii_case("SHA-256") => Algorithm::Sha256,
            Some(_) => return None,
        };
        let nonce = params.get("nonce").filter(|nonce| is_quotable(nonce))?.to_owned();
        let opaque = params.get("opaque").filter(|opaque| is_quotable(opaque)).map(str::to_owned);
        let is_stale = params.get("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true"));
        let realm = params.get("realm")?.to_owned();
        let challenge = Challenge { algorithm, nonce, opaque, is_stale, is_old: qop.is_none() };
        offers_auth.then_some((realm, challenge))
    }
}

/// Whether a text can be written back between quotes as it is.
fn is_quotable(text: &str) -> bool {
    text.bytes().all(|b| (b.is_ascii_graphic() || b == b' ') && b != b'"' && b != b'\\')
}

/// The value of our Authorization header.
pub(crate) fn answer(
    challenge: &Challenge,
    (username, realm, ha1): (&str, &str, &Ha1),
    method: &str,
    uri: &str,
    cnonce: &str,
) -> String {
    let Challenge { algorithm, nonce, opaque, is_old, .. } = challenge;
    let opaque = opaque.as_ref().map(|opaque| format!(", opaque=\"{opaque}\"")).unwrap_or_default();
    if *is_old {
        let proof = hex(&response_without_qop(*algorithm, ha1, method, uri, nonce));
        return format!(
            "Digest username=\"{username}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
             response=\"{proof}\", algorithm={}{opaque}",
            algorithm.name()
        );
    }
    let proof = hex(&response(*algorithm, ha1, method, uri, nonce, "00000001", cnonce));
    format!(
        "Digest username=\"{username}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{proof}\", \
         algorithm={}, qop=auth, nc=00000001, cnonce=\"{cnonce}\"{opaque}",
        algorithm.name()
    )
}

/// The header that answers a 401 or 407: only for the realm of the login, and once; a second time when the gateway says that
/// its own nonce was old. `proofs` were given before.
pub(crate) fn prove(
    (code, challenges): (u16, &[String]),
    login: &GatewayLogin,
    (method, uri): (&str, &str),
    cnonce: &str,
    proofs: u8,
) -> Option<(&'static str, String)> {
    let header = match code {
        401 => "Authorization",
        407 => "Proxy-Authorization",
        _ => return None,
    };
    let GatewayLogin { username, realm, ha1 } = login;
    let challenge = Challenge::pick(challenges, realm)?;
    let may_try = proofs == 0 || (proofs == 1 && challenge.is_stale);
    may_try.then(|| (header, answer(&challenge, (username, realm, ha1), method, uri, cnonce)))
}
