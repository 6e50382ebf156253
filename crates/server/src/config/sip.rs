//! Telephone signalling: where it is served, and with which certificate.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Config, Tls};

/// Telephone signalling.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sip {
    /// Address and port, UDP and TCP.
    pub bind: SocketAddr,
    /// Address and port of SIP over TLS; none if not given. 5061 is the usual port.
    pub tls_bind: Option<SocketAddr>,
    /// Certificate chain of SIP over TLS (PEM). If not given it is that of `[http]`, or one made and renewed by Callisto.
    pub cert_file: Option<PathBuf>,
    /// Private key of that certificate (PEM).
    pub private_key_file: Option<PathBuf>,
    /// The address telephones are told, for signalling and audio.
    pub advertised: IpAddr,
    /// Offers SHA-256 beside MD5 when a phone must prove its password. Many phones refuse to register when it is on.
    pub sha256: bool,
}

impl Default for Sip {
    fn default() -> Sip {
        Sip {
            bind: SocketAddr::from(([127, 0, 0, 1], 5060)),
            tls_bind: None,
            cert_file: None,
            private_key_file: None,
            advertised: IpAddr::from([127, 0, 0, 1]),
            sha256: false,
        }
    }
}

impl Sip {
    pub(super) fn faults(&self, faults: &mut Vec<String>) {
        if self.cert_file.is_some() != self.private_key_file.is_some() {
            faults.push("sip.cert_file and sip.private_key_file go together; one of them is missing".to_owned());
        }
        if self.cert_file.is_some() && self.tls_bind.is_none() {
            faults.push("sip.cert_file is named and sip.tls_bind is not; nobody would see the certificate".to_owned());
        }
        if self.tls_bind == Some(self.bind) {
            faults.push("sip.tls_bind and sip.bind are the same address; TLS needs a port of its own".to_owned());
        }
    }
}

impl Config {
    /// Where the certificate of SIP over TLS comes from. `machine` are the names and addresses of this machine.
    pub fn sip_tls(&self, machine: Vec<String>) -> api::TlsConfig {
        if self.sip.tls_bind.is_none() {
            return api::TlsConfig::Off;
        }
        if let (Some(certificate), Some(key)) = (&self.sip.cert_file, &self.sip.private_key_file) {
            return api::TlsConfig::Given { certificate: certificate.clone(), key: key.clone() };
        }
        match self.http.tls() {
            Tls::Given | Tls::Generated => self.tls(machine),
            // The web server may stand behind somebody who speaks TLS for it; telephones do not.
            Tls::Off => self.generated_tls(machine),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    const DATA: &str = "[data]\ndir = \"/a\"\nkey_file = \"/b\"\n";

    fn tls(text: &str) -> api::TlsConfig {
        read(&format!("{DATA}{text}")).unwrap().sip_tls(vec!["box".to_owned()])
    }

    #[test]
    fn the_certificate_is_that_of_the_pages_unless_another_is_named() {
        let given = |name: &str| api::TlsConfig::Given { certificate: name.into(), key: "k".into() };
        assert_eq!(tls("[sip]\n"), api::TlsConfig::Off);
        let sip = "[sip]\ntls_bind = \"0.0.0.0:5061\"\n";
        assert!(matches!(tls(sip), api::TlsConfig::Generated { .. }), "the pages are plain on this machine alone");
        let pages = "[http]\ncert_file = \"web\"\nprivate_key_file = \"k\"\n";
        assert_eq!(tls(&format!("{pages}{sip}")), given("web"));
        let own = format!("{sip}cert_file = \"phones\"\nprivate_key_file = \"k\"\n");
        assert_eq!(tls(&format!("{pages}{own}")), given("phones"));
    }

    #[test]
    fn half_a_certificate_and_a_shared_port_are_faults() {
        for (sip, part) in [
            ("tls_bind = \"127.0.0.1:5061\"\ncert_file = \"c\"\n", "go together"),
            ("cert_file = \"c\"\nprivate_key_file = \"k\"\n", "sip.tls_bind is not"),
            ("tls_bind = \"127.0.0.1:5060\"\n", "a port of its own"),
        ] {
            let fault = read(&format!("{DATA}[sip]\n{sip}")).unwrap_err().to_string();
            assert!(fault.contains(part), "{part} is missing in {fault}");
        }
    }
}
