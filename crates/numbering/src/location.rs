//! What is known of a number.

/// A word in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// In Chinese.
    pub zh: &'a str,
    /// In English.
    pub en: &'a str,
}

/// Where a number is from. It says nothing of where its owner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// ISO 3166 alpha-2 of the country.
    pub country_code: &'a str,
    /// The country.
    pub country: Name<'a>,
    /// Province, autonomous region or municipality; of Chinese numbers only.
    pub province: Option<Name<'a>>,
    /// City or area; several share an area code now and then.
    pub city: Option<Name<'a>>,
    /// To which carrier the range of a mobile number was given. A number that was ported has another.
    pub carrier: Option<Name<'a>>,
}

impl Location<'_> {
    /// `广东深圳`, `北京`, `台湾地区台北`, `英国`.
    pub fn zh(&self) -> String {
        let places = [self.country_outside(), self.province, self.city];
        places.iter().flatten().map(|name| name.zh).collect()
    }

    /// `Shenzhen, Guangdong`, `Beijing`, `Taipei, Taiwan`, `United Kingdom`.
    pub fn en(&self) -> String {
        let places = [self.city, self.province, self.country_outside()];
        let words: Vec<&str> = places.iter().flatten().map(|name| name.en).collect();
        words.join(", ")
    }

    /// The country, unless the place stands for it: people in China do not say that Shenzhen is in China.
    fn country_outside(&self) -> Option<Name<'_>> {
        (self.province.is_none()).then_some(self.country)
    }
}
