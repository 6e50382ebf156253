//! What tests do not do.

use super::super::source::{Source, words};
use super::super::{Finding, Rule, Tree};

/// Every test runs.
pub const NO_IGNORED_TESTS: Rule =
    Rule { name: "no-ignored-tests", holds: "no test is ignored, skipped or run alone", check: no_ignored_tests };

/// Tests wait for what they expect.
pub const NO_SLEEPS_IN_TESTS: Rule = Rule {
    name: "no-sleeps-in-tests",
    holds: "no test sleeps; waiting for a condition, or through a window of sound, is written once, in a support directory",
    check: no_sleeps_in_tests,
};

/// Tests run beside each other.
pub const NO_FIXED_PORTS_IN_TESTS: Rule = Rule {
    name: "no-fixed-ports-in-tests",
    holds: "no test listens on a port it chose itself",
    check: no_fixed_ports_in_tests,
};

/// Directory whose helpers may look at the clock, so that tests need not; of the web client only stories are read.
const SUPPORT: &str = "/tests/support/";
/// Words that open a socket.
const OPENERS: [&str; 5] = ["bind", "listen", "connect", "serve", "start"];
/// How addresses of this machine are written.
const HERE: [&str; 4] = ["127.0.0.1", "0.0.0.0", "localhost", "[::1]"];

fn web_tests(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let is_test = |path: &str| [".test.", ".spec.", ".e2e."].iter().any(|mark| path.contains(mark));
    tree.texts().filter(move |(path, _)| path.starts_with("web/") && is_test(path))
}

fn no_ignored_tests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources() {
        for (number, line) in source.lines() {
            if line.trim_start().starts_with("#[ignore") {
                findings.push(Finding::at(path, number, "a test that never runs proves nothing"));
            }
        }
    }
    let marks = [
        "test.skip(",
        "it.skip(",
        "describe.skip(",
        "test.only(",
        "it.only(",
        "describe.only(",
        "test.todo(",
        "it.todo(",
        "test.fixme(",
    ];
    for (path, text) in web_tests(tree) {
        for (index, line) in text.lines().enumerate() {
            if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                findings.push(Finding::at(path, index + 1, format!("{mark}…): every test runs, always")));
            }
        }
    }
    findings
}

fn no_sleeps_in_tests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources().filter(|(path, _)| !path.contains(SUPPORT)) {
        for (line, used) in source.paths().into_iter().filter(|(line, _)| source.is_test(*line)) {
            let last = used.rsplit("::").next().unwrap_or_default();
            if matches!(last, "sleep" | "sleep_until" | "sleep_ms") {
                findings.push(Finding::at(
                    path,
                    line,
                    format!("{used}: wait for what is expected, or move virtual time"),
                ));
            }
        }
    }
    for (path, text) in web_tests(tree) {
        for (index, line) in text.lines().enumerate() {
            if ["waitForTimeout", "setTimeout(", "setInterval(", "timers/promises"]
                .iter()
                .any(|mark| line.contains(mark))
            {
                findings.push(Finding::at(
                    path,
                    index + 1,
                    "waits for time; use a helper of e2e/support or fake timers",
                ));
            }
        }
    }
    findings
}

fn no_fixed_ports_in_tests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.sources() {
        for line in fixed_ports(source) {
            findings.push(Finding::at(path, line, "listen on port 0 and ask which it became"));
        }
    }
    for (path, text) in tree.texts().filter(|(path, _)| path.starts_with("web/e2e/")) {
        for (index, line) in text.lines().enumerate() {
            if HERE.iter().any(|host| has_fixed_port(line, host)) {
                findings.push(Finding::at(path, index + 1, "let the system choose the port"));
            }
        }
    }
    findings
}

fn fixed_ports(source: &Source) -> Vec<usize> {
    let opens = |line: &str| words(line).any(|word| OPENERS.iter().any(|opener| word.starts_with(opener)));
    let mut found = Vec::new();
    for (number, line) in source.lines().filter(|(number, line)| source.is_test(*number) && opens(line)) {
        let texts = source.strings.iter().filter(|(at, _)| *at == number);
        let in_text = texts.clone().any(|(_, text)| HERE.iter().any(|host| has_fixed_port(text, host)));
        let beside = texts.clone().any(|(_, text)| HERE.contains(&text.as_str())) || line.contains("LOCALHOST");
        let number_given = line.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| word.parse::<u16>().ok());
        if in_text || (beside && number_given.into_iter().any(|port| port >= 1024)) {
            found.push(number);
        }
    }
    found
}

fn has_fixed_port(text: &str, host: &str) -> bool {
    text.match_indices(host).any(|(at, _)| {
        let after = text[at + host.len()..].strip_prefix(':').unwrap_or_default();
        after.starts_with(|c: char| ('1'..='9').contains(&c))
    })
}
