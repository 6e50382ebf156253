//! Session cookies.

/// Name of the session cookie.
pub const COOKIE: &str = "callisto_session";
