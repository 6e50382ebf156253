//! The file of number ranges, version 1: read in place, by binary search.
//!
//! All numbers are little-endian.
//!
//! | At | Bytes | What |
//! |---|---|---|
//! | 0 | 8 | `CALNUMBR` |
//! | 8 | 2 | version of the format |
//! | 10 | 2 | names, n |
//! | 12 | 4 | length of the file |
//! | 16 | 8 | FNV-1a of everything from 24 on: finds what was torn or flipped, not what was forged |
//! | 24 | 4 | date of the data, as the number `yyyymmdd` |
//! | 28 | 12 | ranges of countries, places and carriers: c, p, k |
//! | 40 | 4 | bytes of text, t |
//! | 44 | 2 | of which the first are the name of the source |
//! | 46 | 2 | zero |
//! | 48 | 16 n | names: code (2), the name it belongs to (2; 0xFFFF none), Chinese text (at 4, length 2), English text (4, 2) |
//! | | 6 c, 6 p, 6 k | for each table: first keys (4 each, ascending), then names by number (2 each; 0 nothing, else one more than the name) |
//! | | t | text, UTF-8 |
//!
//! A key is the first nine digits of the number without its plus, filled up with zeros; a range reaches to the next. The code
//! of a name is the ISO 3166 code of a country, `P ` for a province, `C ` for a city, `K ` for a carrier.

use std::borrow::Cow;

use crate::location::{Location, Name};

pub(crate) const MAGIC: &[u8; 8] = b"CALNUMBR";
pub(crate) const VERSION: u16 = 1;
pub(crate) const HEADER_LEN: usize = 48;
/// From here on the check sum holds.
pub(crate) const SUMMED_FROM: usize = 24;
pub(crate) const NAME_LEN: usize = 16;
pub(crate) const NO_PARENT: u16 = u16::MAX;
/// Digits of a key: a Chinese mobile number is told by its first nine, `86` included.
pub(crate) const KEY_DIGITS: usize = 9;
/// No key reaches this.
pub(crate) const KEY_END: u32 = 1_000_000_000;
/// Thirty times what we ship: anything larger is something else.
const LENGTH_MAX: usize = 16 * 1024 * 1024;
/// E.164 §6: at most 15 digits. Fewer than seven are no number anywhere.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It does not begin like one.
    #[error("this is no file of number ranges")]
    NotOne,
    /// It is of another version of the format.
    #[error("the file has version {0} of the format; this program reads version 1")]
    Version(u16),
    /// It is shorter or longer than it says.
    #[error("the file has {found} bytes and says {said}: it was cut or is too large")]
    Length {
        /// What it says.
        said: usize,
        /// What it has.
        found: usize,
    },
    /// Bytes in it changed.
    #[error("the check sum of the file is wrong: it was damaged")]
    Sum,
    /// What it holds makes no sense.
    #[error("the file is no good: {0}")]
    Content(&'static str),
}

/// An open file of number ranges.
#[derive(Clone, Default)]
pub struct Locations {
    bytes: Cow<'static, [u8]>,
    names: usize,
    countries: Table,
    places: Table,
    carriers: Table,
    texts: usize,
    source_len: usize,
    dated: u32,
}

impl std::fmt::Debug for Locations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Locations({} of {}, {} ranges)", self.source(), self.dated(), self.ranges())
    }
}

/// Where a table stands.
#[derive(Clone, Copy, Debug, Default)]
struct Table {
    keys: usize,
    values: usize,
    count: usize,
}

