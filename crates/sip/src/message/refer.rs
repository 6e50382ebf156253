//! Where a phone wants its call to go: Refer-To (RFC 3515 §2.1), with the call it is to take the place of (RFC 3891).

use super::address::{param, percent_decoded, split_address, user_of};

/// What a REFER asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refer {
    /// User part of the address; never empty.
    pub(crate) to: String,
    /// The other call of the phone, when it is to be joined with this one.
    pub(crate) replaces: Option<Replaces>,
}

/// A call as RFC 3891 names it. Which of the tags is ours depends on who began the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replaces {
    pub(crate) call_id: String,
    pub(crate) tags: [String; 2],
}

/// From the values of Refer-To; RFC 3515 §2.4.2: exactly one.
pub(super) fn read(values: &[String]) -> Option<Refer> {
    let [value] = values else { return None };
    let uri = split_address(value).0;
    let (address, headers) = uri.split_once('?').unwrap_or((uri, ""));
    let to = user_of(address);
    let wanted = headers.split('&').filter_map(|header| header.split_once('='));
    let replaced =
        wanted.filter(|(name, _)| name.trim().eq_ignore_ascii_case("Replaces")).map(|(_, value)| value).next();
    let replaces = match replaced {
        Some(value) => Some(replaces(&percent_decoded(value))?),
        None => None,
    };
    (!to.is_empty()).then_some(Refer { to, replaces })
}

fn replaces(text: &str) -> Option<Replaces> {
    let (call_id, params) = text.split_at(text.find(';')?);
    let tags = [param(params, "to-tag")?.to_owned(), param(params, "from-tag")?.to_owned()];
    Some(Replaces { call_id: call_id.trim().to_owned(), tags })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> Option<Refer> {
        read(&[value.to_owned()])
    }

    #[test]
    fn a_blind_one_names_somebody() {
        for text in ["<sip:8002@pbx>", "sip:8002@192.0.2.1:5060", "\"Lin\" <sip:8002@pbx;transport=tcp>;p=1"] {
            assert_eq!(one(text), Some(Refer { to: "8002".to_owned(), replaces: None }), "{text}");
        }
        for text in ["", "<sip:pbx>", "<>", "sip:@pbx"] {
            assert_eq!(one(text), None, "{text}");
        }
        assert_eq!(read(&[]), None);
        assert_eq!(read(&["<sip:1@a>".to_owned(), "<sip:2@a>".to_owned()]), None);
    }

    #[test]
    fn an_attended_one_names_the_other_call() {
        let text = "<sip:8002@pbx?Replaces=12%40ph%3Bto-tag%3Dours%3Bfrom-tag%3Dtheirs&Require=replaces>";
        let replaces = Replaces { call_id: "12@ph".to_owned(), tags: ["ours".to_owned(), "theirs".to_owned()] };
        assert_eq!(one(text), Some(Refer { to: "8002".to_owned(), replaces: Some(replaces) }));
        for broken in ["<sip:8002@pbx?Replaces=12>", "<sip:8002@pbx?Replaces=12%3Bto-tag%3D1>"] {
            assert_eq!(one(broken), None, "{broken}");
        }
    }
}
