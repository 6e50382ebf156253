//! What the API is told when it starts.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use domain::TenantId;
use numbering::Locations;

use crate::json::number_list::AreaName;
use crate::tls::{TlsConfig, TlsError};

/// How and where to serve.
#[derive(Clone)]
pub struct ApiConfig {
    /// Address and port of HTTP, or of HTTPS when `tls` is on. Plain HTTP that comes to it then is sent to HTTPS.
    pub bind: SocketAddr,
    /// The certificate.
    pub tls: TlsConfig,
    /// A second address, of plain HTTP, from which everybody is sent to HTTPS.
    pub redirect_bind: Option<SocketAddr>,
    /// The address people open, without a slash at its end; where nothing is said, the one they asked for.
    pub public_url: Option<String>,
    /// The centre whose numbers visitors call from their browsers; `None` turns the visitor page off.
    pub visitor: Option<TenantId>,
    /// Answer on the routes that only tests use.
    pub test_hooks: bool,
    /// Seals cursors and call ids; the same at every start, so that a cursor outlives a restart.
    pub secret: [u8; 32],
    /// Serve the web client from here instead of from the binary.
    pub web_dir: Option<PathBuf>,
    /// Where numbers are from.
    pub numbers: NumberData,
}

/// The data that says where numbers are from.
#[derive(Clone, Debug)]
pub struct NumberData {
    /// The data in use.
    pub locations: Arc<Locations>,
    /// Where it was to come from; `None` for what is inside the program.
    pub file: Option<PathBuf>,
    /// The file could not be used, and what is inside the program is.
    pub fell_back: bool,
    /// The areas in it by path, once somebody wanted them.
    pub(crate) areas: Arc<OnceLock<BTreeMap<String, AreaName>>>,
}

impl NumberData {
    /// Data, and where it was to come from.
    pub fn new(locations: Locations, file: Option<PathBuf>, fell_back: bool) -> NumberData {
        NumberData { locations: Arc::new(locations), file, fell_back, areas: Arc::default() }
    }

    /// Every area that is known, by its path.
    pub(crate) fn areas(&self) -> &BTreeMap<String, AreaName> {
        let named = |numbering::Area { path, zh, en }| (path, AreaName { zh, en });
        self.areas.get_or_init(|| self.locations.areas().into_iter().map(named).collect())
    }
}

impl Default for NumberData {
    fn default() -> NumberData {
        NumberData::new(numbering::built_in().clone(), None, false)
    }
}

impl std::fmt::Debug for ApiConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ApiConfig { bind, tls, redirect_bind, public_url, visitor, test_hooks, secret: _, web_dir, numbers: _ } =
            self;
        f.debug_struct("ApiConfig")
            .field("bind", bind)
            .field("tls", tls)
            .field("redirect_bind", redirect_bind)
            .field("public_url", public_url)
            .field("visitor", visitor)
            .field("test_hooks", test_hooks)
            .field("web_dir", web_dir)
            .finish_non_exhaustive()
    }
}

/// Why the API cannot start or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {bind}")]
    Listen {
        /// The address.
        bind: SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// There is no usable certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// A password hash cannot be made.
    #[error("passwords cannot be hashed")]
    Hash(#[from] crate::auth::password::HashError),
    /// The listener failed.
    #[error("the listener failed")]
    Io(#[from] std::io::Error),
}
