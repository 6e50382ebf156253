//! Rust, read just well enough: code apart from comments and strings, tests apart from the rest.

/// One Rust file.
pub struct Source {
    /// The text with comments and the contents of strings blanked; lines as in the file.
    pub code: String,
    /// Contents of string literals with their lines.
    pub strings: Vec<(usize, String)>,
    /// Modules declared `#[cfg(test)] mod name;`.
    pub test_modules: Vec<String>,
    /// The whole file is a test.
    pub is_test_file: bool,
    test_lines: Vec<(usize, usize)>,
}

impl Source {
    /// Reads a file.
    pub fn read(path: &str, text: &str) -> Source {
        let (code, strings) = split(text);
        let (test_lines, test_modules) = test_regions(&code);
        let is_test_file = path.contains("/tests/") || path.contains("/benches/") || path.ends_with("/tests.rs");
        Source { code, strings, test_modules, is_test_file, test_lines }
    }

    /// Whether a line, from 1, is only compiled for tests.
    pub fn is_test(&self, line: usize) -> bool {
        self.is_test_file || self.test_lines.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    /// Lines of code, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Every identifier with its line.
    pub fn identifiers(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().flat_map(|(number, line)| words(line).map(move |word| (number, word)))
    }

    /// Every path, such as `std::env::var`, with its line; `use a::{b, c::d}` is written out.
    pub fn paths(&self) -> Vec<(usize, String)> {
        let mut reader = PathReader::default();
        for (number, line) in self.lines() {
            reader.read_line(number, line);
        }
        reader.finish_path();
        reader.found
    }

    /// String literals outside tests.
    pub fn product_strings(&self) -> impl Iterator<Item = (usize, &str)> {
        self.strings.iter().filter(|(line, _)| !self.is_test(*line)).map(|(line, text)| (*line, text.as_str()))
    }

    /// Paths outside tests.
    pub fn product_paths(&self) -> Vec<(usize, String)> {
        self.paths().into_iter().filter(|(line, _)| !self.is_test(*line)).collect()
    }
}

/// The identifiers of a line.
pub fn words(line: &str) -> impl Iterator<Item = &str> {
    let boundary = |c: char| !(c.is_alphanumeric() || c == '_');
    line.split(boundary).filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

/// The words an identifier is made of, in lower case: `AgentDeviceLost` → agent, device, lost.
pub fn parts(identifier: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut was_lower = false;
    for c in identifier.chars() {
        if c == '_' || (c.is_uppercase() && was_lower) {
            parts.push(String::new());
        }
        if c != '_'
            && let Some(last) = parts.last_mut()
        {
            last.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase() || c.is_ascii_digit();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[derive(Default)]
struct PathReader {
    found: Vec<(usize, String)>,
    /// One entry an open brace: the path before it, or nothing for a brace that only opens a block.
    braces: Vec<Option<String>>,
    path: String,
    line: usize,
    after_colons: bool,
}

impl PathReader {
    fn read_line(&mut self, number: usize, line: &str) {
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let word_end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            if word_end > 0 {
                self.word(number, &rest[..word_end]);
                rest = &rest[word_end..];
            } else if let Some(after) = rest.strip_prefix("::") {
                self.after_colons = true;
                rest = after;
            } else {
                self.sign(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        // A path may go on in the next line only after `::`.
        if !self.after_colons {
            self.finish_path();
        }
    }

    fn word(&mut self, number: usize, word: &str) {
        if self.path.is_empty() || !self.after_colons {
            self.finish_path();
            let prefix = self.braces.last().cloned().flatten();
            self.path = prefix.map_or_else(|| word.to_owned(), |prefix| format!("{prefix}::{word}"));
            self.line = number;
        } else {
            self.path = format!("{}::{word}", self.path);
        }
        self.after_colons = false;
    }

    fn sign(&mut self, c: char) {
        match c {
            '{' => {
                let prefix = (self.after_colons && !self.path.is_empty()).then(|| std::mem::take(&mut self.path));
                self.finish_path();
                self.braces.push(prefix);
            }
            '}' => {
                self.finish_path();
                self.braces.pop();
            }
            ' ' | '\t' if self.after_colons => return,
            _ => self.finish_path(),
        }
        self.after_colons = false;
    }

    fn finish_path(&mut self) {
        let path = std::mem::take(&mut self.path);
        if path.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.found.push((self.line, path));
        }
    }
}

/// Code with comments and contents of strings blanked, and the strings.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let mut splitter = Splitter { rest: text, line: 1, code: String::with_capacity(text.len()), strings: Vec::new() };
    while !splitter.rest.is_empty() {
        splitter.step();
    }
    (splitter.code, splitter.strings)
}

struct Splitter<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    strings: Vec<(usize, String)>,
}

impl Splitter<'_> {
    fn step(&mut self) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(block_comment(rest));
        } else if let Some((open, hashes)) = raw_string(rest).filter(|_| !self.after_word()) {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = rest[open..].find(&close).unwrap_or(rest.len() - open);
            self.string(open, body, close.len());
        } else if let Some(after) = rest.strip_prefix('"') {
            self.string(1, quoted_length(after, '"'), 1);
        } else if let Some(after) = rest.strip_prefix('\'').filter(|_| is_character(rest)) {
            let body = quoted_length(after, '\'');
            self.keep(1);
            self.blank(body);
            self.keep(1);
        } else {
            self.keep(rest.chars().next().map_or(0, char::len_utf8));
        }
    }

    fn after_word(&self) -> bool {
        self.code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    fn string(&mut self, open: usize, body: usize, close: usize) {
        self.strings.push((self.line, self.rest[open..open + body].to_owned()));
        self.keep(open);
        self.blank(body);
        self.keep(close.min(self.rest.len()));
    }

    fn keep(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.code.push_str(taken);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.code.extend(taken.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        self.rest = rest;
    }
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Length of the opening of a raw string and its number of hashes.
fn raw_string(text: &str) -> Option<(usize, usize)> {
    let prefix = ["br", "cr", "r"].into_iter().find(|prefix| text.starts_with(prefix))?;
    let after = &text[prefix.len()..];
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some((prefix.len() + hashes + 1, hashes))
}

/// Bytes up to the closing quote, escapes skipped.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            return at;
        }
    }
    text.len()
}

/// Whether a quote opens a character and not a lifetime.
fn is_character(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) => true,
        (Some(_), Some(second)) => second == '\'',
        (_, None) | (None, _) => false,
    }
}

