//! SIP messages in and out. `parse` is the only place that uses the stack; everything behind it works on plain text.

mod address;
mod caller;
mod grammar;
mod head;
mod info;
mod multipart;
mod parse;
mod refer;
mod response;
mod terms;
mod write;

pub(crate) use address::{param, socket_of, split_address, user_of, values};
pub(crate) use head::Head;
pub(crate) use parse::{Method, Parsed, Request, parse};
pub(crate) use refer::{Refer, Replaces};
pub(crate) use response::Response;
pub(crate) use terms::{Refresher, Terms};
pub(crate) use write::{Outgoing, Reply, reply_hop};

#[cfg(test)]
pub(crate) use multipart::session_description;

/// Everything an address is taken apart into.
#[cfg(test)]
pub(crate) fn parts_of_address(text: &str) -> Vec<String> {
    let (uri, params) = split_address(text);
    let socket = socket_of(uri).map(|socket| socket.to_string()).unwrap_or_default();
    let own = [user_of(uri), socket, param(params, "tag").unwrap_or_default().to_owned()];
    values(text).into_iter().chain(own).collect()
}

#[cfg(test)]
pub(crate) mod torture;

#[cfg(test)]
mod tests;
