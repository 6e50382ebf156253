//! The only public JSON: HTTP, WebSocket, sign-in, OpenAPI; serves the web client.

mod app;
mod auth;
mod declare;
mod error;
mod extract;
mod json;
pub mod limits;
mod live;
mod openapi;
mod page;
pub mod port;
mod rate;
mod replay;
mod routes;
mod seal;
mod views;

pub use app::Clock;
pub use openapi::openapi_json;