/// Line ranges under `#[cfg(test)]`, and modules in files of their own.
fn test_regions(code: &str) -> (Vec<(usize, usize)>, Vec<String>) {
    let (mut lines, mut modules) = (Vec::new(), Vec::new());
    for (at, mark) in code.match_indices("#[cfg(test)]") {
        let after = &code[at + mark.len()..];
        let Some(end) = after.find(['{', ';']) else { continue };
        let head = &after[..end];
        if after[end..].starts_with(';') {
            let mut words = words(head).skip_while(|word| *word != "mod").skip(1);
            modules.extend(words.next().map(str::to_owned));
            continue;
        }
        let first = code[..at].matches('\n').count() + 1;
        let length = end + block_length(&after[end..]);
        lines.push((first, first + after[..length].matches('\n').count()));
    }
    (lines, modules)
}

/// Bytes of a block from its opening brace to its closing one.
fn block_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Source {
        Source::read("crates/x/src/lib.rs", text)
    }

    #[test]
    fn comments_and_strings_are_not_code() {
        let source = read(
            "let a = \"tokio \\\" x\"; // axum\n/* sqlx /* deep */ */ let b = r#\"se\"rde\"#; let c = '\"'; fn f<'a>() {}",
        );
        assert!(!source.code.contains("tokio") && !source.code.contains("axum") && !source.code.contains("sqlx"));
        assert_eq!(source.strings, [(1, "tokio \\\" x".to_owned()), (2, "se\"rde".to_owned())]);
        assert!(source.code.contains("fn f<'a>() {}"));
    }

    #[test]
    fn use_trees_are_written_out() {
        let source =
            read("use std::{env, net::{TcpStream, UdpSocket}};\nfn f() { std::fs::read(x); let y = S { a }; }");
        let paths: Vec<String> = source.paths().into_iter().map(|(_, path)| path).collect();
        for path in ["std::env", "std::net::TcpStream", "std::net::UdpSocket", "std::fs::read", "a"] {
            assert!(paths.contains(&path.to_owned()), "{path} is not in {paths:?}");
        }
    }

    #[test]
    fn tests_are_told_from_the_rest() {
        let source = read("fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { }\n}\nfn c() {}\n#[cfg(test)]\nmod far;\n");
        assert!(!source.is_test(1) && source.is_test(4) && !source.is_test(6));
        assert_eq!(source.test_modules, ["far"]);
    }

    #[test]
    fn identifiers_fall_into_words() {
        assert_eq!(parts("AgentDeviceLost"), ["agent", "device", "lost"]);
        assert_eq!(parts("user_agent"), ["user", "agent"]);
        assert_eq!(parts("SIP_PORT"), ["sip", "port"]);
    }
}
