//! Live.
pub struct Connections;
