//! Broken bodies of events: an error, never a panic, and what is read is written the same.

use super::{decode, encode};

#[test]
fn bodies_of_events() {
    fuzzing::replay("store/event", |bytes| {
        let Some((kind, body)) = bytes.split_first_chunk::<2>() else { return };
        for version in [1, 2, 3] {
            if let Ok(event) = decode(u16::from_be_bytes(*kind), version, body) {
                let again = encode(&event);
                assert_eq!(decode(again.kind, again.version, &again.body).ok(), Some(event));
            }
        }
    });
}
