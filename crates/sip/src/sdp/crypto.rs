//! `a=crypto` (RFC 4568): the keys of SRTP, as they stand in descriptions. One suite is spoken, AES_CM_128_HMAC_SHA1_80.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{Encryption, MasterKey};
use zeroize::Zeroize;

/// The suite every implementation must know (§6.2.1).
const SUITE: &str = "AES_CM_128_HMAC_SHA1_80";
/// Packets a key must at least be good for, where a lifetime is written: at 50 a second, five hours. Nobody here counts them.
const LIFETIME_MIN: u64 = 1 << 20;
/// The tag of what we offer.
pub(crate) const OWN_TAG: u32 = 1;

/// Which descriptions are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SrtpUse {
    /// Plain RTP alone.
    #[default]
    Never,
    /// SRTP where it is offered, else plain RTP.
    WhenOffered,
    /// SRTP alone.
    Always,
}

impl SrtpUse {
    /// What a peer of whom this is wanted may offer over a way that is private or not. Keys sent over one that is not are everybody's:
    /// none are taken. Nothing at all is taken where everything must be encrypted.
    pub(crate) fn of(wanted: Encryption, is_private: bool) -> Option<SrtpUse> {
        match (wanted, is_private) {
            (Encryption::Required, false) => None,
            (Encryption::Required, true) => Some(SrtpUse::Always),
            (Encryption::WhenOffered, true) => Some(SrtpUse::WhenOffered),
            (Encryption::WhenOffered, false) | (Encryption::Off, _) => Some(SrtpUse::Never),
        }
    }

    /// What we offer ourselves: whoever only may be encrypted cannot be asked without being refused by those who do not know it.
    pub(crate) fn to_offer(wanted: Encryption) -> SrtpUse {
        match wanted {
            Encryption::Required => SrtpUse::Always,
            Encryption::WhenOffered | Encryption::Off => SrtpUse::Never,
        }
    }
}

/// The peer's key, and by which tag the answer names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TheirKey {
    pub(crate) tag: u32,
    pub(crate) key: MasterKey,
}

/// Reads the value of an `a=crypto`; none, when it asks for anything we do not do to the letter.
pub(super) fn parse(value: &str) -> Option<TheirKey> {
    let mut words = value.split_ascii_whitespace();
    let (tag, suite, key) = (words.next()?, words.next()?, words.next()?);
    // A hint about the window may be passed over (§6.3.7); everything else changes what is sent.
    if !suite.eq_ignore_ascii_case(SUITE) || !words.all(|param| param.to_ascii_uppercase().starts_with("WSH=")) {
        return None;
    }
    let is_tag = !tag.is_empty() && tag.len() <= 9 && tag.bytes().all(|b| b.is_ascii_digit());
    let tag = tag.parse().ok().filter(|_| is_tag)?;
    // Several keys need an identifier in every packet, and so does one that has one.
    let inline = key.strip_prefix("inline:").filter(|key| !key.contains(';'))?;
    let mut parts = inline.split('|');
    let encoded = parts.next()?;
    if !parts.all(|part| lifetime(part).is_some_and(|packets| packets >= LIFETIME_MIN)) {
        return None;
    }
    let mut decoded = STANDARD.decode(encoded).ok()?;
    let key = <[u8; 30]>::try_from(decoded.as_slice()).ok().map(MasterKey::new);
    decoded.zeroize();
    Some(TheirKey { tag, key: key? })
}

/// `2^20` or a number.
fn lifetime(text: &str) -> Option<u64> {
    match text.strip_prefix("2^") {
        Some(power) => 1u64.checked_shl(power.parse().ok()?),
        None => text.parse().ok(),
    }
}

/// Writes our key.
pub(super) fn write(out: &mut String, tag: u32, key: &MasterKey) {
    let mut encoded = STANDARD.encode(key.bytes());
    let _ = write!(out, "a=crypto:{tag} {SUITE} inline:{encoded}\r\n");
    encoded.zeroize();
}
