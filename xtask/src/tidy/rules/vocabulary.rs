//! Who may say which words.

use super::super::source::{Source, parts, words};
use super::super::{Finding, Rule, Tree, tree::crate_of};
use super::layers::manifest_of;

/// The engine has never heard of SIP.
pub const ENGINE_WITHOUT_SIP: Rule = Rule {
    name: "engine-without-sip",
    holds: "engine and routing have no word of SIP, SDP or RTP",
    check: |tree| wrong_words(tree, &["engine", "routing"], &PROTOCOL_WORDS),
};

/// Telephony has never heard of agents.
pub const SIP_WITHOUT_AGENTS: Rule = Rule {
    name: "sip-without-agents",
    holds: "sip has no word of agents, handlings or supervisors",
    check: |tree| wrong_words(tree, &["sip"], &CENTRE_WORDS),
};

/// One file knows both.
pub const ONE_TRANSLATOR: Rule = Rule {
    name: "one-translator",
    holds: "only runtime/src/channels/voice/translate.rs turns SIP events into inputs of the engine",
    check: one_translator,
};

/// The SIP stack can be replaced in one place.
pub const SIP_STACK_IN_SIP: Rule =
    Rule { name: "sip-stack-in-sip", holds: "rsipstack is named only in crates/sip", check: sip_stack_in_sip };

/// Words of telephony.
const PROTOCOL_WORDS: [&str; 8] = ["sip", "sdp", "rtp", "invite", "dialog", "cseq", "rsipstack", "webrtc"];
/// Words of the centre.
const CENTRE_WORDS: [&str; 7] =
    ["agent", "agents", "handling", "handlings", "supervisor", "disposition", "dispositions"];
/// The SIP header that happens to hold one of them (RFC 3261 §20.41).
const USER_AGENT: &str = "User-Agent";
/// The file that translates.
const TRANSLATOR: &str = "crates/runtime/src/channels/voice/translate.rs";
/// The stack.
const STACK: &str = "rsipstack";

fn wrong_words(tree: &Tree, crates: &[&str], banned: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources().filter(|(path, _)| crate_of(path).is_some_and(|name| crates.contains(&name))) {
        let code = source.identifiers().map(|(line, word)| (line, word.to_owned()));
        let said = source.product_strings().flat_map(|(line, text)| {
            let text = text.replace(USER_AGENT, "").replace(&USER_AGENT.to_lowercase(), "");
            words(&text).map(|word| (line, word.to_owned())).collect::<Vec<_>>()
        });
        for (line, word) in code.chain(said).filter(|(line, _)| !source.is_test(*line)) {
            let parts = parts(&word);
            let is_header = parts.windows(2).any(|pair| pair == ["user", "agent"]);
            if !is_header && parts.iter().any(|part| banned.contains(&part.as_str())) {
                findings.push(Finding::at(path, line, format!("`{word}` is a word of another room")));
            }
        }
    }
    findings
}

fn one_translator(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources() {
        // `sip` itself cannot see the engine; `layer-direction` holds that.
        let may_see_both = matches!(crate_of(path), Some("runtime" | "server"));
        if !may_see_both || path == TRANSLATOR {
            continue;
        }
        if let (Some(line), Some(_)) = (says_sip(source), says_engine(source)) {
            let message = format!("opens SIP events and makes inputs of the engine; only {TRANSLATOR} may");
            findings.push(Finding::at(path, line, message));
        }
    }
    findings
}

/// Opens a SIP event; carrying one unopened is no knowledge.
fn says_sip(source: &Source) -> Option<usize> {
    source.product_paths().into_iter().find(|(_, used)| names_variant(used, "SipEvent")).map(|(line, _)| line)
}

/// Makes an input.
fn says_engine(source: &Source) -> Option<usize> {
    source.product_paths().into_iter().find(|(_, used)| names_variant(used, "Input")).map(|(line, _)| line)
}

fn names_variant(path: &str, name: &str) -> bool {
    let parts: Vec<&str> = path.split("::").collect();
    parts.windows(2).any(|pair| pair[0] == name && pair[1].starts_with(char::is_uppercase))
}

fn sip_stack_in_sip(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in tree.members().filter(|package| package.name != "sip") {
        if package.deps.iter().any(|dep| dep.name == STACK) {
            findings.push(Finding::of(&manifest_of(package), format!("{} must not depend on {STACK}", package.name)));
        }
    }
    for (path, source) in
        tree.sources().filter(|(path, _)| path.starts_with("crates/") && crate_of(path) != Some("sip"))
    {
        for (line, _) in source.identifiers().filter(|(_, word)| *word == STACK) {
            findings.push(Finding::at(path, line, format!("{STACK} is known to crates/sip alone")));
        }
    }
    findings
}
