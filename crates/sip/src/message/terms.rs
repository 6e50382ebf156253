//! What a message says of how long its session may live without a refresh (RFC 4028).

/// Who sends the refreshes: the side that sent the request this stands in or answers, or the one that got it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refresher {
    Uac,
    Uas,
}

impl Refresher {
    /// The word of the parameter.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Refresher::Uac => "uac",
            Refresher::Uas => "uas",
        }
    }
}

/// The headers that session timers are agreed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Session-Expires, seconds.
    pub(crate) expires_s: Option<u32>,
    /// Its parameter.
    pub(crate) refresher: Option<Refresher>,
    /// Min-SE, seconds.
    pub(crate) least_s: Option<u32>,
    /// Supported or Require names `timer`.
    pub(crate) knows_timers: bool,
    /// Allow names UPDATE (RFC 3311).
    pub(crate) takes_update: bool,
}

impl Terms {
    /// Reads them; `all` gives every value of a header by its long name. What cannot be read is not there.
    pub(crate) fn read(all: impl Fn(&str) -> Vec<String>) -> Terms {
        let names = |header: &str, wanted: &str| {
            all(header).iter().flat_map(|value| value.split(',')).any(|token| token.trim().eq_ignore_ascii_case(wanted))
        };
        let expires = all("Session-Expires").into_iter().next().unwrap_or_default();
        let mut parts = expires.split(';').map(str::trim);
        let expires_s = parts.next().and_then(seconds);
        let refresher = parts.find_map(|param| {
            let (name, value) = param.split_once('=')?;
            match (name.trim().eq_ignore_ascii_case("refresher"), value.trim()) {
                (true, value) if value.eq_ignore_ascii_case("uac") => Some(Refresher::Uac),
                (true, value) if value.eq_ignore_ascii_case("uas") => Some(Refresher::Uas),
                _ => None,
            }
        });
        Terms {
            expires_s,
            refresher: refresher.filter(|_| expires_s.is_some()),
            least_s: all("Min-SE").first().and_then(|value| seconds(value.split(';').next().unwrap_or_default())),
            knows_timers: names("Supported", "timer") || names("Require", "timer"),
            takes_update: names("Allow", "UPDATE"),
        }
    }
}

fn seconds(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[(&str, &str)]) -> Terms {
        Terms::read(|name| {
            lines.iter().filter(|(header, _)| *header == name).map(|(_, value)| (*value).to_owned()).collect()
        })
    }

    #[test]
    fn headers_are_read_in_any_case_and_rubbish_is_not_there() {
        let terms = read(&[
            ("Session-Expires", " 1800 ; Refresher = UAS"),
            ("Min-SE", "90;x=1"),
            ("Supported", "replaces, Timer"),
            ("Allow", "INVITE,update"),
        ]);
        let expected = Terms {
            expires_s: Some(1_800),
            refresher: Some(Refresher::Uas),
            least_s: Some(90),
            knows_timers: true,
            takes_update: true,
        };
        assert_eq!(terms, expected);
        assert!(read(&[("Require", "timer")]).knows_timers);
        for rubbish in ["", "-1", "99999999999", "soon;refresher=uac", "1800 s"] {
            let terms = read(&[("Session-Expires", rubbish), ("Supported", "timers")]);
            assert_eq!(terms, Terms::default(), "{rubbish:?}");
        }
    }
}
