//! Answering a gateway's challenge, where we are the client.

use super::credentials::Params;
use super::{Algorithm, Ha1, hex, response};

/// A challenge that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    algorithm: Algorithm,
    nonce: String,
    opaque: Option<String>,
    pub(crate) is_stale: bool,
}

impl Challenge {
    /// The best challenge for exactly this realm among a response's headers. Other realms are not answered: a peer that
    /// passes on somebody else's challenge would collect digests for it.
    pub(crate) fn pick(headers: &[String], realm: &str) -> Option<Challenge> {
        let found: Vec<Challenge> = headers.iter().filter_map(|header| Challenge::read(header, realm)).collect();
        let best = found.iter().find(|challenge| challenge.algorithm == Algorithm::Sha256);
        best.or(found.first()).cloned()
    }

    fn read(header: &str, realm: &str) -> Option<Challenge> {
        let params = Params::read(header)?;
        let offers_auth = params.get("qop")?.split(',').any(|qop| qop.trim().eq_ignore_ascii_case("auth"));
        let algorithm = match params.get("algorithm") {
            None => Algorithm::Md5,
            Some(name) if name.eq_ignore_ascii_case("MD5") => Algorithm::Md5,
            Some(name) if name.eq_ignore_ascii_case("SHA-256") => Algorithm::Sha256,
            Some(_) => return None,
        };
        let nonce = params.get("nonce").filter(|nonce| is_quotable(nonce))?.to_owned();
        let opaque = params.get("opaque").filter(|opaque| is_quotable(opaque)).map(str::to_owned);
        let is_stale = params.get("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true"));
        (params.get("realm")? == realm && offers_auth).then_some(Challenge { algorithm, nonce, opaque, is_stale })
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
    let Challenge { algorithm, nonce, opaque, .. } = challenge;
    let proof = hex(&response(*algorithm, ha1, method, uri, nonce, "00000001", cnonce));
    let opaque = opaque.as_ref().map(|opaque| format!(", opaque=\"{opaque}\"")).unwrap_or_default();
    format!(
        "Digest username=\"{username}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{proof}\", \
         algorithm={}, qop=auth, nc=00000001, cnonce=\"{cnonce}\"{opaque}",
        algorithm.name()
    )
}
