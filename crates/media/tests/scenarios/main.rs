//! Scenarios in virtual time: a media plane, telephones and browsers, and links between them that lose, double and disorder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a scenario that cannot go on has failed")]

mod browser;
mod link;
mod phone;
mod tones;
mod voices;
mod world;

mod browsers_share_a_port;
mod continuity;
mod digits;
mod echo;
mod five_parties;
mod foreign_packets;
mod hush;
mod impaired_links;
mod keys_in_sound;
mod legs_and_rooms;
mod lost_audio;
mod plays;
mod recordings;
mod reports;
mod silence;
mod wide_legs;
