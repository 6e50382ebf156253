//! One spelling for every number, so that a rule cannot be walked around by spelling a number differently.
//!
//! ```text
//! 0044 20 …   +44 20 …   9 00 44 20 …        +4420…      abroad
//! 021 6123…   +86 (0)21 6123…   0086 21 …    +862161…    at home
//! 138…        0138…   17951 138…             +86138…     at home, a mobile
//! 86 138…     9 86 21 6123…                  +86138…     at home, without the +
//! 95588       6123 4567                      95588       of the town or a service, as they are
//! 12125551234 44 20 7946…                    none        abroad without the +: too long to be dialled as they are
//! ```
//! What is sent is what was dialled, rewritten for the trunk; this spelling is for judging alone.

use domain::outbound::Home;
use domain::settings::dialled;

/// Digits of a number with its country code (E.164 §6.2.1).
const INTERNATIONAL_DIGITS_MAX: usize = 15;

/// Why a number is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misspelt {
    /// Something else than a number was typed.
    NotANumber,
    /// It holds `*` or `#`: an order to a carrier, such as a diversion, and no number.
    FeatureCode,
    /// No number begins like this: a country code of zero, or a second zero of the town.
    NoSuchNumber,
    /// Longer than numbers are.
    TooLong,
}

/// The one spelling of what was typed.
pub(super) fn canonical(home: &Home, typed: &str) -> Result<String, Misspelt> {
    let number = dialled(typed).ok_or(Misspelt::NotANumber)?;
    if number.contains(['*', '#']) {
        return Err(Misspelt::FeatureCode);
    }
    let (fits, found) = match whole(home, &number) {
        Some(found) => found.map(|found| (found.len() <= INTERNATIONAL_DIGITS_MAX + "+".len(), found))?,
        None => (is_local(home, &number), number),
    };
    if fits { Ok(found) } else { Err(Misspelt::TooLong) }
}

/// Whether these digits can be a number that is dialled as it is.
pub(super) fn is_local(home: &Home, number: &str) -> bool {
    let is_service = || home.services.iter().any(|one| number.len() <= one.digits && number.starts_with(&one.begins));
    number.len() <= home.local_digits || is_service()
}

/// The spellings a beginning stands for; `None` when it cannot be read.
pub fn beginnings(home: &Home, prefix: &str) -> Option<Vec<String>> {
    let cleaned = if prefix.trim() == "+" { "+".to_owned() } else { dialled(prefix)? };
    if cleaned.contains(['*', '#']) {
        return None;
    }
    match whole_or_begun(home, &cleaned) {
        Some(found) => Some(vec![found]),
        None => Some(local_beginnings(home, cleaned)),
    }
}

/// With its country code; `None` for a number that is dialled as it is.
fn whole(home: &Home, number: &str) -> Option<Result<String, Misspelt>> {
    if let Some(abroad) = number.strip_prefix('+').or_else(|| begins(number, &home.international)) {
        return Some(with_country(home, abroad));
    }
    if let Some(town) = begins(number, &home.national) {
        return Some(at_home(home, town));
    }
    if is_mobile(home, number) {
        return Some(at_home(home, number));
    }
    if begins(number, &home.country).is_some() && home.whole_digits.contains(&number.len()) {
        return Some(with_country(home, number));
    }
    // Another code may stand behind the first; each takes digits away, so this comes to an end.
    home.access.iter().filter_map(|code| begins(number, code)).find_map(|rest| whole(home, rest))
}

fn with_country(home: &Home, abroad: &str) -> Result<String, Misspelt> {
    if let Some(rest) = begins(abroad, &home.country) {
        return at_home(home, begins(rest, &home.national).unwrap_or(rest));
    }
    if abroad.is_empty() || abroad.starts_with('0') {
        return Err(Misspelt::NoSuchNumber);
    }
    Ok(format!("+{abroad}"))
}

fn at_home(home: &Home, number: &str) -> Result<String, Misspelt> {
    if number.is_empty() || number.starts_with('0') {
        return Err(Misspelt::NoSuchNumber);
    }
    Ok(format!("+{}{number}", home.country))
}

/// The same for a beginning, which may end anywhere.
fn whole_or_begun(home: &Home, prefix: &str) -> Option<String> {
    if let Some(abroad) = prefix.strip_prefix('+').or_else(|| begins(prefix, &home.international)) {
        let town = begins(abroad, &home.country).and_then(|rest| begins(rest, &home.national));
        return Some(town.map_or_else(|| format!("+{abroad}"), |town| format!("+{}{town}", home.country)));
    }
    if let Some(town) = begins(prefix, &home.national) {
        return Some(format!("+{}{town}", home.country));
    }
    home.access.iter().filter_map(|code| begins(prefix, code)).find_map(|rest| whole_or_begun(home, rest))
}

