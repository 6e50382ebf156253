//! How telephones and carriers are kept from being overheard: the wish, and the keys of one call.

use std::fmt;

use zeroize::Zeroize;

/// Whether calls of a telephone or a carrier are encrypted, signalling (TLS) and sound (SRTP) together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encryption {
    /// Sound is never encrypted; signalling may be.
    Off,
    /// Sound is encrypted where the other side offers it and nobody on the way can read the keys.
    #[default]
    WhenOffered,
    /// Nothing goes in clear; what would, is refused.
    Required,
}

/// Bytes of a master key (RFC 3711 §8.2).
pub const MASTER_KEY_BYTES: usize = 16;
/// Bytes of a master salt.
pub const MASTER_SALT_BYTES: usize = 14;

/// Master key and master salt of one direction (RFC 3711 §3.2.1). Shown to nobody, wiped when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey([u8; MASTER_KEY_BYTES + MASTER_SALT_BYTES]);

impl MasterKey {
    /// The key, then the salt, as they travel (RFC 4568 §6.1).
    pub fn new(bytes: [u8; MASTER_KEY_BYTES + MASTER_SALT_BYTES]) -> MasterKey {
        MasterKey(bytes)
    }

    /// The same, for those who use it.
    pub fn bytes(&self) -> &[u8; MASTER_KEY_BYTES + MASTER_SALT_BYTES] {
        &self.0
    }
}

impl Drop for MasterKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// The keys of both directions of a call's sound, for AES_CM_128_HMAC_SHA1_80.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SrtpKeys {
    /// Of what we send.
    pub ours: MasterKey,
    /// Of what we receive.
    pub theirs: MasterKey,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_to_nobody() {
        let key = MasterKey::new([0xAB; 30]);
        let keys = SrtpKeys { ours: key.clone(), theirs: key };
        assert_eq!(format!("{keys:?}"), "SrtpKeys { ours: MasterKey(…), theirs: MasterKey(…) }");
    }
}
