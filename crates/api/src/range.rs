//! Byte ranges (RFC 9110 §14): one range is answered, anything else gets the whole.

use axum::http::HeaderValue;

/// What a client wants of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    All,
    /// From a byte to before another.
    Part {
        /// The first.
        from: u64,
        /// The one after the last.
        to: u64,
    },
    /// A part that is not there.
    Unsatisfiable,
}

/// Reads a `Range` header for a body of `length` bytes.
pub fn wanted(header: Option<&HeaderValue>, length: u64) -> Wanted {
    let Some(range) = header.and_then(|value| value.to_str().ok()).and_then(|text| text.strip_prefix("bytes=")) else {
        return Wanted::All;
    };
    let Some((first, last)) = range.trim().split_once('-') else { return Wanted::All };
    let (from, to) = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(from), Ok(last)) if last >= from => (from, last.saturating_add(1).min(length)),
        (Ok(from), Err(_)) if last.is_empty() => (from, length),
        // The last so many bytes.
        (Err(_), Ok(0)) if first.is_empty() => return Wanted::Unsatisfiable,
        (Err(_), Ok(count)) if first.is_empty() => (length.saturating_sub(count), length),
        _ => return Wanted::All,
    };
    if from >= length { Wanted::Unsatisfiable } else { Wanted::Part { from, to } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str) -> Wanted {
        wanted(Some(&HeaderValue::from_str(range).unwrap()), 1_000)
    }

    #[test]
    fn one_range_is_read_and_cut_at_the_end() {
        assert_eq!(of("bytes=0-99"), Wanted::Part { from: 0, to: 100 });
        assert_eq!(of("bytes=900-"), Wanted::Part { from: 900, to: 1_000 });
        assert_eq!(of("bytes=900-5000"), Wanted::Part { from: 900, to: 1_000 });
        assert_eq!(of("bytes=-100"), Wanted::Part { from: 900, to: 1_000 });
        assert_eq!(of("bytes=-5000"), Wanted::Part { from: 0, to: 1_000 });
    }

    #[test]
    fn what_is_not_there_is_refused_and_what_cannot_be_read_is_all() {
        for range in ["bytes=1000-", "bytes=2000-3000", "bytes=-0"] {
            assert_eq!(of(range), Wanted::Unsatisfiable, "{range}");
        }
        for range in ["bytes=0-1,5-6", "bytes=9-3", "bytes=a-b", "items=0-1", "bytes=-"] {
            assert_eq!(of(range), Wanted::All, "{range}");
        }
        assert_eq!(wanted(None, 1_000), Wanted::All);
    }
}
