//! The one spelling of callers and of lists of numbers: that of customers' numbers, and two more rules: one for short numbers, because carriers
//! present `95588` also as `095588` and `+8695588`, and one for mobiles of China the library does not know yet.

use domain::screening::PREFIX_DIGITS_MIN;
use phonenumber::country;
use phonenumber::metadata::DATABASE;

use crate::numbers::{MOBILE_DIGITS_CN, ascii_digit_or_plus, normalise};

/// Longest beginning looked at.
const LENGTH_MAX: usize = 32;

/// Digits of a number without a code of country or town: services and what is dialled within a town.
const SHORT_DIGITS_MAX: usize = 9;

/// Beginnings that stand in international form although nobody writes a code of country or town before them: those of China's mobiles, and of
/// numbers whose price the company pays or shares.
const WHOLE_CN: [&str; 11] = ["13", "14", "15", "16", "17", "18", "19", "400", "800", "950", "1010"];

/// A number as lists hold it; `None` when it has no digit.
pub(crate) fn listed(number: &str, region: &str) -> Option<String> {
    let spelled = normalise(number, region)?;
    let spelled = if region == "CN" { mobile_cn(&spelled).unwrap_or(spelled) } else { spelled };
    let home = code_of(region);
    let national = match (&home, spelled.strip_prefix('+')) {
        (_, None) => Some(spelled.as_str()),
        (Some(home), Some(digits)) => digits.strip_prefix(home.as_str()),
        (None, Some(_)) => None,
    };
    // A number that is valid in its country keeps the code.
    let short = national.map(|digits| digits.trim_start_matches('0')).filter(|digits| {
        let is_short = (1..=SHORT_DIGITS_MAX).contains(&digits.len());
        is_short && (!spelled.starts_with('+') || !is_valid(&spelled))
    });
    Some(short.map_or_else(|| spelled.clone(), str::to_owned))
}

/// A mobile of China by its shape alone: beginnings are given out sooner than the library learns of them. `None` when it is none.
fn mobile_cn(spelled: &str) -> Option<String> {
    let digits = spelled.trim_start_matches('+');
    let is_home = digits.len() == spelled.len() || digits.starts_with("86") || digits.starts_with('0');
    if !is_home || (digits.starts_with("00") && !digits.starts_with("0086")) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let national = digits.strip_prefix("86").unwrap_or(digits).trim_start_matches('0');
    let begins_well = matches!(national.as_bytes(), [b'1', b'3'..=b'9', ..]);
    (begins_well && national.len() == MOBILE_DIGITS_CN).then(|| format!("+86{national}"))
}

/// The spellings a beginning stands for; `None` when it cannot be read, or is so short that it would stand for half a country.
pub(crate) fn beginnings(prefix: &str, region: &str) -> Option<Vec<String>> {
    let mut text = String::new();
    for c in prefix.trim().chars().take(LENGTH_MAX) {
        match ascii_digit_or_plus(c) {
            Some('+') if !text.is_empty() => return None,
            Some(c) => text.push(c),
            None if c.is_alphabetic() => return None,
            None => {}
        }
    }
    let home = code_of(region);
    if let Some(abroad) = text.strip_prefix('+').or_else(|| text.strip_prefix("00")) {
        return international(home.as_deref(), abroad).map(|one| vec![one]);
    }
    if let (Some(national), Some(home)) = (text.strip_prefix('0'), home.as_deref()) {
        return international(Some(home), &format!("{home}{national}")).map(|one| vec![one]);
    }
    if text.len() < PREFIX_DIGITS_MIN {
        return None;
    }
    Some(as_typed(text, home.as_deref(), region == "CN"))
}

/// Without a code before it: for itself, and for the whole numbers that begin like it.
fn as_typed(text: String, home: Option<&str>, is_china: bool) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(home) = home {
        if !is_china || WHOLE_CN.iter().any(|whole| text.starts_with(whole)) {
            found.push(format!("+{home}{text}"));
        } else if let Some(whole) = WHOLE_CN.iter().find(|whole| whole.starts_with(text.as_str())) {
            // Of the numbers behind a shorter beginning some are whole: `95` is that of 95588 and of 950….
            found.push(format!("+{home}{whole}"));
        }
        // The code of the country without its plus.
        if text.strip_prefix(home).is_some_and(|rest| rest.len() >= PREFIX_DIGITS_MIN && !rest.starts_with('0')) {
            found.push(format!("+{text}"));
        }
    }
    found.push(text);
    found
}

