//! Reading an Authorization header, and the challenge of somebody else's server.

/// The longest header read; real ones have 400 characters.
const HEADER_MAX: usize = 2_048;
/// The most parameters read; RFC 7616 knows twelve.
const PARAMS_MAX: usize = 24;

/// A hash both sides know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    /// As it is written (RFC 7616 §6.1).
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Sha256 => "SHA-256",
        }
    }

    /// Reads a token; some phones leave the hyphen out.
    fn of(token: &str) -> Option<Algorithm> {
        if token.eq_ignore_ascii_case("MD5") {
            Some(Algorithm::Md5)
        } else if token.eq_ignore_ascii_case("SHA-256") || token.eq_ignore_ascii_case("SHA256") {
            Some(Algorithm::Sha256)
        } else {
            None
        }
    }
}

/// What a client says to prove itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) algorithm: Algorithm,
    pub(crate) username: String,
    pub(crate) realm: String,
    pub(crate) nonce: String,
    pub(crate) uri: String,
    pub(crate) response: Vec<u8>,
    pub(crate) cnonce: String,
    /// As written: eight hex digits enter the hash.
    pub(crate) nc_text: String,
    pub(crate) nc: u32,
}

impl Credentials {
    /// Reads the value of an Authorization header. `None` when it is no digest we can check: another scheme, another
    /// algorithm, no `qop=auth`, something missing or doubled.
    pub(crate) fn read(value: &str) -> Option<Credentials> {
        let params = Params::read(value)?;
        let algorithm = params.get("algorithm").map_or(Some(Algorithm::Md5), Algorithm::of)?;
        if !params.get("qop")?.eq_ignore_ascii_case("auth") {
            return None;
        }
        let nc_text = params.get("nc")?;
        let is_count = nc_text.len() == 8 && nc_text.bytes().all(|b| b.is_ascii_hexdigit());
        let nc = u32::from_str_radix(nc_text, 16).ok().filter(|nc| is_count && *nc > 0)?;
        Some(Credentials {
            algorithm,
            username: params.get("username")?.to_owned(),
            realm: params.get("realm")?.to_owned(),
            nonce: params.get("nonce")?.to_owned(),
            uri: params.get("uri")?.to_owned(),
            response: super::unhex(params.get("response")?)?,
            cnonce: params.get("cnonce").filter(|cnonce| !cnonce.is_empty())?.to_owned(),
            nc_text: nc_text.to_owned(),
            nc,
        })
    }
}

/// The parameters of a `Digest` header, each name once.
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `Digest name=value, name="quoted \" value"`.
    pub(super) fn read(value: &str) -> Option<Params> {
        let (scheme, mut rest) = value.trim().split_once([' ', '\t'])?;
        if !scheme.eq_ignore_ascii_case("Digest") || value.len() > HEADER_MAX {
            return None;
        }
        let mut params: Vec<(String, String)> = Vec::new();
        while !rest.trim_start_matches([' ', '\t', ',']).is_empty() {
            let (name, after) = rest.trim_start_matches([' ', '\t', ',']).split_once('=')?;
            let name = name.trim().to_ascii_lowercase();
            let (text, after) = read_value(after.trim_start())?;
            if params.len() == PARAMS_MAX || params.iter().any(|(known, _)| *known == name) {
                return None;
            }
            params.push((name, text));
            rest = after;
        }
        Some(Params(params))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A token or quoted string, and what follows it.
fn read_value(text: &str) -> Option<(String, &str)> {
    let Some(inside) = text.strip_prefix('"') else {
        let end = text.find(',').unwrap_or(text.len());
        return Some((text[..end].trim().to_owned(), &text[end..]));
    };
    let (mut value, mut escaped) = (String::new(), false);
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return Some((value, &inside[at + 1..])),
            _ => value.push(c),
        }
    }
    None
}
