//! What every handler shares.

use std::sync::Arc;

use domain::{Now, TenantId};
use store::Store;
use store::recordings::Recordings;

use crate::auth::password::Hasher;
use crate::directory::Directory;
use crate::port::FloorPort;
use crate::rate::RateLimiter;
use crate::seal::Seals;
use crate::tls::Keeper;
use crate::transport::Https;

/// Reads both clocks. `runtime` has the one that does.
pub trait Clock: Send + Sync + 'static {
    /// This moment.
    fn now(&self) -> Now;
}

impl<F: Fn() -> Now + Send + Sync + 'static> Clock for F {
    fn now(&self) -> Now {
        self()
    }
}

/// What every handler shares.
pub struct App {
    /// Records.
    pub store: Arc<Store>,
    /// Recordings, to be heard.
    pub recordings: Arc<Recordings>,
    /// Who has listened to what lately.
    pub listeners: crate::listeners::Listeners,
    /// The floor.
    pub floor: Arc<dyn FloorPort>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The centre whose numbers visitors call; `None` turns the visitor page off.
    pub visitor: Option<TenantId>,
    /// Test hooks answer.
    pub test_hooks: bool,
    /// Cookies are sent over TLS only.
    pub secure_cookies: bool,
    /// Browsers are told never to come back without TLS.
    pub strict_transport: bool,
    /// Where HTTPS is, when it is.
    pub https: Option<Https>,
    /// The address people open, where one is configured.
    pub public_url: Option<String>,
    /// The certificate in use.
    pub certificates: Option<Arc<Keeper>>,
    /// Password checks.
    pub hasher: Hasher,
    /// Seals cursors and call ids.
    pub seals: Seals,
    /// Sign-ins by address.
    pub sign_ins: RateLimiter,
    /// Wrong passwords by account and address.
    pub lockout: crate::auth::lockout::Lockout,
    /// Visitors' calls by address.
    pub visitor_calls: RateLimiter,
    /// Refusals by account.
    pub denials: crate::auth::denials::Denials,
    /// Names behind ids.
    pub directory: Directory,
    /// Where numbers are from.
    pub numbers: crate::config::NumberData,
    /// Live views already made.
    pub views: crate::views::Views,
    /// Requests with an idempotency key that are being carried out.
    pub replays: crate::replay::InFlight,
    /// Vitals of the node as last gathered.
    pub vitals: crate::views::node::Kept,
    /// Requests answered so far.
    pub requests: crate::requests::Requests,
    /// Open live connections.
    pub connections: crate::live::Connections,
    /// To whom what happens can matter.
    pub hub: crate::live::Hub,
    /// Set when the server stops: live connections close.
    pub stopping: tokio::sync::watch::Receiver<bool>,
}
