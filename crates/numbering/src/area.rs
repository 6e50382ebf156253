//! The areas numbers are given out to, by name: what a list of numbers can be about.

use std::collections::BTreeMap;

use crate::{Location, Locations};

/// A country or region, one of its provinces, or one of their cities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// What it is compared by: `CN`, `CN/广东`, `CN/广东/深圳`, `TW/台北`. It outlives an exchange of the file as long as the names stay.
    pub path: String,
    /// In Chinese: `广东深圳`.
    pub zh: String,
    /// In English: `Shenzhen, Guangdong`.
    pub en: String,
}

impl Location<'_> {
    /// The path of the closest area that is known: of each that it lies in, the path is a beginning up to a `/`.
    pub fn area(&self) -> String {
        let parts = [Some(self.country_code), self.province.map(|name| name.zh), self.city.map(|name| name.zh)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("/")
    }
}

impl Locations {
    /// Every area that any number is of, ascending by path. Cities that share a code are one area of their own. It goes through the whole
    /// file: a few milliseconds, to be kept by whoever asks often.
    pub fn areas(&self) -> Vec<Area> {
        let mut areas = BTreeMap::new();
        for location in self.ranges_of_places() {
            let province = Location { city: None, carrier: None, ..location };
            let country = Location { province: None, ..province };
            for place in [location, province, country] {
                areas.entry(place.area()).or_insert_with(|| (place.zh(), place.en()));
            }
        }
        areas.into_iter().map(|(path, (zh, en))| Area { path, zh, en }).collect()
    }
}
