//! Judging a request's digest.

use std::net::IpAddr;

use domain::Mono;
use subtle::{Choice, ConstantTimeEq};

use super::nonce::{Nonces, Worth};
use super::{Algorithm, Credentials, Ha1, response};

/// How a digest was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Whoever sent it knows the password.
    Proved,
    /// No digest for our realm with a nonce of ours: ask.
    Missing,
    /// The password is right, but the nonce is old or its count was used: ask again with `stale=true`.
    Stale,
    /// Wrong, or nobody of that name.
    Wrong,
}

/// Judge of digests for one realm.
pub(crate) struct Verifier {
    realm: String,
    nonces: Nonces,
    /// Takes the place of an unknown user's secret, so that the work is the same.
    nobody: Ha1,
}

impl Verifier {
    /// A judge whose nonces are made with this key.
    pub(crate) fn new(realm: &str, key: [u8; 32]) -> Verifier {
        let nobody = Ha1 { md5: super::md5_of(&[&super::hex(&key)]), sha256: super::sha256_of(&[&super::hex(&key)]) };
        Verifier { realm: realm.to_owned(), nonces: Nonces::new(key), nobody }
    }

    /// The credentials for our realm among a request's Authorization headers.
    pub(crate) fn pick(&self, headers: &[String]) -> Option<Credentials> {
        headers.iter().filter_map(|header| Credentials::read(header)).find(|found| found.realm == self.realm)
    }

    /// Judges credentials for a request from this address. An unknown user (`ha1` is `None`) costs the same time.
    pub(crate) fn judge(
        &mut self,
        now: Mono,
        from: IpAddr,
        method: &str,
        request_uri: &str,
        credentials: &Credentials,
        ha1: Option<&Ha1>,
    ) -> Outcome {
        let worth = self.nonces.judge(now, &credentials.nonce, from);
        let Credentials { algorithm, uri, nonce, nc_text, cnonce, .. } = credentials;
        let secret = ha1.unwrap_or(&self.nobody);
        let expected = response(*algorithm, secret, method, uri, nonce, nc_text, cnonce);
        let is_right = expected.ct_eq(&credentials.response)
            & Choice::from(u8::from(ha1.is_some()))
            // RFC 7616 §3.4.6: the digest must be for this request.
            & Choice::from(u8::from(uri == request_uri));
        match (worth, bool::from(is_right)) {
            (Worth::Forged, _) => Outcome::Missing,
            (Worth::Good(_) | Worth::Stale, false) => Outcome::Wrong,
            (Worth::Stale, true) => Outcome::Stale,
            (Worth::Good(serial), true) if self.nonces.count(now, serial, credentials.nc) => Outcome::Proved,
            (Worth::Good(_), true) => Outcome::Stale,
        }
    }

    /// The challenges of a 401, the better algorithm first (RFC 8760 §2.4).
    pub(crate) fn challenges(&mut self, now: Mono, to: IpAddr, stale: bool) -> [String; 2] {
        let nonce = self.nonces.make(now, to);
        let stale = if stale { ", stale=true" } else { "" };
        [Algorithm::Sha256, Algorithm::Md5].map(|algorithm| {
            let (realm, name) = (&self.realm, algorithm.name());
            format!("Digest realm=\"{realm}\", qop=\"auth\", algorithm={name}, nonce=\"{nonce}\"{stale}")
        })
    }
}
