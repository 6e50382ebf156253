//! What the API is told when it starts.

use std::net::SocketAddr;
use std::path::PathBuf;

use domain::TenantId;

/// How and where to serve.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// Address and port of HTTP, or of HTTPS when `tls` is given.
    pub bind: SocketAddr,
    /// Certificate chain and private key, PEM files.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// The centre whose numbers visitors call from their browsers; `None` turns the visitor page off.
    pub visitor: Option<TenantId>,
    /// Answer on the routes that only tests use.
    pub test_hooks: bool,
    /// Serve the web client from here instead of from the binary.
    pub web_dir: Option<PathBuf>,
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
    /// A certificate or key file cannot be used.
    #[error("{path} cannot be used for TLS")]
    Certificate {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: rustls::pki_types::pem::Error,
    },
    /// The certificate does not go with the key, or the library refuses it.
    #[error("the certificate and the key cannot be used")]
    Tls(#[from] rustls::Error),
    /// Secrets cannot be made.
    #[error("the operating system gives no random bytes")]
    Random,
    /// A password hash cannot be made.
    #[error("passwords cannot be hashed")]
    Hash(#[from] crate::auth::password::HashError),
    /// The listener failed.
    #[error("the listener failed")]
    Io(#[from] std::io::Error),
}