/// A beginning without a code of town or country stands for itself, and for the mobiles that begin like it.
fn local_beginnings(home: &Home, prefix: String) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for mobile in &home.mobile {
        if prefix.starts_with(mobile.as_str()) {
            found.push(format!("+{}{prefix}", home.country));
        } else if mobile.starts_with(prefix.as_str()) {
            found.push(format!("+{}{mobile}", home.country));
        }
    }
    found.push(prefix);
    found
}

/// A code with a short number behind it may be as long as a mobile: 17951 0 96110.
fn is_mobile(home: &Home, number: &str) -> bool {
    let begins_with = |all: &[String]| all.iter().any(|begins| number.starts_with(begins.as_str()));
    number.len() == home.mobile_digits && begins_with(&home.mobile) && !begins_with(&home.access)
}

/// What is behind a code; nothing is behind an empty one.
pub(super) fn begins<'a>(number: &'a str, code: &str) -> Option<&'a str> {
    if code.is_empty() { None } else { number.strip_prefix(code) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_number_is_the_same_number() {
        let spellings: [(&str, &[&str]); 6] = [
            (
                "+862161234567",
                &[
                    "02161234567",
                    "+86 21 6123 4567",
                    "+86 (0)21 61234567",
                    "0086 21 6123-4567",
                    "9 021 61234567",
                    "86 21 6123 4567",
                    "86 (0)21 6123 4567",
                    "9 86 21 6123 4567",
                ],
            ),
            (
                "+8613800138000",
                &[
                    "138 0013 8000",
                    "0138 0013 8000",
                    "+86 138 0013 8000",
                    "17951 138 0013 8000",
                    "9 17951 13800138000",
                    "86 138 0013 8000",
                ],
            ),
            (
                "+442079460000",
                &["0044 20 7946 0000", "+44 (20) 7946-0000", "9 00 44 20 7946 0000", "1790900442079460000"],
            ),
            ("+8821612345678", &["+882 16 12345678", "00 882 1612345678"]),
            ("95588", &["955-88", " 95588 "]),
            ("4008888888", &["400 888 8888"]),
        ];
        for (number, all) in spellings {
            for typed in all {
                assert_eq!(canonical(&Home::china(), typed).as_deref(), Ok(number), "{typed}");
            }
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        let cases = [
            ("", Misspelt::NotANumber),
            ("１３８００１３８０００", Misspelt::NotANumber),
            ("021 6123 ext 4567", Misspelt::NotANumber),
            ("*72 021 6123", Misspelt::FeatureCode),
            ("0216123#", Misspelt::FeatureCode),
            ("+0 44 20", Misspelt::NoSuchNumber),
            ("000 44 20", Misspelt::NoSuchNumber),
            ("+86 00 44 20", Misspelt::NoSuchNumber),
            ("0086 0 021", Misspelt::NoSuchNumber),
            ("0", Misspelt::NoSuchNumber),
            ("+44 20 7946 0000 0000", Misspelt::TooLong),
            ("1795 2004 4207 9460", Misspelt::TooLong),
            ("1 212 555 1234", Misspelt::TooLong),
            ("44 20 7946 0000", Misspelt::TooLong),
            ("252 61 234567", Misspelt::TooLong),
            ("9 44 20 7946 0000", Misspelt::TooLong),
            ("959 1234 5678", Misspelt::TooLong),
            ("1234567890123456789012345", Misspelt::NotANumber),
        ];
        for (typed, why) in cases {
            assert_eq!(canonical(&Home::china(), typed), Err(why), "{typed}");
        }
    }

    #[test]
    fn a_beginning_covers_the_numbers_that_begin_like_it_in_any_spelling() {
        let cases: [(&str, &[&str]); 9] = [
            ("021", &["+8621"]),
            ("+86 021", &["+8621"]),
            ("0", &["+86"]),
            ("00", &["+"]),
            ("+", &["+"]),
            ("9 00 44", &["+44"]),
            ("138", &["+86138", "138"]),
            ("95", &["95"]),
            ("1", &["+8613", "+8614", "+8615", "+8616", "+8617", "+8618", "+8619", "1"]),
        ];
        for (prefix, all) in cases {
            assert_eq!(beginnings(&Home::china(), prefix).unwrap(), all, "{prefix}");
        }
        for unreadable in ["", "abc", "*72", "０２１"] {
            assert_eq!(beginnings(&Home::china(), unreadable), None, "{unreadable}");
        }
    }
}
