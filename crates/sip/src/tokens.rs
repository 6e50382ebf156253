//! Tags and branches nobody can guess.

use std::hash::{BuildHasher, RandomState};

use domain::MasterKey;

/// A source of tokens. Seeded once from the process's random hash keys; SipHash keeps later values unguessable.
pub(crate) struct Tokens {
    keys: RandomState,
    given: u64,
    draw: fn() -> Option<MasterKey>,
}

impl Tokens {
    /// From hash keys the caller made.
    pub(crate) fn new(keys: RandomState) -> Tokens {
        Tokens { keys, given: 0, draw: || None }
    }

    /// Where master keys come from; a hash is not enough for them.
    pub(crate) fn draw_keys_with(&mut self, draw: fn() -> Option<MasterKey>) {
        self.draw = draw;
    }

    /// A key for what one leg sends, if there is a source of them.
    pub(crate) fn master_key(&self) -> Option<MasterKey> {
        (self.draw)()
    }

    /// A number never given before.
    pub(crate) fn number(&mut self) -> u64 {
        self.given += 1;
        self.keys.hash_one(self.given)
    }

    /// A new tag of 16 hex digits.
    pub(crate) fn tag(&mut self) -> String {
        format!("{:016x}", self.number())
    }

    /// A key of 32 bytes.
    pub(crate) fn key(&mut self) -> [u8; 32] {
        let mut key = [0; 32];
        for part in key.chunks_mut(8) {
            part.copy_from_slice(&self.number().to_be_bytes());
        }
        key
    }

    /// The tag of a reply that keeps no state: the same for every copy of one request.
    pub(crate) fn stateless_tag(&self, request: &[&str]) -> String {
        format!("{:016x}", self.keys.hash_one(request))
    }
}
