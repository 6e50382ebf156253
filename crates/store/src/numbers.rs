//! One spelling for every telephone number, so that a caller and a customer's card find each other.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use phonenumber::country;

use crate::store::lock;

/// Longest text looked at; longer ones are no telephone numbers and are cut, so that a hostile caller id costs nothing.
const LENGTH_MAX: usize = 64;

/// Digits of a mobile of China.
pub(crate) const MOBILE_DIGITS_CN: usize = 11;

/// Answers kept of each region; more are forgotten together. To read a number takes 50 µs and more, and a call asks for its own four times
/// within a second: who is kept out, who the customer is, and twice for the ledger.
const KEPT_MAX: usize = 1_024;

/// What was answered, by the text that was asked. Numbers of callers stay in it, in memory alone, until more than [`KEPT_MAX`] others came or the
/// program ends; an erasure does not look for them here.
type Answers = HashMap<String, Option<String>>;

static KEPT: LazyLock<Mutex<HashMap<String, Answers>>> = LazyLock::new(Mutex::default);

/// The number in international form (`+8613800138000`) when it can be read with the numbering plan of `region`
/// (ISO 3166 alpha-2); else its digits alone; `None` when there is none.
///
/// `13800138000`, `013800138000` (the trunk prefix carriers add to mobile numbers of another town), `+8613800138000`,
/// `86-138-0013-8000` and `008613800138000` are one number in `CN`.
pub fn normalise(number: &str, region: &str) -> Option<String> {
    if number.len() > LENGTH_MAX || region.len() > LENGTH_MAX {
        return read(number, region);
    }
    if let Some(answer) = lock(&KEPT).get(region).and_then(|answers| answers.get(number)) {
        return answer.clone();
    }
    let answer = valid_mobile_cn(number, region).or_else(|| read(number, region));
    let mut kept = lock(&KEPT);
    if kept.len() >= KEPT_MAX {
        kept.clear();
    }
    let answers = kept.entry(region.to_owned()).or_default();
    if answers.len() >= KEPT_MAX {
        answers.clear();
    }
    answers.insert(number.to_owned(), answer.clone());
    answer
}

/// A mobile of China, written without punctuation, by its shape: the answer of the library, whose patterns take 50 µs a number and, once they are
/// in use, more than a megabyte. `None` for everything else.
fn valid_mobile_cn(number: &str, region: &str) -> Option<String> {
    let national = match number.strip_prefix("+86") {
        Some(national) => national,
        None if region == "CN" && number.len() == MOBILE_DIGITS_CN => number,
        None if region == "CN" => number.strip_prefix("0086").or_else(|| number.strip_prefix("86"))?,
        None => return None,
    };
    let is_mobile = match *national.as_bytes() {
        [b'1', b'3' | b'8', _, ..]
        | [b'1', b'4', b'5' | b'7', ..]
        | [b'1', b'5' | b'9', b'0'..=b'3' | b'5'..=b'9', ..]
        | [b'1', b'6', b'2' | b'5'..=b'7', ..]
        | [b'1', b'7', b'0'..=b'3' | b'5'..=b'8', ..] => national.len() == MOBILE_DIGITS_CN,
        _ => false,
    };
    (is_mobile && national.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("+86{national}"))
}

/// A number with the `+` of E.164 where a carrier wrote `00` for it; anything else stays as it is. A number that its country does not give out
/// may be kept in either spelling.
pub fn international(number: &str) -> Cow<'_, str> {
    match number.strip_prefix("00") {
        Some(rest) => Cow::Owned(format!("+{rest}")),
        None => Cow::Borrowed(number),
    }
}

fn read(number: &str, region: &str) -> Option<String> {
    let text: String = number.chars().take(LENGTH_MAX).filter_map(ascii_digit_or_plus).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    let region: Option<country::Id> = region.parse().ok();
    if text.starts_with('+') {
        let international = format!("+{digits}");
        return Some(e164(None, &international).unwrap_or(international));
    }
    let read = region.and_then(|region| readings(&digits, region).iter().find_map(|(meant, text)| e164(*meant, text)));
    Some(read.unwrap_or(digits))
}

/// In which ways digits without a plus may be meant, the most likely first; with the country that must come out, if any.
fn readings(digits: &str, region: country::Id) -> Vec<(Option<country::Id>, String)> {
    let mut readings = vec![(Some(region), digits.to_owned())];
    if let Some(rest) = digits.strip_prefix("00") {
        readings.push((None, format!("+{rest}")));
    } else if let Some(rest) = digits.strip_prefix('0') {
        readings.push((Some(region), rest.to_owned()));
    }
    // The country code without a plus. Other countries' codes are not guessed: too many short numbers begin like one.
    readings.push((Some(region), format!("+{digits}")));
    readings
}

