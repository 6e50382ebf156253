//! Broken texts of flows: an error, never a panic, and what is read is written the same.

use super::flow_codec::{from_text, to_text};

#[test]
fn texts_of_flows() {
    fuzzing::replay("store/flow", |bytes| {
        let Ok((entry, nodes)) = from_text(&String::from_utf8_lossy(bytes)) else { return };
        let text = to_text(entry, &nodes).expect("what was read can be written");
        assert_eq!(from_text(&text).ok(), Some((entry, nodes)));
    });
}
