//! Keeps the certificate in use the one that is wanted: looks at the files from time to time and when asked.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum_server::tls_rustls::RustlsConfig;
use domain::Utc;
use rustls::ServerConfig;
use sha2::{Digest, Sha256};

use super::TlsConfig;
use super::certificate::{CertificateFacts, TlsError, server_config};
use super::generated;

/// The certificate in use and where the next one comes from.
pub struct Keeper {
    source: TlsConfig,
    shown: RustlsConfig,
    state: Mutex<State>,
}

struct State {
    facts: CertificateFacts,
    /// For what is not HTTP.
    bare: Arc<ServerConfig>,
    /// Digest of the files in use.
    seen: [u8; 32],
    /// What is wrong is said once.
    is_stuck: bool,
}

impl Keeper {
    /// Reads, or makes, the first certificate; `None` when there is to be none.
    ///
    /// # Errors
    /// When there is to be one and it cannot be had.
    pub fn open(source: TlsConfig, now: Utc) -> Result<Option<Arc<Keeper>>, TlsError> {
        let Some((certificate, key)) = files(&source, now)? else { return Ok(None) };
        let (config, facts) = server_config(&certificate, &key)?;
        let seen = digest(&certificate, &key);
        let state = Mutex::new(State { facts, bare: bare(&config), seen, is_stuck: false });
        Ok(Some(Arc::new(Keeper { source, shown: RustlsConfig::from_config(config), state })))
    }

    /// What the acceptor shows; it follows by itself.
    pub(crate) fn shown(&self) -> RustlsConfig {
        self.shown.clone()
    }

    /// The certificate in use, for protocols beside HTTP: asked for each connection, it follows by itself.
    pub fn config(&self) -> Arc<ServerConfig> {
        self.lock().bare.clone()
    }

    /// What stands in the certificate in use.
    pub fn facts(&self) -> CertificateFacts {
        self.lock().facts.clone()
    }

    /// The files on disk are not usable and the certificate in use is an older one.
    pub fn is_stuck(&self) -> bool {
        self.lock().is_stuck
    }

    /// Takes what lies on disk into use if it changed; renews what is ours. New connections see it, open ones stay as they are. Reads
    /// files: not for a thread that must not wait.
    pub fn refresh(&self, now: Utc) {
        if let Err(error) = self.try_refresh(now) {
            let mut state = self.lock();
            if !std::mem::replace(&mut state.is_stuck, true) {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the new certificate cannot be used; the one before stays in use");
            }
        }
    }

    fn try_refresh(&self, now: Utc) -> Result<(), TlsError> {
        let Some((certificate, key)) = files(&self.source, now)? else { return Ok(()) };
        let seen = digest(&certificate, &key);
        if self.lock().seen == seen {
            self.lock().is_stuck = false;
            return Ok(());
        }
        let (config, facts) = server_config(&certificate, &key)?;
        let mut state = self.lock();
        state.seen = seen;
        state.is_stuck = false;
        state.bare = bare(&config);
        self.shown.reload_from_config(config);
        tracing::info!(certificate.sha256 = facts.fingerprint(), "a new certificate is in use");
        state.facts = facts;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The same without the protocol names of HTTP: whoever offers others would be turned away (RFC 7301 §3.2).
fn bare(config: &ServerConfig) -> Arc<ServerConfig> {
    let mut bare = config.clone();
    bare.alpn_protocols.clear();
    Arc::new(bare)
}

fn files(source: &TlsConfig, now: Utc) -> Result<Option<(PathBuf, PathBuf)>, TlsError> {
    Ok(match source {
        TlsConfig::Off => None,
        TlsConfig::Given { certificate, key } => Some((certificate.clone(), key.clone())),
        TlsConfig::Generated { dir, names } => {
            let kept = generated::ensure(dir, names, now)?;
            Some((kept.certificate, kept.key))
        }
    })
}

/// Of the content, because tools replace files, links and whole directories, and times lie.
fn digest(certificate: &std::path::Path, key: &std::path::Path) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for path in [certificate, key] {
        let bytes = std::fs::read(path).unwrap_or_default();
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(&bytes);
    }
    hasher.finalize().into()
}
