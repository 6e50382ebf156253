//! Values sealed with AES-256-GCM: a random nonce, then the ciphertext with its tag.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

use crate::StoreError;
use crate::key::random;

const NONCE_BYTES: usize = 12;

/// A key ready for use.
#[derive(Clone)]
pub(crate) struct Sealer(Aes256Gcm);

impl Sealer {
    pub(crate) fn new(secret: &[u8; 32]) -> Sealer {
        Sealer(Aes256Gcm::new(secret.into()))
    }

    /// `context` is bound to the value: a sealed value moved to another place does not open there.
    pub(crate) fn seal(&self, context: &[u8], value: &[u8]) -> Result<Vec<u8>, StoreError> {
        let nonce: [u8; NONCE_BYTES] = random()?;
        let sealed = self
            .0
            .encrypt(&Nonce::from(nonce), Payload { msg: value, aad: context })
            .map_err(|_| StoreError::Invalid("a value too long to seal"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub(crate) fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let damaged = || StoreError::corrupt("a sealed value does not open");
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(damaged)?;
        self.0.decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: context }).map_err(|_| damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_whole_and_in_its_place() {
        let sealer = Sealer::new(&[9; 32]);
        let sealed = sealer.seal(b"here", b"13800138000").unwrap();
        assert_eq!(sealer.open(b"here", &sealed).unwrap(), b"13800138000");
        assert!(sealer.open(b"there", &sealed).is_err());
        assert!(sealer.open(b"here", &sealed[..20]).is_err());
        assert!(sealer.open(b"here", &[]).is_err());
        assert!(Sealer::new(&[8; 32]).open(b"here", &sealed).is_err());
        let mut flipped = sealed.clone();
        flipped[15] ^= 1;
        assert!(sealer.open(b"here", &flipped).is_err());
        assert_ne!(sealer.seal(b"here", b"13800138000").unwrap(), sealed, "nonces differ");
    }
}
