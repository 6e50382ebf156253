//! SIP messages in and out. `parse` is the only place that uses the stack; everything behind it works on plain text.

mod address;
mod head;
mod multipart;
mod parse;
mod write;

pub(crate) use address::{socket_of, split_address, values};
pub(crate) use head::Head;
pub(crate) use parse::{Method, Parsed, Request, parse};
pub(crate) use write::{Bye, Reply, reply_address};

#[cfg(test)]
mod tests;
