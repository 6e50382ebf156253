//! Makes a file of number ranges from texts as libphonenumber keeps them.

use std::collections::{BTreeMap, HashMap};

use crate::chinese;
use crate::file::{HEADER_LEN, KEY_DIGITS, KEY_END, MAGIC, NAME_LEN, NO_PARENT, SUMMED_FROM, VERSION, key_of, sum};

/// A text and what to call it in errors.
#[derive(Clone, Debug)]
pub struct Text {
    /// The name of its file.
    pub name: String,
    /// Lines `prefix|text`; empty ones and those that begin with `#` are skipped.
    pub text: String,
}

/// The same ranges in both languages. What has a name in one only is left out.
#[derive(Clone, Debug)]
pub struct Translated {
    /// Chinese.
    pub zh: Text,
    /// English.
    pub en: Text,
}

/// What a file is made from.
#[derive(Clone, Debug)]
pub struct Sources {
    /// What it is called, with its version.
    pub source: String,
    /// Its date, as the number `yyyymmdd`.
    pub dated: u32,
    /// Lines `prefix|region|Chinese|English`.
    pub countries: Text,
    /// Places by prefix; those of `86` are split into province and city.
    pub places: Vec<Translated>,
    /// Carriers by prefix.
    pub carriers: Vec<Translated>,
}

/// Why no file can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A line makes no sense.
    #[error("{file}, line {line}: {fault}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        fault: &'static str,
    },
    /// There is nothing to make one from.
    #[error("the source holds no {0}")]
    Nothing(&'static str),
    /// More than the format can hold.
    #[error("there are more {0} than the file can hold")]
    TooMany(&'static str),
}

/// The bytes of a file that [`Locations::open`](crate::Locations::open) takes.
///
/// # Errors
/// With the file and the line that cannot be read.
pub fn build(sources: &Sources) -> Result<Vec<u8>, BuildError> {
    let mut names = Names::default();
    let mut countries = Ranges::default();
    for (line, fields) in lines(&sources.countries) {
        let [prefix, region, zh, en] = fields.as_slice() else {
            return Err(fault(&sources.countries, line, "must be prefix|region|Chinese|English"));
        };
        let code: [u8; 2] =
            region.as_bytes().try_into().map_err(|_| fault(&sources.countries, line, "a region has two letters"))?;
        let named = names.add(code, None, zh, en)?;
        countries.insert(&sources.countries, line, prefix, named)?;
    }
    let places = ranges(&sources.places, |prefix, zh, en| {
        let place = if is_chinese(prefix) { chinese::split(zh, en) } else { outside(zh, en) };
        let province = place.province.map(|(zh, en)| names.add(*b"P ", None, &zh, &en)).transpose()?;
        let city = place.city.map(|(zh, en)| names.add(*b"C ", province, &zh, &en)).transpose()?;
        city.or(province).ok_or(BuildError::Nothing("name in a line"))
    })?;
    let carriers = ranges(&sources.carriers, |_, zh, en| names.add(*b"K ", None, zh, en))?;
    for (table, word) in [(&countries, "countries"), (&places, "places"), (&carriers, "carriers")] {
        if table.0.is_empty() {
            return Err(BuildError::Nothing(word));
        }
    }
    write(sources, &names, [countries.flat(), places.flat(), carriers.flat()])
}

fn is_chinese(prefix: &str) -> bool {
    prefix.starts_with("86") && !prefix.starts_with("886")
}

fn outside(zh: &str, en: &str) -> chinese::Place {
    chinese::Place { province: None, city: Some((zh.to_owned(), en.to_owned())) }
}

/// The lines that say something, numbered from 1 and cut at the bars.
fn lines(text: &Text) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let numbered = text.text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let said = numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    said.map(|(number, line)| (number, line.split('|').map(str::trim).collect()))
}

fn fault(text: &Text, line: usize, fault: &'static str) -> BuildError {
    BuildError::Line { file: text.name.clone(), line, fault }
}

fn pair<'a>(text: &Text, line: usize, fields: &[&'a str]) -> Result<(&'a str, &'a str), BuildError> {
    match fields {
        [prefix, name] if !name.is_empty() => Ok((prefix, name)),
        _ => Err(fault(text, line, "must be prefix|text")),
    }
}

fn ranges(
    texts: &[Translated],
    mut name: impl FnMut(&str, &str, &str) -> Result<u16, BuildError>,
) -> Result<Ranges, BuildError> {
    let mut ranges = Ranges::default();
    for Translated { zh, en } in texts {
        let mut english = HashMap::new();
        for (line, fields) in lines(en) {
            let (prefix, text) = pair(en, line, &fields)?;
            english.insert(prefix, text);
        }
        for (line, fields) in lines(zh) {
            let (prefix, text) = pair(zh, line, &fields)?;
            if let Some(english) = english.get(prefix) {
                let named = name(prefix, text, english)?;
                ranges.insert(zh, line, prefix, named)?;
            }
        }
    }
    Ok(ranges)
}

/// Names, each kept once.
#[derive(Default)]
struct Names {
    known: HashMap<([u8; 2], Option<u16>, String, String), u16>,
    records: Vec<u8>,
    texts: Vec<u8>,
    text_places: HashMap<String, u32>,
}

