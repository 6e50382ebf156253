//! Numbers as people without `personal_data.read`, and screens on walls, see them.

/// Digits at the end that stay.
const SHOWN_AT_END: usize = 4;
/// Digits before them that are hidden.
const HIDDEN: usize = 4;

/// `13800138000` becomes `138****8000`; of eight digits or fewer only the last two stay. Signs that are no digits stay;
/// letters (of an address) are hidden too.
pub fn mask(number: &str) -> String {
    let secret = number.chars().filter(|c| c.is_alphanumeric()).count();
    let (from_end, hidden) = if secret > SHOWN_AT_END + HIDDEN && !number.chars().any(char::is_alphabetic) {
        (SHOWN_AT_END, HIDDEN)
    } else {
        (2.min(secret / 2), usize::MAX)
    };
    let mut place = secret;
    let shown = |c: char| {
        if !c.is_alphanumeric() {
            return c;
        }
        place -= 1;
        let hide = place >= from_end && place - from_end < hidden;
        if hide { '*' } else { c }
    };
    number.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn the_middle_is_hidden() {
        for (number, masked) in [
            ("13800138000", "138****8000"),
            ("+8613800138000", "+86138****8000"),
            ("0755-12345678", "0755-****5678"),
            ("95588", "***88"),
            ("12345678", "******78"),
            ("1", "*"),
            ("", ""),
            ("sip:alice", "***:***ce"),
        ] {
            assert_eq!(mask(number), masked, "{number}");
        }
    }
}
