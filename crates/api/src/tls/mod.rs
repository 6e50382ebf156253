//! The certificate the server shows: given or of our own making, read again when it changes, without touching a connection.

mod accept;
mod certificate;
mod generated;
mod keeper;

pub use accept::{Door, Transport};
pub use certificate::{CertificateFacts, TlsError, certificate_facts, certificate_with_key};
pub use keeper::Keeper;

use std::path::PathBuf;

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsConfig {
    /// Nowhere: plain HTTP.
    Off,
    /// Files of somebody else, PEM.
    Given {
        /// The chain, the server's own certificate first.
        certificate: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
    /// Made by us, renewed by us, signed by nobody else.
    Generated {
        /// Where it is kept.
        dir: PathBuf,
        /// Names and addresses it must be good for.
        names: Vec<String>,
    },
}

impl TlsConfig {
    /// Whether the server speaks TLS.
    pub fn is_on(&self) -> bool {
        *self != TlsConfig::Off
    }

    /// The certificate and its key, wherever they come from; a generated one may not be there yet.
    pub fn files(&self) -> Option<(PathBuf, PathBuf)> {
        match self {
            TlsConfig::Off => None,
            TlsConfig::Given { certificate, key } => Some((certificate.clone(), key.clone())),
            TlsConfig::Generated { dir, .. } => {
                let kept = generated::Kept::in_dir(dir);
                Some((kept.certificate, kept.key))
            }
        }
    }

    /// Whether others vouch for the certificate, so that a browser may be told never to come back without TLS.
    pub fn is_given(&self) -> bool {
        match self {
            TlsConfig::Given { .. } => true,
            TlsConfig::Off | TlsConfig::Generated { .. } => false,
        }
    }
}
