//! Addresses in headers: display names, URIs, parameters and the user part.

/// The URI of a `name-addr` or `addr-spec`, without brackets; and what follows it (header parameters).
pub(crate) fn split_address(value: &str) -> (&str, &str) {
    let after_name = skip_quoted(value);
    match after_name.find('<') {
        Some(open) => {
            let inner = &after_name[open + 1..];
            match inner.find('>') {
                Some(close) => (inner[..close].trim(), &inner[close + 1..]),
                None => (inner.trim(), ""),
            }
        }
        // RFC 3261 §20: without brackets, parameters belong to the header, not to the URI.
        None => match after_name.find(';') {
            Some(semicolon) => (after_name[..semicolon].trim(), &after_name[semicolon..]),
            None => (after_name.trim(), ""),
        },
    }
}

/// The rest of `value` after a leading quoted display name.
fn skip_quoted(value: &str) -> &str {
    let value = value.trim_start();
    let Some(inside) = value.strip_prefix('"') else { return value };
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &inside[at + 1..],
            _ => {}
        }
    }
    ""
}

/// The value of a header parameter; `Some("")` when it stands without a value.
pub(crate) fn param<'a>(params: &'a str, name: &str) -> Option<&'a str> {
    params.split(';').skip(1).find_map(|p| {
        let (key, value) = p.split_once('=').unwrap_or((p, ""));
        key.trim().eq_ignore_ascii_case(name).then_some(value.trim().trim_matches('"'))
    })
}

/// The first value of a comma-separated header; commas in quotes and brackets do not separate.
pub(crate) fn first_value(value: &str) -> &str {
    split_value(value).0
}

/// All values of a comma-separated header.
pub(crate) fn values(mut value: &str) -> Vec<String> {
    let mut found = Vec::new();
    while !value.is_empty() {
        let (first, rest) = split_value(value);
        if !first.is_empty() {
            found.push(first.to_owned());
        }
        value = rest;
    }
    found
}

fn split_value(value: &str) -> (&str, &str) {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for (at, c) in value.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted => bracketed = true,
            '>' if !quoted => bracketed = false,
            ',' if !quoted && !bracketed => return (value[..at].trim(), &value[at + 1..]),
            _ => {}
        }
    }
    (value.trim(), "")
}

/// The scheme of a URI in lower case; empty when there is none.
pub(crate) fn scheme_of(uri: &str) -> String {
    uri.split_once(':').map(|(scheme, _)| scheme.trim().to_ascii_lowercase()).unwrap_or_default()
}

/// The user part of a sip, sips or tel URI: decoded, without password and without parameters. Empty when there is none.
///
/// Read from the text, because the stack looks for `;` before `@` and so loses users with parameters
/// (`sip:+8613800138000;cpc=ordinary@carrier`).
pub(crate) fn user_of(uri: &str) -> String {
    let Some((scheme, rest)) = uri.split_once(':') else { return String::new() };
    let user = if scheme.trim().eq_ignore_ascii_case("tel") {
        rest
    } else {
        match rest.rsplit_once('@') {
            Some((user, _host)) => user,
            None => return String::new(),
        }
    };
    let user = user.split([';', ':', '?']).next().unwrap_or_default();
    percent_decoded(user.trim())
}

pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let decoded = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match decoded {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    // A number goes into logs, files and pages: control characters have no business in it.
    String::from_utf8_lossy(&bytes).chars().filter(|c| !c.is_control()).collect()
}

/// Host and port of a SIP URI, when the host is an IP address.
pub(crate) fn socket_of(uri: &str) -> Option<std::net::SocketAddr> {
    let (_, rest) = uri.split_once(':')?;
    let host_port = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host_port = host_port.split([';', '?']).next()?.trim();
    if let Ok(address) = host_port.parse() {
        return Some(address);
    }
    let host = host_port.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host_port);
    host.parse().ok().map(|ip| std::net::SocketAddr::new(ip, 5060))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_read_in_every_spelling() {
        let rows = [
            ("sip:4008001234@127.0.0.1:5060", "4008001234"),
            ("sip:4008001234;phone-context=+86@host;user=phone", "4008001234"),
            ("sips:+8613800138000:secret@host", "+8613800138000"),
            ("tel:+86-138-0013-8000;phone-context=x", "+86-138-0013-8000"),
            ("sip:%2B8613800138000@host", "+8613800138000"),
            ("sip:a%0d%0aVia%3a@host", "aVia:"),
            ("sip:host.example", ""),
            ("nonsense", ""),
            ("sip:100%@host", "100%"),
        ];
        for (uri, user) in rows {
            assert_eq!(user_of(uri), user, "{uri}");
        }
    }

    #[test]
    fn addresses_are_split_from_their_parameters() {
        let rows = [
            ("<sip:a@h;x=1>;tag=t1", "sip:a@h;x=1", Some("t1")),
            ("sip:a@h;tag=t1", "sip:a@h", Some("t1")),
            ("\"Li, <Ming>\\\" ;tag=no\" <sip:a@h>;TAG = t1", "sip:a@h", Some("t1")),
            ("Li Ming <sip:a@h>", "sip:a@h", None),
        ];
        for (value, uri, tag) in rows {
            let (found, params) = split_address(value);
            assert_eq!((found, param(params, "tag")), (uri, tag), "{value}");
        }
    }

    #[test]
    fn only_ip_literals_become_socket_addresses() {
        let address = |text: &str| text.parse().ok();
        assert_eq!(socket_of("sip:x@192.0.2.1"), address("192.0.2.1:5060"));
        assert_eq!(socket_of("sip:192.0.2.1:5070;lr"), address("192.0.2.1:5070"));
        assert_eq!(socket_of("sip:[2001:db8::1]:5070;lr"), address("[2001:db8::1]:5070"));
        assert_eq!(socket_of("sip:[2001:db8::1]"), address("[2001:db8::1]:5060"));
        assert_eq!(socket_of("sip:x@carrier.example"), None);
    }

    #[test]
    fn the_first_value_ends_at_a_bare_comma() {
        assert_eq!(first_value("\"a,b\" <sip:x,y@h>;p=1, <sip:z@h>"), "\"a,b\" <sip:x,y@h>;p=1");
        assert_eq!(values("<sip:a;lr>, <sip:b,c;lr> ,"), ["<sip:a;lr>", "<sip:b,c;lr>"]);
    }
}
