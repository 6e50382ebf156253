//! Who calls: what may be shown, and what only the carrier tells us.

use rsipstack::sip::message::HeadersExt;

use super::address::{first_value, split_address, user_of};
use super::head::Head;

/// What stands in the user part of whoever has no number to show.
const NOBODY: [&str; 6] = ["anonymous", "restricted", "unavailable", "unknown", "private", "withheld"];

/// The caller of a request from a trusted trunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Caller {
    /// Shown to nobody.
    pub(super) is_withheld: bool,
    /// RFC 3325 §9.1: the asserted identity, whatever the caller wants shown; else From. Empty when neither is anybody.
    pub(super) known: String,
}

pub(super) fn read(request: &rsipstack::sip::Request, head: &Head) -> Caller {
    let from = user_unless_nobody(&head.from);
    let identity = request.p_asserted_identity_header().map(|asserted| first_value(asserted.value()));
    let asserted = identity.and_then(user_unless_nobody);
    // RFC 3323 §4.1: a caller who wants to be nobody writes so in From, or asks for it in Privacy, or both.
    let is_withheld = asks_for_privacy(request)
        || is_nobody(&head.from)
        || identity.is_some_and(is_nobody)
        || (from.is_none() && asserted.is_none());
    Caller { is_withheld, known: asserted.or(from).unwrap_or_default() }
}

fn asks_for_privacy(request: &rsipstack::sip::Request) -> bool {
    let wanted = ["id", "user", "header"];
    let asks = |value: &str| {
        value.split([';', ',']).any(|given| wanted.iter().any(|want| given.trim().eq_ignore_ascii_case(want)))
    };
    request.privacy_header().is_some_and(|privacy| asks(privacy.value()))
}

fn user_unless_nobody(value: &str) -> Option<String> {
    let user = user_of(split_address(value).0);
    (!user.is_empty() && !is_uri_of_nobody(value)).then_some(user)
}

/// Whether an address says, in its name or its URI, that nobody is to be known by it. One without a user says nothing.
fn is_nobody(value: &str) -> bool {
    // RFC 3323 §4.1 has one name for nobody. Gateways put `Unknown` beside a number they have no name for.
    name_of(value).eq_ignore_ascii_case("anonymous") || is_uri_of_nobody(value)
}

fn is_uri_of_nobody(value: &str) -> bool {
    let uri = split_address(value).0;
    let user = user_of(uri);
    let is_word_for_nobody = NOBODY.iter().any(|nobody| user.trim().eq_ignore_ascii_case(nobody));
    is_word_for_nobody || uri.to_ascii_lowercase().contains("anonymous.invalid")
}

/// The display name, without quotes.
fn name_of(value: &str) -> &str {
    let name = value.find('<').map_or("", |open| &value[..open]);
    name.trim().trim_matches('"').trim()
}
