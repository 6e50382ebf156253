//! The one way to change a business record.
