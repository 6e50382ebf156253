//! Where the web client and the API are reached, and with which certificate.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Config;

/// The web client and the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// Address and TCP port.
    pub bind: SocketAddr,
    /// `given` (the two files below), `generated` (made and renewed by Callisto) or `off` (plain HTTP). If not said: `given` with
    /// files, `off` on an address of this machine alone, else `generated`, because browsers give no microphone to plain HTTP.
    pub tls: Option<Tls>,
    /// Certificate chain (PEM).
    pub cert_file: Option<PathBuf>,
    /// Private key of the certificate (PEM).
    pub private_key_file: Option<PathBuf>,
    /// Further names and addresses the generated certificate is good for; those of this machine are in it anyway.
    pub names: Vec<String>,
    /// A second address, of plain HTTP, from which browsers are sent to HTTPS.
    pub redirect_bind: Option<SocketAddr>,
    /// What people type to get here, such as `https://calls.example.cn`, where it is not the name they asked for.
    pub public_url: Option<String>,
    /// A web client to serve instead of the one inside the program.
    pub web_dir: Option<PathBuf>,
}

impl Default for Http {
    fn default() -> Http {
        Http {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            tls: None,
            cert_file: None,
            private_key_file: None,
            names: Vec::new(),
            redirect_bind: None,
            public_url: None,
            web_dir: None,
        }
    }
}

/// Where the certificate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Plain HTTP.
    Off,
    /// Made and renewed by Callisto, in the data directory.
    Generated,
    /// The files of `cert_file` and `private_key_file`, read again when they change.
    Given,
}

impl Http {
    /// Where the certificate comes from, said or not.
    pub fn tls(&self) -> Tls {
        match self.tls {
            Some(tls) => tls,
            None if self.cert_file.is_some() => Tls::Given,
            None if self.bind.ip().is_loopback() => Tls::Off,
            None => Tls::Generated,
        }
    }

    pub(super) fn faults(&self, faults: &mut Vec<String>) {
        if self.cert_file.is_some() != self.private_key_file.is_some() {
            faults.push("http.cert_file and http.private_key_file go together; one of them is missing".to_owned());
        }
        match self.tls() {
            Tls::Given if self.cert_file.is_none() => {
                faults.push("http.tls = \"given\" needs http.cert_file and http.private_key_file".to_owned());
            }
            Tls::Generated | Tls::Off if self.cert_file.is_some() => {
                faults
                    .push("http.cert_file is named and http.tls says not to use it; leave one of them out".to_owned());
            }
            Tls::Off if self.redirect_bind.is_some() => {
                faults.push("http.redirect_bind has no HTTPS to send anybody to".to_owned());
            }
            Tls::Given | Tls::Generated | Tls::Off => {}
        }
        if self.redirect_bind == Some(self.bind) {
            faults.push("http.redirect_bind and http.bind are the same address".to_owned());
        }
        let is_url = |url: &str| {
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '@', ' ']))
        };
        if self.public_url.as_deref().is_some_and(|url| !is_url(url)) {
            faults.push("http.public_url must be like https://calls.example.cn, without a path".to_owned());
        }
    }
}

impl Config {
    /// What the web server is told of its certificate. `machine` are the names and addresses of this machine.
    pub fn tls(&self, machine: Vec<String>) -> api::TlsConfig {
        match (self.http.tls(), &self.http.cert_file, &self.http.private_key_file) {
            (Tls::Given, Some(certificate), Some(key)) => {
                api::TlsConfig::Given { certificate: certificate.clone(), key: key.clone() }
            }
            (Tls::Generated, _, _) => self.generated_tls(machine),
            (Tls::Given | Tls::Off, _, _) => api::TlsConfig::Off,
        }
    }

    /// A certificate of our own, good for whatever reaches us.
    pub(super) fn generated_tls(&self, machine: Vec<String>) -> api::TlsConfig {
        api::TlsConfig::Generated { dir: self.data.dir.join("tls"), names: self.certificate_names(machine) }
    }

    /// What people may type to reach this server: configured first, then what the machine is called, each once.
    fn certificate_names(&self, machine: Vec<String>) -> Vec<String> {
        let url = self.http.public_url.as_deref().and_then(|url| url.split_once("://"));
        let url = url.map(|(_, host)| host.rsplit_once(':').map_or(host, |(name, _)| name).to_owned());
        let told = self.media.advertised.iter().chain([&self.sip.advertised]).map(IpAddr::to_string);
        let bound = Some(self.http.bind.ip()).filter(|ip| !ip.is_unspecified()).map(|ip| ip.to_string());
        let everywhere = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let mut names: Vec<String> = Vec::new();
        for name in self.http.names.iter().cloned().chain(url).chain(told).chain(bound).chain(machine).chain(everywhere)
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::tests::read;
    use super::*;

    #[test]
    fn https_comes_by_itself_where_others_can_reach_the_page() {
        let data = "[data]\ndir = \"/a\"\nkey_file = \"/b\"\n[http]\n";
        let tls = |http: &str| read(&format!("{data}{http}")).map(|config| config.http.tls());
        assert_eq!(tls("bind = \"127.0.0.1:8080\"\n").unwrap(), Tls::Off);
        assert_eq!(tls("bind = \"0.0.0.0:443\"\n").unwrap(), Tls::Generated);
        assert_eq!(tls("bind = \"0.0.0.0:8080\"\ntls = \"off\"\n").unwrap(), Tls::Off);
        assert_eq!(tls("cert_file = \"c\"\nprivate_key_file = \"k\"\n").unwrap(), Tls::Given);
        for (http, fault) in [
            ("tls = \"given\"\n", "needs http.cert_file"),
            ("tls = \"generated\"\ncert_file = \"c\"\nprivate_key_file = \"k\"\n", "not to use it"),
            ("redirect_bind = \"127.0.0.1:80\"\n", "no HTTPS"),
            ("public_url = \"https://a.cn/x\"\n", "without a path"),
        ] {
            let error = tls(http).unwrap_err().to_string();
            assert!(error.contains(fault), "{fault} is missing in {error}");
        }
    }

    #[test]
    fn a_generated_certificate_is_good_for_every_name_once() {
        let text = "[data]\ndir = \"/a\"\nkey_file = \"/b\"\n[http]\nbind = \"0.0.0.0:443\"\nnames = [\"cc.lan\"]\n\
                    public_url = \"https://calls.example.cn:8443\"\n[sip]\nadvertised = \"192.0.2.7\"\n";
        let api::TlsConfig::Generated { dir, names } = read(text).unwrap().tls(vec!["box".into(), "192.0.2.7".into()])
        else {
            panic!("no certificate is made")
        };
        assert_eq!(dir, Path::new("/a/tls"));
        assert_eq!(names, ["cc.lan", "calls.example.cn", "127.0.0.1", "192.0.2.7", "box", "localhost", "::1"]);
    }
}
