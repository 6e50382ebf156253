//! `docs/decisions/README.md`: the index of the decision records, made from their titles.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, bail};

/// Where the index lies.
pub const PATH: &str = "docs/decisions/README.md";
/// Its folder.
const FOLDER: &str = "docs/decisions";
/// What stands above the table.
const PREFACE: &str = "\
# Decisions

A choice that costs something and that somebody will question later has a page here: what the situation was, what was chosen, what it
costs. A page is not rewritten when the choice changes; a later page says that it replaces it.

File names are `NNNN-title.md`. The tens tell the room: 0001 the whole, 0010 engine and routing, 0020 media, 0030 sip, 0040 store,
0050 api, 0060 web client, 0070 tools and documents. This index is written by `cargo xtask generate`.

| Decision | Title |
|---|---|
";

/// The index of the records below `root`.
pub fn index(root: &Path) -> anyhow::Result<String> {
    let mut records = Vec::new();
    for entry in std::fs::read_dir(root.join(FOLDER)).with_context(|| format!("cannot read {FOLDER}"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".md") && name != "README.md" {
            records.push((name, std::fs::read_to_string(&path)?));
        }
    }
    records.sort();
    let mut text = PREFACE.to_owned();
    for (name, record) in &records {
        let (number, title) = title_of(name, record)?;
        writeln!(text, "| [{number}]({name}) | {title} |")?;
    }
    Ok(text)
}

/// Number and title of a record: from `NNNN-…md` and its first heading, with or without the number.
fn title_of<'a>(name: &'a str, record: &'a str) -> anyhow::Result<(&'a str, &'a str)> {
    let number = name.split('-').next().unwrap_or_default();
    if number.len() != 4 || number.parse::<u16>().is_err() {
        bail!("{FOLDER}/{name}: the name begins with four digits");
    }
    let heading = record.lines().find_map(|line| line.strip_prefix("# "));
    let heading = heading.with_context(|| format!("{FOLDER}/{name} has no title"))?;
    let heading = heading.strip_prefix(number).unwrap_or(heading);
    Ok((number, heading.trim_start_matches([' ', ':', '.', '-', '–', '—'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_with_and_without_their_number() {
        assert_eq!(title_of("0041-a.md", "# 0041: One writer\n").unwrap(), ("0041", "One writer"));
        assert_eq!(title_of("0041-a.md", "# One writer\n").unwrap(), ("0041", "One writer"));
        assert!(title_of("notes.md", "# Notes\n").is_err());
        assert!(title_of("0041-a.md", "nothing\n").is_err());
    }
}