impl Locations {
    /// Checks a file and keeps it.
    ///
    /// # Errors
    /// When any part of it cannot be used. Nothing found later can fail.
    pub fn open(bytes: Cow<'static, [u8]>) -> Result<Locations, FileError> {
        if bytes.get(..8) != Some(MAGIC.as_slice()) || bytes.len() < HEADER_LEN {
            return Err(FileError::NotOne);
        }
        let (version, said) = (u16_at(&bytes, 8), u32_at(&bytes, 12) as usize);
        if version != VERSION {
            return Err(FileError::Version(version));
        }
        if said != bytes.len() || said > LENGTH_MAX {
            return Err(FileError::Length { said, found: bytes.len() });
        }
        if sum(&bytes[SUMMED_FROM..]).to_le_bytes() != bytes[16..24] {
            return Err(FileError::Sum);
        }
        let locations = Locations::laid_out(bytes)?;
        locations.check()?;
        Ok(locations)
    }

    fn laid_out(bytes: Cow<'static, [u8]>) -> Result<Locations, FileError> {
        let names = usize::from(u16_at(&bytes, 10));
        let counts = [28, 32, 36].map(|at| u32_at(&bytes, at) as usize);
        let texts_len = u32_at(&bytes, 40) as usize;
        let mut at = HEADER_LEN + names * NAME_LEN;
        // No count is more than 2^32, so that nothing here can overflow 64 bits.
        let tables = counts.map(|count| {
            let table = Table { keys: at, values: at.saturating_add(4 * count), count };
            at = at.saturating_add(6 * count);
            table
        });
        if at.saturating_add(texts_len) != bytes.len() {
            return Err(FileError::Content("its parts do not add up to its length"));
        }
        let [countries, places, carriers] = tables;
        let (source_len, dated) = (usize::from(u16_at(&bytes, 44)), u32_at(&bytes, 24));
        Ok(Locations { bytes, names, countries, places, carriers, texts: at, source_len, dated })
    }

