//! `callisto numbers`: makes a file of number ranges, and looks into one.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Subcommand;
use numbering::{Locations, Sources, Text, Translated};

/// What to do with number ranges.
#[derive(Subcommand)]
pub enum NumbersCommand {
    /// Make a file from the texts of libphonenumber.
    Build {
        /// A directory with `geocoding/zh/86.txt` and its neighbours: `resources` of libphonenumber, or what export.py wrote.
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        /// What the data is called, with its version: `libphonenumber 9.0.43`.
        #[arg(long, value_name = "TEXT")]
        source: String,
        /// The date of that version, YYYY-MM-DD.
        #[arg(long, value_name = "DATE")]
        dated: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Say where numbers are from, and how old the data is.
    Locate {
        /// The file; the one inside the program if not given.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Numbers such as +8613800138000.
        numbers: Vec<String>,
    },
}

/// Does it.
pub fn run(command: NumbersCommand) -> anyhow::Result<()> {
    match command {
        NumbersCommand::Build { from, source, dated, to } => make(&from, source, &dated, &to),
        NumbersCommand::Locate { file, numbers } => {
            let locations = match file {
                Some(file) => open(&file)?,
                None => numbering::built_in().clone(),
            };
            super::say(&about(&locations));
            for number in &numbers {
                super::say(&format!("{number}  {}", told(&locations, number)));
            }
            Ok(())
        }
    }
}

/// Opens a file of number ranges.
///
/// # Errors
/// When it cannot be read or used.
pub fn open(path: &Path) -> anyhow::Result<Locations> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Locations::open(bytes.into()).with_context(|| format!("{} cannot be used", path.display()))
}

/// Source, date and size in one line.
pub fn about(locations: &Locations) -> String {
    format!("{} of {}, {} ranges", locations.source(), locations.dated(), locations.ranges())
}

fn told(locations: &Locations, number: &str) -> String {
    let Some(location) = locations.locate(number) else { return "unknown".to_owned() };
    let carrier = location.carrier.map(|carrier| format!(" · {} {}", carrier.zh, carrier.en)).unwrap_or_default();
    format!("{} {}{carrier}", location.zh(), location.en())
}

fn make(from: &Path, source: String, dated: &str, to: &Path) -> anyhow::Result<()> {
    let own = from.join("countries.txt");
    let countries = match std::fs::read_to_string(&own) {
        Ok(text) => Text { name: own.display().to_string(), text },
        // libphonenumber itself has none.
        Err(_) => {
            Text { name: "the list of countries in the program".to_owned(), text: numbering::COUNTRIES.to_owned() }
        }
    };
    let places = translated(&from.join("geocoding"))?;
    let carriers = translated(&from.join("carrier"))?;
    let sources = Sources { source, dated: date(dated)?, countries, places, carriers };
    let bytes = numbering::build(&sources)?;
    let locations = Locations::open(bytes.clone().into()).context("what was made cannot be read back")?;
    std::fs::write(to, &bytes).with_context(|| format!("{} cannot be written", to.display()))?;
    super::say(&format!("{}: {}, {} bytes", to.display(), about(&locations), bytes.len()));
    Ok(())
}

/// The texts that are there in both languages.
fn translated(folder: &Path) -> anyhow::Result<Vec<Translated>> {
    let (chinese, english) = (folder.join("zh"), folder.join("en"));
    let listed = std::fs::read_dir(&chinese).with_context(|| format!("{} cannot be read", chinese.display()))?;
    let mut names: Vec<_> = listed.filter_map(|entry| entry.ok().map(|entry| entry.file_name())).collect();
    names.sort();
    let mut found = Vec::new();
    for name in names.iter().filter(|name| english.join(name).is_file()) {
        found.push(Translated { zh: text(&chinese.join(name))?, en: text(&english.join(name))? });
    }
    ensure!(!found.is_empty(), "{} holds no text in both languages", folder.display());
    Ok(found)
}

fn text(path: &Path) -> anyhow::Result<Text> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(Text { name: path.display().to_string(), text })
}

/// `2026-11-06` as the number 20261106.
fn date(text: &str) -> anyhow::Result<u32> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
            Ok(format!("{year}{month}{day}").parse()?)
        }
        _ => bail!("{text:?} is no date of the form YYYY-MM-DD"),
    }
}
