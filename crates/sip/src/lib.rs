//! Telephone signalling: SIP over UDP, TCP and TLS, with trunks that are trusted by their address and telephones that prove who they are.
//!
//! This is the only crate that names the SIP stack (`rsipstack`), and within it only `message::parse` does. It knows
//! nothing of conversations, queues or agents: a call is a leg with a remote audio address.
//!
//! # Using it
//!
//! ```text
//! let (tx, mut rx) = mpsc::channel(1024);
//! let mut config = SipConfig::new(bind, advertised);
//! config.trunks.push(TrustedTrunk::new(id, addresses));
//! let sip = SipEndpoint::start(config, Box::new(move || mint.mint(..)), tx).await?;   // 100 Trying is sent by itself
//! while let Some(event) = rx.recv().await { match event {
//!     SipEvent::Arrived { leg, source, called, calling, known, offer } => …                 // then, in this order:
//!         sip.proceed(leg);                  // 180
//!         sip.answer(leg, local_rtp);        // 200 with `advertised` and the port of `local_rtp`
//!     SipEvent::Answered { leg } => …        // the ACK: media flows both ways
//!     SipEvent::MediaChanged { leg, offer }  // apply as a whole; already answered towards the peer
//!     SipEvent::PeerHold { leg, on }
//!     SipEvent::Ended { leg, by, reason, .. }    // exactly once per Arrived and dial, always, whoever ended it
//!     SipEvent::DeviceChanged { device, reachable }
//!     SipEvent::Banned { whom, lasts }
//!     SipEvent::TargetChanged { trunk, target, reach }            // OPTIONS of a trunk's address
//!     SipEvent::RegistrationChanged { trunk, registration }       // ours, at a carrier
//!     SipEvent::ChallengeUnanswered { trunk, target, realm }      // once for each address
//! } }
//! sip.refuse(leg, cause);  sip.release(leg, cause);  // either works in any state; both are followed by Ended
//! sip.set_devices(accounts);                         // who may register and call; the whole list each time
//! sip.dial(leg, Dial { target, caller, local_rtp, auto_answer });
//!     SipEvent::Progress { leg, progress }   // it rings; Early follows a MediaChanged
//!     SipEvent::MediaChanged, then SipEvent::Answered
//! ```
//!
//! * `answer`, `refuse` and `release` are remembered in order and never block. Commands for a leg that is gone, or that come
//!   twice, are ignored.
//! * After `answer`, media may be received before `Answered` (the peer may start sending on the 200).
//! * `MediaOffer::remote` is `0.0.0.0:0` when an INVITE came without an offer; the address follows in `MediaChanged` right
//!   after `Answered`. `sends()` is false until then, and while the peer holds with `c=0.0.0.0`.
//! * `Ended::by` is `Customer` for a peer behind a trunk and `SipConfig::device_side` for a telephone of ours.
//! * A call through a trunk goes to its targets in turn and stays one leg: what became of the first ones is not told.
//! * A device begins unreachable; `DeviceChanged` tells every change. Its calls carry its user name as `calling`.
//! * `Ended` follows `refuse`/`release` at once; the leg itself lingers some seconds to absorb retransmissions. `census()`
//!   counts those too: `legs` falls to zero at once, `dialogs` when BYE is answered, `transactions` after `LINGER`.
//! * When the event channel is full, new INVITEs are refused with 503; events of calls in progress are kept in order.
//!
//! # Where to start reading
//!
//! `leg` is the call as a pure machine with virtual time, `outgoing` a call of ours until it is answered; `registrar` knows where
//! telephones are, `trunk` whether carriers answer and have us registered, `digest` who is who, `guard` who is shut out; `core` is the pure switchboard that finds the leg for a message
//! and answers everything that needs none; `endpoint` and `stream` are the only parts with sockets and a clock. `sdp`,
//! `admission` and `cause` are pure functions and tables. Decisions: docs/decisions/0030 to 0038.

mod admission;
mod cause;
pub mod clearing;
mod config;
mod core;
mod digest;
mod dscp;
mod endpoint;
mod event;
mod figures;
#[cfg(test)]
mod fuzz;
mod guard;
mod hop;
mod leg;
mod log;
mod message;
mod outgoing;
mod ping;
mod probing;
mod registrar;
mod sdp;
mod sockets;
mod stream;
mod tls;
mod tokens;
mod trunk;

pub use admission::Admission;
pub use cause::{HangUp, Refusal, hang_up_of, peer_ending, refusal_of};
pub use config::{
    CallerId, DEFAULT_REALM, DeviceAccount, Dial, DialTarget, GatewayLogin, GuardLimits, InboundRewrite,
    InboundRewrites, Outbound, Password, RegisterAt, SipConfig, SipError, SipLimits, Target, TlsDoor, TlsPeer,
    Transport, TrustedTrunk,
};
pub use digest::Ha1;
pub use dscp::Dscp;
pub use endpoint::SipEndpoint;
pub use event::{
    Banned, CallSource, ContactView, GuardView, Progress, Reach, RefusedView, RegistrationState, SipCensus, SipEvent,
};
pub use figures::{SipFigures, TargetFigures, TrunkFigures};
pub use leg::timers::LINGER;
pub use ping::ask_options;
pub use registrar::Binding;
pub use sdp::{Codec, Direction, MediaOffer};
pub use tls::ask_tls;
