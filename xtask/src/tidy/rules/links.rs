//! Links between documents lead somewhere.

use std::collections::BTreeSet;

use super::super::{Finding, Rule, Tree};

/// No dead ends.
pub const LINKS: Rule = Rule {
    name: "links",
    holds: "every relative link of a document leads to a file, and to a heading in it",
    check: links,
};

fn links(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| path.ends_with(".md")) {
        for (line, target) in targets(text) {
            if let Some(problem) = problem(tree, path, &target) {
                findings.push(Finding::at(path, line, format!("{target}: {problem}")));
            }
        }
    }
    findings
}

fn problem(tree: &Tree, from: &str, target: &str) -> Option<&'static str> {
    let is_elsewhere = target.contains("://") || target.starts_with("mailto:");
    if is_elsewhere {
        return None;
    }
    let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    let Some(path) = (if file.is_empty() { Some(from.to_owned()) } else { resolve(from, file) }) else {
        return Some("leads out of the repository");
    };
    if !path.is_empty() && !tree.has(&path) {
        return Some("does not exist");
    }
    let text = tree.text(&path).filter(|_| path.ends_with(".md"))?;
    let anchor = anchor?;
    (!headings(text).contains(anchor)).then_some("has no such heading")
}

fn resolve(from: &str, file: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Lines of prose: fenced code left out.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let is_fence = line.trim_start().starts_with("```");
        fenced ^= is_fence;
        (!fenced && !is_fence).then_some((index + 1, line))
    })
}

/// `[words](target)`, `src="target"`, `href="target"` outside code.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in prose(text) {
        let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        for (open, close) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"')] {
            for (at, _) in plain.match_indices(open) {
                let target = plain[at + open.len()..].split(close).next().unwrap_or_default();
                let target = target.split_whitespace().next().unwrap_or_default();
                if !target.is_empty() {
                    found.push((number, target.to_owned()));
                }
            }
        }
    }
    found
}

/// Anchors of a document's headings.
fn headings(text: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for (_, line) in prose(text).filter(|(_, line)| line.starts_with('#')) {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let mut unique = anchor.clone();
        let mut count = 0;
        while !seen.insert(unique.clone()) {
            count += 1;
            unique = format!("{anchor}-{count}");
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_made_as_readers_know_them() {
        let found = headings("# One way: in & out\n## 术语 表\n## 术语 表\n```\n# code\n```\n");
        assert_eq!(found, BTreeSet::from(["one-way-in--out", "术语-表", "术语-表-1"].map(str::to_owned)));
    }

    #[test]
    fn code_holds_no_links() {
        assert_eq!(
            targets("a [b](c.md#d) `[x](y)` <img src=\"e.png\">\n```\n[f](g)\n```"),
            [(1, "c.md#d".into()), (1, "e.png".into())]
        );
    }
}
