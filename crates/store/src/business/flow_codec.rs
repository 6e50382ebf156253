//! Flow versions as JSON text.
