//! Where a number is from.

use numbering::Locations;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a number is from: the place its range was given to, which is not where its owner is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NumberLocation {
    /// ISO 3166 alpha-2 of the country.
    pub country_code: String,
    /// In Chinese: `广东深圳`, `英国`.
    pub zh: String,
    /// In English: `Shenzhen, Guangdong`, `United Kingdom`.
    pub en: String,
    /// In Chinese, to which carrier the range of a mobile number was given; a number that was ported has another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_zh: Option<String>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_en: Option<String>,
    /// The date of the data, `YYYY-MM-DD`.
    pub dated: String,
}

impl NumberLocation {
    /// Of a number in E.164.
    pub fn of(locations: &Locations, e164: &str) -> Option<NumberLocation> {
        let location = locations.locate(e164)?;
        Some(NumberLocation {
            country_code: location.country_code.to_owned(),
            zh: location.zh(),
            en: location.en(),
            carrier_zh: location.carrier.map(|carrier| carrier.zh.to_owned()),
            carrier_en: location.carrier.map(|carrier| carrier.en.to_owned()),
            dated: locations.dated(),
        })
    }
}
