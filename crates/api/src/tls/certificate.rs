//! A certificate with its key, and what stands in it.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::Utc;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// Why there is no usable certificate.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read as PEM.
    #[error("{path} cannot be used for TLS")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: rustls::pki_types::pem::Error,
    },
    /// The file holds no certificate we understand.
    #[error("{path} holds no certificate that can be read")]
    NoCertificate {
        /// Which file.
        path: PathBuf,
    },
    /// The certificate does not go with the key, or the library refuses it.
    #[error("the certificate and the key cannot be used")]
    Unusable(#[from] rustls::Error),
    /// A certificate cannot be made.
    #[error("a certificate cannot be made")]
    Generate(#[from] rcgen::Error),
    /// A made certificate cannot be kept.
    #[error("{path} cannot be written")]
    Keep {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// What stands in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// SHA-256 of the certificate, as browsers show it.
    pub sha256: [u8; 32],
    /// Not good any more from then on.
    pub expires_at: Utc,
    /// Names and addresses it is good for.
    pub names: Vec<String>,
}

impl CertificateFacts {
    /// The fingerprint as people compare it: `AB:CD:…`.
    pub fn fingerprint(&self) -> String {
        let bytes: Vec<String> = self.sha256.iter().map(|byte| format!("{byte:02X}")).collect();
        bytes.join(":")
    }
}

/// What stands in the first certificate of a PEM file.
///
/// # Errors
/// When it cannot be read.
pub fn certificate_facts(path: &Path) -> Result<CertificateFacts, TlsError> {
    let chain = read_chain(path)?;
    let first = chain.first().ok_or_else(|| TlsError::NoCertificate { path: path.to_owned() })?;
    facts_of(first).ok_or_else(|| TlsError::NoCertificate { path: path.to_owned() })
}

/// Whether the two files go together, and what stands in the certificate.
///
/// # Errors
/// When one cannot be read, or they do not go together.
pub fn certificate_with_key(certificate: &Path, key: &Path) -> Result<CertificateFacts, TlsError> {
    server_config(certificate, key).map(|(_, facts)| facts)
}

/// What TLS needs to show the certificate.
pub(super) fn server_config(certificate: &Path, key: &Path) -> Result<(Arc<ServerConfig>, CertificateFacts), TlsError> {
    let facts = certificate_facts(certificate)?;
    let chain = read_chain(certificate)?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(unreadable(key))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    // WebSockets over HTTP/2 need extended CONNECT; browsers fall back to HTTP/1.1 for them by themselves.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((Arc::new(config), facts))
}

fn unreadable(path: &Path) -> impl FnOnce(rustls::pki_types::pem::Error) -> TlsError {
    let path = path.to_owned();
    move |source| TlsError::Read { path, source }
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).map_err(unreadable(path))?.collect();
    chain.map_err(unreadable(path))
}

fn facts_of(certificate: &CertificateDer<'_>) -> Option<CertificateFacts> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    let named = parsed.subject_alternative_name().ok().flatten();
    let names = named.iter().flat_map(|san| san.value.general_names.iter()).filter_map(name_of).collect();
    let expires_s = parsed.validity().not_after.timestamp();
    Some(CertificateFacts {
        sha256: Sha256::digest(certificate).into(),
        expires_at: Utc(expires_s.saturating_mul(1_000_000)),
        names,
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a browser asks for names and addresses only")]
fn name_of(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => {
            let address: Option<IpAddr> = match bytes.len() {
                4 => <[u8; 4]>::try_from(*bytes).ok().map(IpAddr::from),
                16 => <[u8; 16]>::try_from(*bytes).ok().map(IpAddr::from),
                _ => None,
            };
            address.map(|address| address.to_string())
        }
        _ => None,
    }
}
