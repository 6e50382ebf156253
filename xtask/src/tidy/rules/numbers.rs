//! Numbers of events are for ever.

use std::collections::BTreeMap;

use super::super::{Finding, Rule, Tree};
use crate::generate::events::{PATH, numbers_in};

/// A number once written is never used again.
pub const EVENT_NUMBERS: Rule = Rule {
    name: "event-numbers",
    holds: "every event has a number of its own, the one in docs/generated/events.md; none is reused or forgotten",
    check: event_numbers,
};

/// Where the numbers are given.
const CATALOGUE: &str = "crates/domain/src/event/catalogue.rs";

fn event_numbers(tree: &Tree) -> Vec<Finding> {
    let Some(code) = tree.text(CATALOGUE) else { return Vec::new() };
    let Some(document) = tree.text(PATH) else {
        return vec![Finding::of(PATH, "is missing; type `cargo xtask generate`")];
    };
    let golden = numbers_in(document);
    let mut findings = Vec::new();
    let mut given: BTreeMap<u16, &str> = BTreeMap::new();
    for (line, number, name) in catalogue(code) {
        if let Some(other) = given.insert(number, name) {
            findings.push(Finding::at(CATALOGUE, line, format!("{number} stands for both {other} and {name}")));
        }
        match golden.get(&number) {
            Some(old) if old != name => {
                findings.push(Finding::at(
                    CATALOGUE,
                    line,
                    format!("{number} is {old} for ever; {name} needs a free number"),
                ));
            }
            Some(_) => {}
            None => findings.push(Finding::at(CATALOGUE, line, format!("{number} {name} is not in {PATH}"))),
        }
    }
    let retired = document.split("## Retired numbers").nth(1).map(numbers_in).unwrap_or_default();
    for (number, name) in golden.iter().filter(|(number, _)| !given.contains_key(number)) {
        if !retired.contains_key(number) {
            findings
                .push(Finding::of(PATH, format!("{number} {name} left the code and is not among the retired numbers")));
        }
    }
    for number in retired.keys().filter(|number| given.contains_key(number)) {
        findings.push(Finding::of(PATH, format!("{number} is retired and must not be given again")));
    }
    findings
}

/// Lines such as `30 Queued "The customer joined a queue.";`.
fn catalogue(code: &str) -> impl Iterator<Item = (usize, u16, &str)> {
    code.lines().enumerate().filter_map(|(index, line)| {
        let (number, rest) = line.trim().split_once(' ')?;
        let (name, sentence) = rest.split_once(' ')?;
        (sentence.starts_with('"') && sentence.ends_with("\";")).then_some((index + 1, number.parse().ok()?, name))
    })
}
