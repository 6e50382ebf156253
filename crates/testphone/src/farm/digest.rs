//! The answer to a challenge (RFC 7616, SHA-256, qop=auth), from the phone's side.

use sha2::{Digest, Sha256};

/// The value of an Authorization header for `challenge`, the value of WWW-Authenticate; `None` when it is not understood.
pub(super) fn authorization(
    challenge: &str,
    username: &str,
    password: &str,
    method: &str,
    uri: &str,
    cnonce: &str,
) -> Option<String> {
    let rest = challenge.trim().strip_prefix("Digest ")?;
    let field = |name: &str| {
        rest.split(',').find_map(|part| {
            let (key, value) = part.split_once('=')?;
            (key.trim().eq_ignore_ascii_case(name)).then(|| value.trim().trim_matches('"').to_owned())
        })
    };
    if !field("algorithm")?.eq_ignore_ascii_case("SHA-256") {
        return None;
    }
    let (realm, nonce) = (field("realm")?, field("nonce")?);
    let ha1 = hash(&format!("{username}:{realm}:{password}"));
    let ha2 = hash(&format!("{method}:{uri}"));
    let response = hash(&format!("{ha1}:{nonce}:00000001:{cnonce}:auth:{ha2}"));
    let opaque = field("opaque").map(|value| format!(", opaque=\"{value}\"")).unwrap_or_default();
    Some(format!(
        "Digest username=\"{username}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", \
         algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"{cnonce}\"{opaque}"
    ))
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7616_comes_out() {
        // RFC 7616 §3.9.1, with the values given there.
        let challenge = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, \
             nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let header = authorization(challenge, "Mufasa", "Circle of Life", "GET", "/dir/index.html", cnonce).unwrap();
        assert!(header.contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\""), "{header}");
        assert_eq!(authorization("Digest realm=\"a\", nonce=\"b\", algorithm=MD5", "u", "p", "GET", "/", "c"), None);
    }
}
