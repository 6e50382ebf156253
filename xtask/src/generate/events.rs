//! `docs/generated/events.md`: the numbered events of `domain`. A number once written there is never used for
//! another event; one that leaves the code moves to the retired numbers and stays.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::bail;
use domain::Event;

/// Where the document lies.
pub const PATH: &str = "docs/generated/events.md";

/// Number to name.
pub type Numbers = BTreeMap<u16, String>;

/// The document for the events in the code, given the one committed before.
pub fn document(committed: &str) -> anyhow::Result<String> {
    let current: Vec<(u16, String, String)> =
        Event::CATALOGUE.iter().map(|(number, name, doc)| (*number, (*name).to_owned(), (*doc).to_owned())).collect();
    render(&current, &numbers_in(committed))
}

/// Every number a document holds, living or retired.
pub fn numbers_in(document: &str) -> Numbers {
    let rows = document.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        Some((cells.next()?.parse().ok()?, cells.next()?.trim_matches('`').to_owned()))
    });
    rows.collect()
}

fn render(current: &[(u16, String, String)], committed: &Numbers) -> anyhow::Result<String> {
    let mut seen = Numbers::new();
    for (number, name, _) in current {
        if let Some(other) = seen.insert(*number, name.clone()) {
            bail!("event number {number} stands for both {other} and {name}");
        }
        if let Some(old) = committed.get(number).filter(|old| *old != name) {
            bail!("event number {number} was {old} and must not become {name}: take a free number");
        }
    }
    let mut text = String::from(
        "# Events\n\nWritten by `cargo xtask generate` from `crates/domain/src/event.rs`; do not edit.\n\n\
         The number of an event is stored in the ledger and never used for anything else.\n\n\
         | Number | Event | Meaning |\n|---:|---|---|\n",
    );
    for (number, name, doc) in current {
        writeln!(text, "| {number} | `{name}` | {doc} |")?;
    }
    let retired: Vec<_> = committed.iter().filter(|(number, _)| !seen.contains_key(number)).collect();
    if !retired.is_empty() {
        text.push_str("\n## Retired numbers\n\n| Number | Event | Meaning |\n|---:|---|---|\n");
        for (number, name) in retired {
            writeln!(text, "| {number} | `{name}` | retired |")?;
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: u16, name: &str) -> (u16, String, String) {
        (number, name.to_owned(), format!("{name} happened."))
    }

    #[test]
    fn the_document_reads_back() {
        let text = render(&[event(1, "Queued"), event(7, "LeftQueue")], &Numbers::new()).unwrap();
        assert_eq!(numbers_in(&text), Numbers::from([(1, "Queued".into()), (7, "LeftQueue".into())]));
    }

    #[test]
    fn a_removed_event_keeps_its_number_for_ever() {
        let first = render(&[event(1, "Queued"), event(7, "LeftQueue")], &Numbers::new()).unwrap();
        let second = render(&[event(1, "Queued")], &numbers_in(&first)).unwrap();
        assert!(second.contains("Retired") && second.contains("LeftQueue"));
        assert!(render(&[event(7, "Other")], &numbers_in(&second)).is_err());
        let third = render(&[event(1, "Queued")], &numbers_in(&second)).unwrap();
        assert_eq!(second, third);
    }

    #[test]
    fn a_number_means_one_event() {
        assert!(render(&[event(1, "A"), event(1, "B")], &Numbers::new()).is_err());
        let first = render(&[event(1, "A")], &Numbers::new()).unwrap();
        assert!(render(&[event(1, "B")], &numbers_in(&first)).is_err());
    }
}
