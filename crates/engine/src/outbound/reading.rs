//! How else a carrier could read a number. What may be called is decided by the one spelling; what may not, by every reading.
//!
//! ```text
//! +44 (0)9…        +449…      the zero of the town, which is not dialled from abroad
//! 0 95588          95588      a service number behind the zero or the country of the house
//! 9 95588          95588      the same behind a code for a line
//! 95 912 3456      +95912…    abroad, to a carrier that wants no +
//! ```
//! A mobile of the country has no other reading: eleven digits that begin with 13 to 19 are one to every carrier there.

use domain::outbound::Home;

use super::spelling::{Misspelt, begins, canonical, is_local};

/// Digits of the shortest number abroad that is looked for without its `+`: one with fewer looks like a number of every large town.
const ABROAD_DIGITS_MIN: usize = 9;

/// Codes of countries with two digits (ITU-T E.164, list of assigned codes); those with one are 1 and 7, all others have three.
const COUNTRIES_OF_TWO: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
];

/// A number with everything a carrier could take it for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// In the one spelling.
    pub number: String,
    /// What else it could be.
    pub others: Vec<Other>,
}

/// Another number that what was typed could lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Other {
    pub number: String,
    /// Digits that stand before it, or in it, in the one spelling: a beginning of it is as long as that of the whole.
    pub left_out: usize,
}

pub(super) fn read(home: &Home, typed: &str) -> Result<Reading, Misspelt> {
    let number = canonical(home, typed)?;
    let mut others = Vec::new();
    look_for_others(home, &number, 0, &mut others);
    Ok(Reading { number, others })
}

/// The beginnings of a rule that denies: `+44 (0)9` is meant to deny `+44 9`, too, and `86 21` to deny `+86 21`.
pub(super) fn denied_beginnings(home: &Home, beginnings: Vec<String>) -> Vec<String> {
    let without_zeros = beginnings.iter().filter_map(|one| without_zero(one)).map(|(number, _)| number);
    let with_plus = beginnings.iter().filter_map(|one| home_with_plus(home, one));
    let more: Vec<String> = without_zeros.chain(with_plus).collect();
    beginnings.into_iter().chain(more).collect()
}

/// The country of the house without its `+`. Alone it is none: a service number could begin so, and the country would be closed by it.
fn home_with_plus(home: &Home, beginning: &str) -> Option<String> {
    let rest = begins(beginning, &home.country)?;
    let town = begins(rest, &home.national).unwrap_or(rest);
    (!town.is_empty()).then(|| format!("+{}{town}", home.country))
}

/// Every step leaves digits out, so this comes to an end.
fn look_for_others(home: &Home, number: &str, left_out: usize, others: &mut Vec<Other>) {
    let mut found = |number: String, more: usize| {
        look_for_others(home, &number, left_out + more, others);
        others.push(Other { number, left_out: left_out + more });
    };
    if let Some(abroad) = number.strip_prefix('+') {
        if let Some(rest) = begins(abroad, &home.country).filter(|rest| is_local(home, rest)) {
            found(rest.to_owned(), home.country.len());
        }
        if let Some((shorter, zeros)) = without_zero(number) {
            found(shorter, zeros);
        }
        return;
    }
    for code in &home.access {
        if let Some(rest) = begins(number, code).filter(|rest| !rest.is_empty()) {
            found(rest.to_owned(), code.len());
        }
    }
    if number.len() >= ABROAD_DIGITS_MIN {
        // Nobody writes the zero of a town abroad without a `+` before it all.
        others.push(Other { number: format!("+{number}"), left_out });
    }
}

/// Without the zeros of the town behind a country's code, and how many those are.
fn without_zero(number: &str) -> Option<(String, usize)> {
    let abroad = number.strip_prefix('+')?;
    let (country, town) = abroad.split_at_checked(country_digits(abroad))?;
    let rest = town.trim_start_matches('0');
    let zeros = town.len() - rest.len();
    (zeros > 0).then(|| (format!("+{country}{rest}"), zeros))
}

fn country_digits(abroad: &str) -> usize {
    let of_two = || COUNTRIES_OF_TWO.iter().any(|code| abroad.starts_with(code));
    if abroad.starts_with(['1', '7']) {
        1
    } else if of_two() {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_carriers_could_read_it() {
        let cases: [(&str, &[(&str, usize)]); 11] = [
            ("+44 (0)9 123 4567", &[("+4491234567", 1)]),
            ("+1 0 900 555 0100", &[("+19005550100", 1)]),
            ("+881 0 6 1234 5678", &[("+881612345678", 1)]),
            ("+20 2 1234 5678", &[]),
            ("0 95588", &[("5588", 3), ("95588", 2)]),
            ("+86 110", &[("110", 2)]),
            ("0951 612 3456", &[]),
            ("995588", &[("5588", 2), ("95588", 1)]),
            ("959123456", &[("59123456", 1), ("+959123456", 0)]),
            ("400 888 8888", &[("+4008888888", 0)]),
            ("1900 555 0100", &[]),
        ];
        for (typed, others) in cases {
            let reading = read(&Home::china(), typed).unwrap();
            let found: Vec<_> = reading.others.iter().map(|other| (other.number.as_str(), other.left_out)).collect();
            assert_eq!(found, others, "{typed}");
        }
    }
}
