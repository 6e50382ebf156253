//! testphone
