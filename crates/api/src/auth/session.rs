//! Secrets of sessions and programs: random, known to us by their hash only.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::limits::SESSION_LIFETIME;

/// Name of the session cookie.
pub const COOKIE: &str = "callisto_session";

const SECRET_BYTES: usize = 32;

/// A secret in the hand of its owner.
pub struct Secret(String);

impl Secret {
    /// 256 random bits; `None` when the operating system has none.
    pub fn generate() -> Option<Secret> {
        let mut bytes = [0u8; SECRET_BYTES];
        getrandom::fill(&mut bytes).ok()?;
        Some(Secret(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        token_hash(&self.0)
    }

    /// The secret itself, for the one answer that hands it to a program.
    pub fn shown_once(self) -> String {
        self.0
    }

    /// The token unsafe requests of the session carry. Whoever has it learns nothing of the secret.
    pub fn csrf(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"callisto csrf v1\0");
        hasher.update(self.0.as_bytes());
        URL_SAFE_NO_PAD.encode(hasher.finalize())
    }

    /// The `Set-Cookie` value that hands the secret to the browser.
    pub fn set_cookie(&self, secure: bool) -> String {
        cookie(&self.0, SESSION_LIFETIME.as_secs(), secure)
    }
}

/// A new token for a program, to be shown once; `None` when the operating system has no random numbers.
pub fn new_token() -> Option<String> {
    Secret::generate().map(|Secret(token)| token)
}

/// What is kept of a session's or program's token: SHA-256. Tokens are random, so no salt and no slow hash are needed.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The `Set-Cookie` value that takes the session from the browser.
pub fn forget_cookie(secure: bool) -> String {
    cookie("", 0, secure)
}

fn cookie(value: &str, max_age_s: u64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}")
}

/// The session secret of a request.
pub fn from_cookie(headers: &HeaderMap) -> Option<Secret> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE && !value.is_empty())
        .map(|(_, value)| Secret(value.to_owned()))
}

/// The token of a program. The scheme is case-insensitive (RFC 9110 §11.1).
pub fn from_bearer(headers: &HeaderMap) -> Option<Secret> {
    let line = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = line.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret(token.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_among_others_and_hidden_from_scripts() {
        let secret = Secret::generate().unwrap();
        let line = secret.set_cookie(true);
        assert!(line.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"), "{line}");
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, format!("theme=dark; {COOKIE}={}; x=y", secret.0).parse().unwrap());
        assert_eq!(from_cookie(&headers).unwrap().hash(), secret.hash());
        assert_ne!(secret.csrf(), secret.0);
        assert!(from_bearer(&headers).is_none());
        headers.append(header::AUTHORIZATION, format!("bearer {}", secret.0).parse().unwrap());
        assert_eq!(from_bearer(&headers).unwrap().hash(), secret.hash());
    }

    #[test]
    fn an_emptied_cookie_is_none() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, format!("{COOKIE}=").parse().unwrap());
        assert!(from_cookie(&headers).is_none());
    }
}
