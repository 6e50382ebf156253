//! The session description inside a body, alone or as one part of several (SIP-I trunks add ISUP).

/// The text of the session description, if the content type says there is one.
pub(crate) fn session_description<'a>(content_type: &str, body: &'a [u8]) -> Option<&'a [u8]> {
    let (kind, params) = content_type.split_once(';').unwrap_or((content_type, ""));
    if kind.trim().eq_ignore_ascii_case("application/sdp") {
        return Some(body);
    }
    if !kind.trim().to_ascii_lowercase().starts_with("multipart/") {
        return None;
    }
    let boundary = params.split(';').find_map(|p| {
        let (key, value) = p.split_once('=')?;
        key.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
    })?;
    let delimiter = format!("--{boundary}");
    split_on(body, delimiter.as_bytes()).into_iter().skip(1).find_map(part_with_description)
}

fn part_with_description(part: &[u8]) -> Option<&[u8]> {
    let at = part.windows(4).position(|w| w == b"\r\n\r\n")?;
    let is_description = std::str::from_utf8(&part[..at]).ok()?.lines().any(|line| {
        line.split_once(':').is_some_and(|(name, value)| {
            (name.trim().eq_ignore_ascii_case("content-type") || name.trim().eq_ignore_ascii_case("c"))
                && value.trim().to_ascii_lowercase().starts_with("application/sdp")
        })
    });
    let body = &part[at + 4..];
    is_description.then(|| body.strip_suffix(b"\r\n").unwrap_or(body))
}

fn split_on<'a>(mut body: &'a [u8], delimiter: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = body.windows(delimiter.len()).position(|w| w == delimiter) {
        parts.push(&body[..at]);
        body = &body[at + delimiter.len()..];
    }
    parts.push(body);
    parts
}