    fn check(&self) -> Result<(), FileError> {
        let texts = std::str::from_utf8(&self.bytes[self.texts..]);
        let texts = texts.map_err(|_| FileError::Content("a text is not UTF-8"))?;
        if !texts.is_char_boundary(self.source_len) {
            return Err(FileError::Content("the name of the source does not fit"));
        }
        let (month, day) = (self.dated / 100 % 100, self.dated % 100);
        if !(1..=9999).contains(&(self.dated / 10_000)) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(FileError::Content("the date is none"));
        }
        for index in 0..self.names {
            let at = self.name_at(index);
            let fits = |at: usize| {
                let (from, length) = (u32_at(&self.bytes, at) as usize, usize::from(u16_at(&self.bytes, at + 4)));
                texts.get(from..from.saturating_add(length)).is_some_and(|text| !text.is_empty())
            };
            if !fits(at + 4) || !fits(at + 10) {
                return Err(FileError::Content("a name does not fit"));
            }
            let parent = u16_at(&self.bytes, at + 2);
            if parent != NO_PARENT && usize::from(parent) >= index {
                return Err(FileError::Content("a name belongs to one after it"));
            }
            if !self.bytes[at..at + 2].iter().all(|byte| byte.is_ascii_uppercase() || *byte == b' ') {
                return Err(FileError::Content("a code is none"));
            }
        }
        for table in [self.countries, self.places, self.carriers] {
            self.check_table(table)?;
        }
        Ok(())
    }

    fn check_table(&self, table: Table) -> Result<(), FileError> {
        let mut last = None;
        for index in 0..table.count {
            let key = self.key(table, index);
            if key >= KEY_END || last.is_some_and(|last| key <= last) {
                return Err(FileError::Content("ranges are not in order"));
            }
            last = Some(key);
            if usize::from(self.value(table, index)) > self.names {
                return Err(FileError::Content("a range has no name"));
            }
        }
        Ok(())
    }

    /// Where the data is from, such as `libphonenumber 9.0.43`.
    pub fn source(&self) -> &str {
        self.text(0, self.source_len)
    }

    /// The date of the data, `2026-11-06`.
    pub fn dated(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.dated / 10_000, self.dated / 100 % 100, self.dated % 100)
    }

    /// Ranges in all.
    pub fn ranges(&self) -> usize {
        self.countries.count + self.places.count + self.carriers.count
    }

    /// Where a number in E.164 (`+8613800138000`) is from; `None` for anything else, and for codes of no country.
    pub fn locate(&self, number: &str) -> Option<Location<'_>> {
        let digits = number.strip_prefix('+')?;
        if !DIGITS.contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let key = key_of(digits);
        let country = self.find(self.countries, key)?;
        let place = self.find(self.places, key).filter(|_| is_whole(digits));
        let carrier = self.find(self.carriers, key).filter(|_| is_whole(digits)).map(|index| self.name(index));
        Some(Location { carrier, ..self.location(country, place) })
    }

    /// Where each range of countries and of places lies; the same place comes many times.
    pub(crate) fn ranges_of_places(&self) -> impl Iterator<Item = Location<'_>> {
        let named = |table, index| usize::from(self.value(table, index)).checked_sub(1);
        let country = move |index| Some(self.location(named(self.countries, index)?, None));
        let place = move |index| {
            let place = named(self.places, index)?;
            Some(self.location(self.find(self.countries, self.key(self.places, index))?, Some(place)))
        };
        (0..self.countries.count).filter_map(country).chain((0..self.places.count).filter_map(place))
    }

    fn location(&self, country: usize, place: Option<usize>) -> Location<'_> {
        let place_kind = place.map(|place| self.code(place));
        let parent = place.and_then(|place| self.parent(place));
        let (province, city) = if place_kind == Some("P ") { (place, None) } else { (parent, place) };
        Location {
            country_code: self.code(country),
            country: self.name(country),
            province: province.map(|index| self.name(index)),
            city: city.map(|index| self.name(index)),
            carrier: None,
        }
    }

    /// The name of the range `key` is in.
    fn find(&self, table: Table, key: u32) -> Option<usize> {
        let (mut low, mut high) = (0, table.count);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.key(table, middle) <= key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        usize::from(self.value(table, low.checked_sub(1)?)).checked_sub(1)
    }

    fn key(&self, table: Table, index: usize) -> u32 {
        u32_at(&self.bytes, table.keys + 4 * index)
    }

    fn value(&self, table: Table, index: usize) -> u16 {
        u16_at(&self.bytes, table.values + 2 * index)
    }

    fn name_at(&self, index: usize) -> usize {
        HEADER_LEN + index * NAME_LEN
    }

    fn code(&self, index: usize) -> &str {
        let at = self.name_at(index);
        std::str::from_utf8(&self.bytes[at..at + 2]).unwrap_or_default()
    }

    fn parent(&self, index: usize) -> Option<usize> {
        let parent = u16_at(&self.bytes, self.name_at(index) + 2);
        (parent != NO_PARENT).then(|| usize::from(parent))
    }

    fn name(&self, index: usize) -> Name<'_> {
        let at = self.name_at(index);
        let text = |at: usize| self.text(u32_at(&self.bytes, at) as usize, usize::from(u16_at(&self.bytes, at + 4)));
        Name { zh: text(at + 4), en: text(at + 10) }
    }

    fn text(&self, from: usize, length: usize) -> &str {
        let bytes = self.bytes.get(self.texts + from..self.texts + from + length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// The key of a number, or the first key of a prefix.
pub(crate) fn key_of(digits: &str) -> u32 {
    let padded = digits.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0'))).chain(std::iter::repeat(0));
    padded.take(KEY_DIGITS).fold(0, |key, digit| key.wrapping_mul(10).wrapping_add(digit))
}

/// A Chinese mobile number has eleven digits after `86`. Short codes begin alike and are of no city.
fn is_whole(digits: &str) -> bool {
    let Some(national) = digits.strip_prefix("86") else { return true };
    // 10 and what follows is Beijing.
    let is_mobile = national.starts_with('1') && !national.starts_with("10");
    if is_mobile { national.len() == 11 } else { national.len() >= 9 }
}

/// FNV-1a, 64 bits.
pub(crate) fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Zero outside the file; what lies inside was checked by [`Locations::open`].
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
