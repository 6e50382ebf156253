//! Where a telephone number is from: country, and for Chinese numbers province, city and the carrier its range was given to.
//!
//! Pure: a file of ours is read in place by binary search ([`Locations`]), and made from the texts of libphonenumber
//! (`maker.rs`). It refuses to know where files lie and how a number was typed: numbers come in E.164. Start with [`mod@file`].

mod area;
mod chinese;
pub mod file;
mod location;
mod maker;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub use area::Area;
pub use file::{FileError, Locations};
pub use location::{Location, Name};
pub use maker::{BuildError, Sources, Text, Translated, build};

/// The file that comes inside the program.
pub static BUILT_IN: &[u8] = include_bytes!("../../../assets/numbers/location.dat");

/// The countries of all calling codes, for [`build`]: lines `prefix|region|Chinese|English`.
pub static COUNTRIES: &str = include_str!("../../../assets/numbers/countries.txt");

static PARSED: LazyLock<Locations> = LazyLock::new(|| Locations::open(BUILT_IN.into()).unwrap_or_default());

/// What comes inside the program, read once.
pub fn built_in() -> &'static Locations {
    &PARSED
}
