//! Passwords.
pub struct Hasher;
