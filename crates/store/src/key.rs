//! The master key of the data directory, and the key of each file derived from it.

use std::fmt;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::StoreError;

const KEY_BYTES: usize = 32;

/// The master key. Kept outside the data directory; wiped from memory when dropped.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; KEY_BYTES]>);

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(..)")
    }
}

impl DatabaseKey {
    /// From its bytes.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> DatabaseKey {
        DatabaseKey(Zeroizing::new(bytes))
    }

    /// A new random key.
    pub fn generate() -> Result<DatabaseKey, StoreError> {
        Ok(DatabaseKey::from_bytes(random()?))
    }

    /// Reads a key file: 32 bytes, or 64 hexadecimal digits with optional white space around them.
    pub fn from_file(path: &Path) -> Result<DatabaseKey, StoreError> {
        let content = Zeroizing::new(std::fs::read(path).map_err(|e| StoreError::io(path, e))?);
        let mode = std::fs::metadata(path).map_err(|e| StoreError::io(path, e))?.permissions().mode();
        if mode & 0o077 != 0 {
            tracing::warn!(path = %path.display(), "the key file can be read by others; its mode should be 0600");
        }
        let mut bytes = Zeroizing::new([0u8; KEY_BYTES]);
        if content.len() == KEY_BYTES {
            bytes.copy_from_slice(&content);
        } else {
            let digits = content.trim_ascii();
            hex::decode_to_slice(digits, bytes.as_mut_slice()).map_err(|_| StoreError::BadKeyFile)?;
        }
        Ok(DatabaseKey(bytes))
    }

    /// Writes the key as 64 hexadecimal digits to a file that must not exist yet, mode 0600, synced to disk.
    pub fn create_file(&self, path: &Path) -> Result<(), StoreError> {
        let text = Zeroizing::new(format!("{}\n", hex::encode(self.0.as_slice())));
        let io = |e| StoreError::io(path, e);
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(io)?;
        file.write_all(text.as_bytes()).map_err(io)?;
        file.sync_all().map_err(io)
    }

    /// The key of one file, in the form SQLCipher takes without key derivation: `"x'…'"`.
    pub(crate) fn pragma_for(&self, file: &str) -> Result<Zeroizing<String>, StoreError> {
        let key = Zeroizing::new(self.derive(file)?);
        Ok(Zeroizing::new(format!("\"x'{}'\"", hex::encode(key.as_slice()))))
    }

    /// A secret for another purpose than a file, the same at every start; the label keeps purposes apart.
    pub fn secret_for(&self, purpose: &str) -> Result<[u8; KEY_BYTES], StoreError> {
        self.derive(&format!("secret\0{purpose}"))
    }

    /// HMAC-SHA256 of a label under the master key: one block, so the same as the expand step of HKDF for 32 bytes.
    fn derive(&self, file: &str) -> Result<[u8; KEY_BYTES], StoreError> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.0.as_slice()).map_err(|_| StoreError::BadKeyFile)?;
        mac.update(b"callisto database file v1\0");
        mac.update(file.as_bytes());
        mac.update(&[1]);
        Ok(mac.finalize().into_bytes().into())
    }
}

/// A random number from the operating system, such as lots are drawn from.
///
/// # Errors
/// [`StoreError::Io`] when the operating system gives none.
pub fn random_seed() -> Result<u64, StoreError> {
    random().map(u64::from_le_bytes)
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::Io {
        path: "the random source".to_owned(),
        source: std::io::Error::other(e.to_string()),
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_get_different_keys() {
        let key = DatabaseKey::from_bytes([7; 32]);
        assert_ne!(key.derive("ledger.db").unwrap(), key.derive("keys.db").unwrap());
    }

    #[test]
    fn key_files_are_read_raw_and_in_hex_and_made_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        let key = DatabaseKey::generate().unwrap();
        key.create_file(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(DatabaseKey::from_file(&path).unwrap().0, key.0);
        assert!(key.create_file(&path).is_err(), "an existing key is never overwritten");
        let raw = dir.path().join("raw");
        std::fs::write(&raw, key.0.as_slice()).unwrap();
        assert_eq!(DatabaseKey::from_file(&raw).unwrap().0, key.0);
        std::fs::write(&raw, b"short").unwrap();
        assert!(matches!(DatabaseKey::from_file(&raw), Err(StoreError::BadKeyFile)));
    }
}
