//! Passwords: hashed with argon2id away from the async threads, a few at a time.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::error::{Answer, RouteError};
use crate::json::problem::ProblemCode;
use crate::limits::{HASHES_AT_ONCE_MAX, HASHES_WAITING_MAX};

/// Memory of one hash, KiB: the second recommended option of RFC 9106 §4 scaled to 19 MiB, so that a small machine can
/// check several sign-ins a second.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The operating system gave no random bytes.
    #[error("no random bytes")]
    Random,
    /// The hash function refused its parameters or ran out of memory.
    #[error("argon2: {0}")]
    Argon2(argon2::password_hash::Error),
}

fn argon2id() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|e| HashError::Argon2(e.into()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password to a PHC string (argon2id, random salt). Takes tens of milliseconds of one core: not for async threads.
pub fn hash_password(password: &str) -> Result<String, HashError> {
    let mut salt = [0u8; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|_| HashError::Random)?;
    let salt = SaltString::encode_b64(&salt).map_err(HashError::Argon2)?;
    let hash = argon2id()?.hash_password(password.as_bytes(), &salt).map_err(HashError::Argon2)?;
    Ok(hash.to_string())
}

fn matches(password: &str, phc: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(phc) else { return false };
    // The parameters of the stored string rule, so that they may be raised later.
    argon2id().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Checks and makes hashes, a few at a time.
pub struct Hasher {
    at_once: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Checked when the user is unknown, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Hasher {
    /// Makes the hash of a password nobody knows.
    pub fn new() -> Result<Hasher, HashError> {
        let mut unknown = [0u8; 16];
        getrandom::fill(&mut unknown).map_err(|_| HashError::Random)?;
        let unknown: String = unknown.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Hasher {
            at_once: Arc::new(Semaphore::new(HASHES_AT_ONCE_MAX)),
            waiting: Arc::new(Semaphore::new(HASHES_WAITING_MAX)),
            nobody: hash_password(&unknown)?.into(),
        })
    }

    /// The place of the first of `hashes` the password matches. All are checked, and one when there is none, so that
    /// the time tells nothing.
    pub async fn find(&self, password: String, mut hashes: Vec<String>) -> Answer<Option<usize>> {
        let known = hashes.len();
        if hashes.is_empty() {
            hashes.push(self.nobody.to_string());
        }
        let password = Zeroizing::new(password);
        self.work(move || {
            let hits: Vec<bool> = hashes.iter().map(|phc| matches(&password, phc)).collect();
            hits.iter().take(known).position(|hit| *hit)
        })
        .await
    }

    /// Hashes a new password.
    pub async fn hash(&self, password: String) -> Answer<String> {
        let password = Zeroizing::new(password);
        let made = self.work(move || hash_password(&password)).await?;
        made.map_err(|error| RouteError::internal("a password could not be hashed", &error))
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
        let overload = || RouteError::new(ProblemCode::Overload, "too many passwords are being checked");
        let _place = self.waiting.clone().try_acquire_owned().map_err(|_| overload())?;
        let turn = self.at_once.clone().acquire_owned().await.map_err(|_| overload())?;
        let done = tokio::task::spawn_blocking(move || {
            let result = job();
            drop(turn);
            result
        });
        done.await.map_err(|error| RouteError::internal("a password check failed", &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_argon2id_with_the_named_parameters_and_their_own_salt() {
        let (one, two) = (hash_password("correct horse").unwrap(), hash_password("correct horse").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        assert!(matches("correct horse", &one));
        assert!(!matches("correct horsf", &one));
        assert!(!matches("correct horse", "not a hash"));
    }

    #[tokio::test]
    async fn the_matching_one_of_several_is_found_and_nobody_is_never_found() {
        let hasher = Hasher::new().unwrap();
        let hashes = vec![hash_password("a").unwrap(), hash_password("b").unwrap()];
        assert_eq!(hasher.find("b".to_owned(), hashes.clone()).await.unwrap(), Some(1));
        assert_eq!(hasher.find("c".to_owned(), hashes).await.unwrap(), None);
        assert_eq!(hasher.find("c".to_owned(), Vec::new()).await.unwrap(), None);
    }
}
