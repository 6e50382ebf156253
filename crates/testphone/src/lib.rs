//! A telephone for tests: SIP over UDP or TCP and G.711 over RTP, written by hand so that the server is judged by something that
//! shares no code with it.
//!
//! # As a program
//!
//! `testphone run` takes one JSON object a line on standard input and writes one a line on standard output. The first line is
//! `{"event":"ready","sip":"127.0.0.1:40312","at_ms":…}`. `at_ms` is always milliseconds since 1970.
//!
//! ```text
//! {"op":"call","id":1,"to":"sip:4008001234@127.0.0.1:5060","from":"13800138000","tone_hz":800,"codec":"pcma"}
//!     optional: asserted, no_offer, ack_delay_ms, cancel_on_answer, bye_after_crossing, copies, headers {name: value}
//! {"op":"digit","id":1,"key":"1"}                    optional: length_ms (160), quiet_ms (100)
//! {"op":"lose","id":1,"percent":15,"seed":1}         so many of its packets get lost on the way
//! {"op":"tone","id":1,"hz":1000}                     null is silence
//! {"op":"listen","id":1,"window_ms":1000,"hz":1000}  without hz: against the dominant frequency
//! {"op":"hold","id":1}                               optional: style sendonly | inactive | recvonly | zero
//! {"op":"resume","id":1}  {"op":"reoffer","id":1}    re-INVITE with sendrecv; without a description
//! {"op":"refer","id":1,"to":"sip:8002@127.0.0.1"}     optional: replaces, the id of the phone's other call
//! {"op":"bye","id":1}  {"op":"cancel","id":1}  {"op":"cancel_on_answer","id":1}
//! {"op":"register","registrar":"127.0.0.1:5060","username":"100","password":"…"}
//!     optional: transport udp | tcp | tls (with tls_ca, a PEM file), algorithm md5 | sha256, expires_s (3600); the phone stays registered and proves its calls
//! {"op":"unregister"}
//! {"op":"incoming","mode":"ring"}                    or answer, refuse; optional: tone_hz
//! {"op":"answer","id":1000000}                       optional: tone_hz
//! {"op":"reject","id":1000000}                       optional: code (486)
//! {"op":"stats","id":1}  {"op":"save_wav","id":1,"path":"/tmp/x.wav"}  {"op":"forget","id":1}  {"op":"quit"}
//! ```
//!
//! Every op is answered by `{"event":"ok","op":…,"id":…}`, its result, or `{"event":"error","op":…,"id":…,"error":"…"}`.
//!
//! | Event | Fields beside `id` and `at_ms` |
//! |---|---|
//! | `incoming`, `trying`, `answered` | |
//! | `ringing` | `code` |
//! | `offered` (after `incoming`: it rings here) | `from`, `auto_answer` |
//! | `rejected` | `code`, `retry_after` |
//! | `ended` | `by`: `peer` or `self`; `reason` |
//! | `failed` | `error` |
//! | `cancel_answered` | `code` |
//! | `renegotiated` | `direction` and `remote` of the answer |
//! | `renegotiation_refused` | `code` |
//! | `peer_renegotiated` | `direction` of the offer |
//! | `refer_answered`, `refer_report` | `code` |
//! | `digit_sent` | `key`, `first_packet_at_ms` |
//! | `digit_heard` (RFC 4733, once a press; without its end 200 ms after its last packet) | `key`, `length_ms` |
//! | `silence_after_digit` | `key`, `ms` from the first packet until the silence began (null: none within 5 s), `was_loud` |
//! | `heard` | `dominant_hz`, `level_dbov`, `tone_dbov`, `snr_db`, `silent_ms`, `packets` |
//! | `stats` | `received`, `events_received`, `lost`, `late`, `duplicated`, `ssrcs`, `timestamp_jumps`, `gap_ms_max`, `sent`, `keys` |
//!
//! Silent means below −50 dBov. After its end a call still answers `listen`, `stats` and `save_wav` until `forget`.
//! With `--answer-tone-hz N` or after `incoming` the phone answers calls with that tone; their events carry ids from 1,000,000 upwards.
//!
//! `testphone load --target 127.0.0.1:5060 --to 4008001234 --rate 20 --calls 1000` makes many calls at a steady rate, half of which hang up
//! in the menu and half press a digit and hang up in the queue; it prints one JSON object and fails if any call failed.
//!
//! `testphone farm` is many callers and many registered SIP phones in one process, see [`farm`]. It prints `{"event":"registered"}` when all
//! phones are registered, waits for a line on standard input (the driver makes the agents ready meanwhile), makes the calls, and prints
//! one JSON object of figures. With `--tls-target`, `--tls-ca` and `--tls-phones N` the first N phones are encrypted: SIP over a TLS connection each,
//! and SRTP wherever a key is offered. With `--supervisors N` every voice sends bursts that are known again in a mix; with `--http` and `--browsers FILE`
//! agents in browsers take calls too, see [`browsers`]. Those alone share code with the server, which is why they judge no sound.
//!
//! # As a library
//!
//! [`Phone::start`] opens a phone, [`Phone::call`] begins a [`Call`], whose events come from [`Call::wait`] and whose
//! orders go through [`Call::control`].

mod analysis;
pub mod bare;
pub mod browsers;
mod call;
mod clock;
mod control;
pub mod desks;
mod digest;
pub mod farm;
mod g711;
mod http;
mod load;
mod message;
mod phone;
mod recording;
mod registration;
mod rtp;
mod sdp;
mod srtp;

pub use analysis::{SILENCE_DBOV, Spectrum, dominant_hz, level_dbov, split};
pub use call::{Call, CallControl, CallEvent, CallPlan, EventKind, Sound};
pub use control::control;
pub use digest::Algorithm;
pub use g711::Codec;
pub use load::{LoadPlan, Summary, load};
pub use phone::{Answering, Phone};
pub use recording::{Heard, Stats};
pub use registration::{Registration, Transport};
pub use sdp::HoldStyle;