fn international(home: Option<&str>, digits: &str) -> Option<String> {
    let (code, rest) = match home.and_then(|home| digits.strip_prefix(home).map(|rest| (home, rest))) {
        Some((home, rest)) => (home, rest.trim_start_matches('0')),
        None => ("", digits),
    };
    (rest.len() >= PREFIX_DIGITS_MIN).then(|| format!("+{code}{rest}"))
}

fn is_valid(international: &str) -> bool {
    phonenumber::parse(None, international).is_ok_and(|number| phonenumber::is_valid(&number))
}

/// The calling code of a region.
fn code_of(region: &str) -> Option<String> {
    let region: country::Id = region.parse().ok()?;
    DATABASE.by_id(region.as_ref()).map(|plan| plan.country_code().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_a_carrier_may_present_is_one() {
        let rows: [(&str, &[&str]); 10] = [
            (
                "+8613800138000",
                &[
                    "13800138000",
                    "013800138000",
                    "+8613800138000",
                    "8613800138000",
                    "008613800138000",
                    "+008613800138000",
                    "+86 138-0013-8000",
                ],
            ),
            (
                "+862161234567",
                &["02161234567", "+862161234567", "862161234567", "+86 (0)21 6123 4567", "0086 21 61234567"],
            ),
            ("+8614912345678", &["14912345678", "014912345678", "8614912345678", "+8614912345678", "008614912345678"]),
            ("+864008001234", &["4008001234", "+864008001234", "400-800-1234"]),
            ("95588", &["95588", "095588", "+8695588"]),
            ("110", &["110", "0110", "+86110"]),
            ("+442079460958", &["+44 20 7946 0958", "00442079460958"]),
            // Of America, though its digits look like a mobile.
            ("+13801234567", &["+13801234567"]),
            ("0013801234567", &["0013801234567"]),
            ("61234567", &["61234567", "6123 4567"]),
        ];
        for (one, spellings) in rows {
            for spelling in spellings {
                assert_eq!(listed(spelling, "CN").as_deref(), Some(one), "{spelling}");
            }
        }
        for nobody in ["", "anonymous", "+"] {
            assert_eq!(listed(nobody, "CN"), None, "{nobody}");
        }
    }

    #[test]
    fn a_beginning_stands_for_every_spelling_of_the_numbers_behind_it() {
        let rows: [(&str, Option<&[&str]>); 24] = [
            ("138", Some(&["+86138", "138"])),
            ("0138", Some(&["+86138"])),
            ("+86 138", Some(&["+86138"])),
            ("0086138", Some(&["+86138"])),
            ("86138", Some(&["+86138", "86138"])),
            ("021", Some(&["+8621"])),
            ("+86 (0)21", Some(&["+8621"])),
            ("400", Some(&["+86400", "400"])),
            ("40", Some(&["+86400", "40"])),
            ("80", Some(&["+86800", "80"])),
            ("95", Some(&["+86950", "95"])),
            ("950", Some(&["+86950", "950"])),
            ("95013", Some(&["+8695013", "95013"])),
            ("955", Some(&["955"])),
            ("10", Some(&["+861010", "10"])),
            ("1010", Some(&["+861010", "1010"])),
            ("+44 20", Some(&["+4420"])),
            ("00852", Some(&["+852"])),
            // These would keep half a country out, or all of it, or are no beginnings.
            ("+", None),
            ("+86", None),
            ("0", None),
            ("01", None),
            ("1", None),
            ("13x", None),
        ];
        for (typed, spellings) in rows {
            let found = beginnings(typed, "CN");
            assert_eq!(
                found.as_deref(),
                spellings.map(|all| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()).as_deref(),
                "{typed}"
            );
        }
    }

    #[test]
    fn numbers_begin_with_their_beginnings() {
        for (number, prefix) in [
            ("013800138000", "138"),
            ("+8613800138000", "0138"),
            ("8613800138000", "86138"),
            ("095588", "955"),
            ("02161234567", "021"),
            ("4008001234", "400"),
            ("4008001234", "40"),
            ("8008100001", "80"),
            ("9501312345", "95"),
            ("9501312345", "950"),
            ("9501312345", "95013"),
            ("10101234", "1010"),
            ("14912345678", "149"),
        ] {
            let number = listed(number, "CN").unwrap();
            assert!(
                beginnings(prefix, "CN").unwrap().iter().any(|one| number.starts_with(one.as_str())),
                "{number} {prefix}"
            );
        }
    }
}
