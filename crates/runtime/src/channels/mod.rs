//! Channel adapters: each turns what a channel says into `Input` and carries out the `Command`s meant for it.

pub mod voice;
