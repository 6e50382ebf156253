//! The only public JSON of Callisto: HTTP under `/api/v1`, the live stream, sign-in, the OpenAPI document; serves the web client.
//!
//! It refuses to know SQL, the engine, SIP and media: records come from `store`, the floor through [`port::FloorPort`], time
//! through [`Clock`]. Reading order: `declare.rs` (no route without a permission), `routes/` (one file per family of
//! operations), `json/` (what they take and give), `views/` (the live state as the public sees it), `live/` (the stream).

mod app;
mod auth;
mod config;
mod declare;
mod directory;
mod error;
mod exposition;
mod extract;
mod faults;
mod health;
mod json;
pub mod limits;
mod listeners;
mod live;
mod openapi;
mod page;
pub mod port;
mod range;
mod rate;
mod replay;
mod requests;
mod router;
mod routes;
mod seal;
mod serve;
#[cfg(test)]
mod tests;
mod tls;
mod transport;
mod views;
pub mod vitals;
mod web;

pub use app::Clock;
pub use auth::password::{HashError, hash_password};
pub use auth::session::{new_token, token_hash};
pub use config::{ApiConfig, NumberData, ServeError};
pub use openapi::openapi_json;
pub use serve::{Listening, look_after, serve};
pub use tls::{CertificateFacts, Keeper, TlsConfig, TlsError, certificate_facts, certificate_with_key};
