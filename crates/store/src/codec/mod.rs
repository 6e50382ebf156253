//! Codec
