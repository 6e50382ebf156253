//! Keys in the body of an INFO, as phones and gateways send them that know no RFC 4733.

use domain::Key;

/// The key of `application/dtmf-relay` (`Signal=5`) or `application/dtmf` (`5`); both are habits, not standards.
pub(super) fn key(content_type: &str, body: &[u8]) -> Option<Key> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let text = std::str::from_utf8(body).ok()?;
    let signal = match kind.as_str() {
        "application/dtmf-relay" => text.lines().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            name.trim().eq_ignore_ascii_case("Signal").then(|| value.trim())
        })?,
        "application/dtmf" => text.trim(),
        _ => return None,
    };
    match signal {
        // Some write the number of the event (RFC 4733 §3.2) instead of the key.
        "10" => Key::from_char('*'),
        "11" => Key::from_char('#'),
        _ => {
            let mut chars = signal.chars();
            let first = chars.next()?;
            chars.next().is_none().then(|| Key::from_char(first)).flatten()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_habits_are_read_and_nothing_else() {
        let relay = |text: &str| key("application/dtmf-relay", text.as_bytes()).map(Key::as_char);
        assert_eq!(relay("Signal=5\r\nDuration=160\r\n"), Some('5'));
        assert_eq!(relay("signal = * \r\nduration=100"), Some('*'));
        assert_eq!(
            (relay("Signal=11"), relay("Signal=12"), relay("Signal="), relay("x")),
            (Some('#'), None, None, None)
        );
        let plain = |text: &str| key("application/dtmf; x=y", text.as_bytes()).map(Key::as_char);
        assert_eq!((plain("0\r\n"), plain("10"), plain("zero"), plain("")), (Some('0'), Some('*'), None, None));
        assert_eq!(key("text/plain", b"5"), None);
        assert_eq!(key("application/dtmf", &[0xff]), None);
    }
}
