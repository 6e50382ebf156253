//! Tests of the room as a whole: through the router, on real encrypted files, with a floor that is played.

mod audit;
mod calendars;
mod call;
mod commands;
mod devices;
mod fake_floor;
mod house;
mod https;
mod live;
mod lockout;
mod masking;
mod node;
mod outbound;
mod permissions;
mod phones;
mod recordings;
mod records;
mod service;
mod sign_in;
mod stories;
mod supervision;
mod tasks;
mod tenants;
mod transfers;
mod validation;
