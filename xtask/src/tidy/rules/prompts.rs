//! What callers hear exists in every language.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::{Finding, Rule, Tree};

/// No language is forgotten.
pub const PROMPTS: Rule = Rule {
    name: "prompts",
    holds: "every prompt has its text and its file in Chinese and in English, and no file is without a text",
    check: prompts,
};

const LIST: &str = "assets/prompts/prompts.json";
const LANGUAGES: [&str; 2] = ["zh", "en"];

fn prompts(tree: &Tree) -> Vec<Finding> {
    let Some(list) = tree.text(LIST).and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
        return vec![Finding::of(LIST, "is missing or not JSON")];
    };
    let mut findings = Vec::new();
    let mut expected = BTreeSet::new();
    for prompt in list.as_array().into_iter().flatten() {
        let id = prompt["id"].as_str().unwrap_or_default();
        for language in LANGUAGES {
            if prompt[language].as_str().is_none_or(|text| text.trim().is_empty()) {
                findings.push(Finding::of(LIST, format!("{id} has no text in {language}")));
            }
            expected.insert(format!("assets/prompts/{language}/{id}.wav"));
        }
    }
    let spoken =
        |path: &&str| LANGUAGES.iter().any(|language| path.starts_with(&format!("assets/prompts/{language}/")));
    let present: BTreeSet<String> = tree.paths().filter(spoken).map(str::to_owned).collect();
    findings.extend(expected.difference(&present).map(|path| Finding::of(path, "is missing")));
    findings.extend(present.difference(&expected).map(|path| Finding::of(path, "has no text in prompts.json")));
    findings
}