impl Names {
    fn add(&mut self, code: [u8; 2], parent: Option<u16>, zh: &str, en: &str) -> Result<u16, BuildError> {
        if zh.is_empty() || en.is_empty() {
            return Err(BuildError::Nothing("text in a name"));
        }
        let key = (code, parent, zh.to_owned(), en.to_owned());
        if let Some(index) = self.known.get(&key) {
            return Ok(*index);
        }
        let index = u16::try_from(self.known.len()).ok().filter(|index| *index < NO_PARENT - 1);
        let index = index.ok_or(BuildError::TooMany("names"))?;
        self.records.extend(code);
        self.records.extend(parent.unwrap_or(NO_PARENT).to_le_bytes());
        for text in [zh, en] {
            let length = u16::try_from(text.len()).map_err(|_| BuildError::TooMany("letters in a name"))?;
            let at = self.text(text)?;
            self.records.extend(at.to_le_bytes());
            self.records.extend(length.to_le_bytes());
        }
        self.known.insert(key, index);
        Ok(index)
    }

    /// Where a text stands among the texts, the name of the source not counted.
    fn text(&mut self, text: &str) -> Result<u32, BuildError> {
        if let Some(at) = self.text_places.get(text) {
            return Ok(*at);
        }
        let at = u32::try_from(self.texts.len()).map_err(|_| BuildError::TooMany("texts"))?;
        self.texts.extend(text.as_bytes());
        self.text_places.insert(text.to_owned(), at);
        Ok(at)
    }
}

/// Names by prefix: by the first key and the length, so that what lies inside another comes after it.
#[derive(Default)]
struct Ranges(BTreeMap<(u32, usize), u16>);

impl Ranges {
    fn insert(&mut self, text: &Text, line: usize, prefix: &str, name: u16) -> Result<(), BuildError> {
        let is_prefix = (1..=KEY_DIGITS).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_digit());
        if !is_prefix || prefix.starts_with('0') {
            return Err(fault(text, line, "a prefix has one to nine digits and does not begin with 0"));
        }
        self.0.insert((key_of(prefix), prefix.len()), name);
        Ok(())
    }

    /// The same without overlaps: from which key on which name holds, the longest prefix winning; neighbours of one name are one.
    fn flat(&self) -> Vec<(u32, Option<u16>)> {
        let mut flat: Vec<(u32, Option<u16>)> = Vec::new();
        let mut say = |key: u32, name: Option<u16>| {
            if flat.last().is_some_and(|(last, _)| *last == key) {
                flat.pop();
            }
            if flat.last().is_none_or(|(_, last)| *last != name) {
                flat.push((key, name));
            }
        };
        let mut open: Vec<(u32, u16)> = Vec::new();
        let close = |open: &mut Vec<(u32, u16)>, until: u32, say: &mut dyn FnMut(u32, Option<u16>)| {
            while let Some((end, _)) = open.last().copied().filter(|(end, _)| *end <= until) {
                open.pop();
                if end < KEY_END {
                    say(end, open.last().map(|(_, name)| *name));
                }
            }
        };
        for ((key, length), name) in &self.0 {
            close(&mut open, *key, &mut say);
            let width = (*length..KEY_DIGITS).fold(1, |width, _| width * 10);
            open.push((key + width, *name));
            say(*key, Some(*name));
        }
        close(&mut open, KEY_END, &mut say);
        flat
    }
}

fn write(sources: &Sources, names: &Names, tables: [Vec<(u32, Option<u16>)>; 3]) -> Result<Vec<u8>, BuildError> {
    let source_len = u16::try_from(sources.source.len()).map_err(|_| BuildError::TooMany("letters in the source"))?;
    let count = |length: usize, word| u32::try_from(length).map_err(|_| BuildError::TooMany(word));
    let mut body = Vec::new();
    for record in names.records.chunks(NAME_LEN) {
        body.extend(&record[..4]);
        for text in record[4..].chunks(6) {
            // The name of the source stands before all texts.
            let at = u32::from_le_bytes([text[0], text[1], text[2], text[3]]) + u32::from(source_len);
            body.extend(at.to_le_bytes());
            body.extend(&text[4..]);
        }
    }
    for table in &tables {
        body.extend(table.iter().flat_map(|(key, _)| key.to_le_bytes()));
        body.extend(table.iter().flat_map(|(_, name)| name.map_or(0, |name| name + 1).to_le_bytes()));
    }
    body.extend(sources.source.as_bytes());
    body.extend(&names.texts);

    let length = count(HEADER_LEN + body.len(), "bytes")?;
    let mut summed = Vec::with_capacity(body.len() + HEADER_LEN - SUMMED_FROM);
    summed.extend(sources.dated.to_le_bytes());
    for table in &tables {
        summed.extend(count(table.len(), "ranges")?.to_le_bytes());
    }
    summed.extend(count(sources.source.len() + names.texts.len(), "texts")?.to_le_bytes());
    summed.extend(source_len.to_le_bytes());
    summed.extend([0, 0]);
    summed.extend(body);

    let mut file = Vec::with_capacity(length as usize);
    file.extend(MAGIC);
    file.extend(VERSION.to_le_bytes());
    file.extend(u16::try_from(names.known.len()).map_err(|_| BuildError::TooMany("names"))?.to_le_bytes());
    file.extend(length.to_le_bytes());
    file.extend(sum(&summed).to_le_bytes());
    file.extend(summed);
    Ok(file)
}
