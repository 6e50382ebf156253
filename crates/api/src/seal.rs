//! Opaque tokens that clients hand back: readable by us alone to trust, forgeable by nobody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{LegId, PartitionId};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const TAG_BYTES: usize = 16;

/// Makes and opens sealed tokens with one secret.
pub struct Seals {
    secret: [u8; 32],
}

/// What a sealed token is for; one kind never passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Ledger = 1,
    Page = 2,
    Call = 3,
}

impl Seals {
    /// With a secret of the data directory, so that cursors outlive a restart.
    pub fn new(secret: [u8; 32]) -> Seals {
        Seals { secret }
    }

    /// A position in a ledger.
    pub fn ledger_cursor(&self, partition: PartitionId, seq: u64) -> String {
        let mut body = partition.0.to_be_bytes().to_vec();
        body.extend(seq.to_be_bytes());
        self.seal(Purpose::Ledger, &body)
    }

    /// The position, if it is one of `partition`.
    pub fn open_ledger_cursor(&self, partition: PartitionId, token: &str) -> Option<u64> {
        let body = self.open(Purpose::Ledger, token)?;
        let (home, seq) = body.split_first_chunk::<8>()?;
        let seq = u64::from_be_bytes(seq.try_into().ok()?);
        (i64::from_be_bytes(*home) == partition.0).then_some(seq)
    }

    /// The key of the last row of a page of `list`.
    pub fn page_cursor(&self, list: &str, key: &str) -> String {
        self.seal(Purpose::Page, format!("{list}\0{key}").as_bytes())
    }

    /// The key, if it is one of `list`.
    pub fn open_page_cursor(&self, list: &str, token: &str) -> Option<String> {
        let body = String::from_utf8(self.open(Purpose::Page, token)?).ok()?;
        body.strip_prefix(list)?.strip_prefix('\0').map(str::to_owned)
    }

    /// Names a visitor's call.
    pub fn call_id(&self, leg: LegId) -> String {
        self.seal(Purpose::Call, &leg.0.to_be_bytes())
    }

    /// The leg of a visitor's call.
    pub fn open_call_id(&self, token: &str) -> Option<LegId> {
        let body = self.open(Purpose::Call, token)?;
        Some(LegId(i64::from_be_bytes(body.try_into().ok()?)))
    }

    fn seal(&self, purpose: Purpose, body: &[u8]) -> String {
        let mut sealed = body.to_vec();
        sealed.extend_from_slice(&self.mac(purpose, body).finalize().into_bytes()[..TAG_BYTES]);
        URL_SAFE_NO_PAD.encode(sealed)
    }

    fn open(&self, purpose: Purpose, token: &str) -> Option<Vec<u8>> {
        let mut sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
        let body_bytes = sealed.len().checked_sub(TAG_BYTES)?;
        let tag = sealed.split_off(body_bytes);
        self.mac(purpose, &sealed).verify_truncated_left(&tag).ok()?;
        Some(sealed)
    }

    fn mac(&self, purpose: Purpose, body: &[u8]) -> Hmac<Sha256> {
        // A key shorter than the hash's block is padded with zeros (RFC 2104 §2).
        let mut key = hmac::digest::Key::<Hmac<Sha256>>::default();
        key[..self.secret.len()].copy_from_slice(&self.secret);
        let mut mac = <Hmac<Sha256> as Mac>::new(&key);
        mac.update(&[purpose as u8]);
        mac.update(body);
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_tokens_open_for_their_purpose_and_place_only() {
        let seals = Seals::new([5; 32]);
        let cursor = seals.ledger_cursor(PartitionId(7), 42);
        assert_eq!(seals.open_ledger_cursor(PartitionId(7), &cursor), Some(42));
        assert_eq!(seals.open_ledger_cursor(PartitionId(8), &cursor), None);
        assert_eq!(seals.open_call_id(&cursor), None);
        assert_eq!(Seals::new([6; 32]).open_ledger_cursor(PartitionId(7), &cursor), None);
        let page = seals.page_cursor("customers", "K1");
        assert_eq!(seals.open_page_cursor("customers", &page).as_deref(), Some("K1"));
        assert_eq!(seals.open_page_cursor("queues", &page), None);
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let seals = Seals::new([5; 32]);
        let cursor = seals.ledger_cursor(PartitionId(7), 42);
        let sealed = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
        for place in 0..sealed.len() {
            let mut forged = sealed.clone();
            forged[place] ^= 1;
            assert_eq!(seals.open_ledger_cursor(PartitionId(7), &URL_SAFE_NO_PAD.encode(forged)), None);
        }
        for junk in ["", "x", "AAAA", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(seals.open_ledger_cursor(PartitionId(7), junk), None);
        }
    }
}
