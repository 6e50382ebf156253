//! The feature table of the two READMEs.

use std::collections::BTreeMap;

use super::super::{Finding, Rule, Tree};

/// Both say the same about every requirement.
pub const FEATURES: Rule = Rule {
    name: "features",
    holds: "both READMEs state every requirement A1 to G15 once, in words from the list, and agree",
    check: features,
};

/// How many requirements each letter has.
const REQUIREMENTS: [(char, u8); 7] = [('A', 19), ('B', 7), ('C', 7), ('D', 14), ('E', 12), ('F', 7), ('G', 15)];
/// The states, in the words of each README.
const STATES: [(&str, &str); 3] = [("done", "已完成"), ("first cut", "初版"), ("not yet", "尚未")];
const ENGLISH: &str = "README.md";
const CHINESE: &str = "README.zh-CN.md";

fn features(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let english = table(tree, ENGLISH, |(english, _)| english, &mut findings);
    let chinese = table(tree, CHINESE, |(_, chinese)| chinese, &mut findings);
    for (id, state) in &english {
        if chinese.get(id).is_some_and(|other| other != state) {
            findings.push(Finding::of(CHINESE, format!("{id} has another state than in {ENGLISH}")));
        }
    }
    findings
}

/// Id to index of its state, from rows `| A1 | what | state |`.
fn table(
    tree: &Tree,
    path: &str,
    words: fn((&'static str, &'static str)) -> &'static str,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, usize> {
    let mut states = BTreeMap::new();
    let Some(text) = tree.text(path) else {
        findings.push(Finding::of(path, "is missing"));
        return states;
    };
    for (index, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let Some(id) = cells.first().filter(|cell| line.starts_with('|') && looks_like_id(cell)) else { continue };
        if !is_requirement(id) {
            findings.push(Finding::at(path, index + 1, format!("{id} is not a requirement")));
        }
        match STATES.iter().position(|state| cells.last() == Some(&words(*state))) {
            None => findings.push(Finding::at(path, index + 1, format!("{id}: the state is not a word of the list"))),
            Some(state) => {
                if states.insert((*id).to_owned(), state).is_some() {
                    findings.push(Finding::at(path, index + 1, format!("{id} stands twice")));
                }
            }
        }
    }
    for id in requirements().filter(|id| !states.contains_key(id)) {
        findings.push(Finding::of(path, format!("{id} is missing")));
    }
    states
}

fn looks_like_id(cell: &str) -> bool {
    let mut chars = cell.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase()) && cell.len() > 1 && chars.all(|c| c.is_ascii_digit())
}

fn is_requirement(id: &str) -> bool {
    requirements().any(|known| known == id)
}

fn requirements() -> impl Iterator<Item = String> {
    REQUIREMENTS.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}")))
}