fn e164(meant: Option<country::Id>, text: &str) -> Option<String> {
    let number = phonenumber::parse(meant, text).ok()?;
    let right_country = meant.is_none_or(|meant| number.country().id() == Some(meant));
    (right_country && phonenumber::is_valid(&number)).then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

/// Digits of other scripts and full-width forms count as digits; everything else but a plus is punctuation.
pub(crate) fn ascii_digit_or_plus(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '+' | '\u{ff0b}' => Some('+'),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        _ => None,
    }
}

/// The digits of a search text that looks like a number; `None` when it holds letters or fewer than three digits.
pub(crate) fn digits_of_search(text: &str) -> Option<String> {
    let digits: String = text.chars().filter_map(ascii_digit_or_plus).filter(char::is_ascii_digit).collect();
    (digits.len() >= 3 && !text.chars().any(char::is_alphabetic)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_mobile_number_are_one() {
        for spelling in [
            "13800138000",
            "013800138000",
            "+8613800138000",
            "86-13800138000",
            "86-138-0013-8000",
            "8613800138000",
            "008613800138000",
            "+86 138 0013 8000",
            "138 0013 8000",
            "１３８００１３８０００",
            "(+86)138-0013-8000",
        ] {
            assert_eq!(normalise(spelling, "CN").as_deref(), Some("+8613800138000"), "{spelling}");
        }
    }

    /// Every beginning of four digits, written in every way that is read by shape.
    #[test]
    fn a_mobile_by_its_shape_is_what_the_library_makes_of_it() {
        let mut mobiles = 0;
        for beginning in 1_000..2_000 {
            for rest in ["0123456", "9999999", "012345", "01234567", "01234x6"] {
                for code in ["", "86", "0086", "+86"] {
                    let number = format!("{code}{beginning}{rest}");
                    let Some(shape) = valid_mobile_cn(&number, "CN") else { continue };
                    assert_eq!(Some(shape), read(&number, "CN"), "{number}");
                    mobiles += 1;
                }
            }
        }
        assert_eq!(mobiles, 2 * 4 * 10 * (10 + 10 + 2 + 9 + 9 + 4 + 8));
        assert_eq!(valid_mobile_cn("13800138000", "HK"), None);
        assert_eq!(valid_mobile_cn("+8613800138000", "HK"), read("+8613800138000", "HK"));
    }

    #[test]
    fn landlines_foreign_and_short_numbers_keep_their_sense() {
        assert_eq!(normalise("010-62345678", "CN").as_deref(), Some("+861062345678"));
        assert_eq!(normalise("021 6234 5678", "CN").as_deref(), Some("+862162345678"));
        assert_eq!(normalise("+44 20 7946 0958", "CN").as_deref(), Some("+442079460958"));
        assert_eq!(normalise("020 7946 0958", "GB").as_deref(), Some("+442079460958"));
        assert_eq!(normalise("400-800-1234", "CN").as_deref(), Some("+864008001234"));
        assert_eq!(normalise("1001", "CN").as_deref(), Some("1001"));
        assert_eq!(normalise("95588", "CN").as_deref(), Some("95588"));
        assert_eq!(normalise("13800138000", "not a region").as_deref(), Some("13800138000"));
    }

    #[test]
    fn no_digits_is_no_number_and_nonsense_does_no_harm() {
        assert_eq!(normalise("", "CN"), None);
        assert_eq!(normalise("anonymous", "CN"), None);
        assert_eq!(normalise("+", "CN"), None);
        let long = "9".repeat(100_000);
        assert_eq!(normalise(&long, "CN").map(|n| n.len()), Some(LENGTH_MAX));
    }

    #[test]
    fn an_answer_that_is_kept_is_of_its_region_and_many_numbers_do_no_harm() {
        for _ in 0..2 {
            assert_eq!(normalise("020 7946 0958", "GB").as_deref(), Some("+442079460958"));
            assert_eq!(normalise("020 7946 0958", "CN"), read("020 7946 0958", "CN"));
            for n in 0..=KEPT_MAX {
                assert_eq!(normalise(&n.to_string(), "not a region"), Some(n.to_string()));
            }
        }
        assert!(lock(&KEPT)["not a region"].len() <= KEPT_MAX);
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for number in ["13800138000", "010-62345678", "+442079460958", "1001", "95588", "000", "+1"] {
            let once = normalise(number, "CN").unwrap();
            assert_eq!(normalise(&once, "CN").as_deref(), Some(once.as_str()), "{number}");
        }
    }
}
