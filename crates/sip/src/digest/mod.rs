//! Digest authentication by our own verification (RFC 7616, RFC 8760): what a password becomes, what a client must say, and
//! nonces that are ours, short-lived and counted.

mod answers;
mod client;
mod credentials;
mod nonce;
mod verify;

use std::fmt;

use md5::Md5;
use sha2::Sha256;

pub(crate) use answers::{Account, Answers};
#[cfg(test)]
pub(crate) use client::answer;
pub(crate) use client::{Challenge, prove};
pub(crate) use credentials::{Algorithm, Credentials};
pub(crate) use verify::{Outcome, Verifier};

/// What a server keeps of a password: H(user ":" realm ":" password), by both algorithms. As good as the password within its
/// realm, so it is kept like one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ha1 {
    /// By MD5.
    pub md5: [u8; 16],
    /// By SHA-256.
    pub sha256: [u8; 32],
}

impl Ha1 {
    /// Of a user name, a realm and a password.
    pub fn new(username: &str, realm: &str, password: &str) -> Ha1 {
        let parts = [username, realm, password];
        Ha1 { md5: md5_of(&parts), sha256: sha256_of(&parts) }
    }

    /// In lower-case hex, as it enters the response.
    fn hex(&self, algorithm: Algorithm) -> String {
        match algorithm {
            Algorithm::Md5 => hex(&self.md5),
            Algorithm::Sha256 => hex(&self.sha256),
        }
    }
}

impl fmt::Debug for Ha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ha1(…)")
    }
}

/// The response of RFC 7616 §3.4.1 with `qop=auth`.
fn response(algorithm: Algorithm, ha1: &Ha1, method: &str, uri: &str, nonce: &str, nc: &str, cnonce: &str) -> Vec<u8> {
    let ha2 = digest(algorithm, &[method, uri]);
    digest(algorithm, &[&ha1.hex(algorithm), nonce, nc, cnonce, "auth", &hex(&ha2)])
}

/// The response of RFC 2617 §3.2.2.1 to a challenge without `qop`.
fn response_without_qop(algorithm: Algorithm, ha1: &Ha1, method: &str, uri: &str, nonce: &str) -> Vec<u8> {
    let ha2 = digest(algorithm, &[method, uri]);
    digest(algorithm, &[&ha1.hex(algorithm), nonce, &hex(&ha2)])
}

fn digest(algorithm: Algorithm, parts: &[&str]) -> Vec<u8> {
    match algorithm {
        Algorithm::Md5 => md5_of(parts).to_vec(),
        Algorithm::Sha256 => sha256_of(parts).to_vec(),
    }
}

fn md5_of(parts: &[&str]) -> [u8; 16] {
    use md5::Digest as _;
    Md5::digest(parts.join(":")).into()
}

fn sha256_of(parts: &[&str]) -> [u8; 32] {
    use sha2::Digest as _;
    Sha256::digest(parts.join(":")).into()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from(if n < 10 { b'0' + n } else { b'a' + n - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits?;
    (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests;
