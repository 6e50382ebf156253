//! `[trunk.register]`: an account at a carrier.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use schemars::JsonSchema;
use serde::Deserialize;

use super::trunk::{CALL_MAX, Call, canonical, is_nowhere};

/// A carrier that forgot us, after a restart of its own say, has us back within five minutes.
const EXPIRES_S: u32 = 300;
/// Registrars refuse less than a minute, and nobody grants more than a day.
const EXPIRES_S_RANGE: std::ops::RangeInclusive<u32> = 60..=86_400;
/// Longer passwords are some other file.
const PASSWORD_BYTES_MAX: usize = 1_024;

/// An account at a carrier.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Address and port of the registrar, or a list of them, the best first: the next is asked when one is silent or says that it cannot.
    pub server: Call,
    /// User name; calls that come in are for this number, unless the carrier writes the dialled one.
    pub user: String,
    /// The carrier's domain; the registrar's address if not given.
    pub domain: Option<String>,
    /// The realm the carrier's challenges must name; learned from the carrier if not given.
    pub realm: Option<String>,
    /// A file that holds the password and nothing else, mode 0600.
    pub password_file: PathBuf,
    /// Seconds a registration is asked for.
    #[serde(default = "expires_s")]
    pub expires_s: u32,
}

fn expires_s() -> u32 {
    EXPIRES_S
}

impl Register {
    /// Registrars, the best first.
    pub fn servers(&self) -> Vec<SocketAddr> {
        self.server.addresses().iter().copied().map(canonical).collect()
    }

    pub(super) fn faults(&self, trunk: &str, faults: &mut Vec<String>) {
        let mut fault = |text: String| faults.push(format!("trunk {trunk:?}: register.{text}"));
        let servers = self.servers();
        if servers.is_empty() {
            fault("server is empty; name an address with its port".to_owned());
        }
        if servers.len() > CALL_MAX {
            fault(format!("server names {} addresses, at most {CALL_MAX} are tried", servers.len()));
        }
        for (at, server) in servers.iter().enumerate() {
            if is_nowhere(*server) {
                fault(format!("server {server} cannot be reached"));
            }
            if servers[..at].contains(server) {
                fault(format!("server names {server} twice"));
            }
        }
        let is_user = |c: char| c.is_ascii_alphanumeric() || "+-_.!~*'()".contains(c);
        if self.user.is_empty() || !self.user.chars().all(is_user) {
            fault(format!("user {:?} is no user name; digits, letters and +-_.!~*'() may stand in it", self.user));
        }
        let is_host = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
        if self.domain.as_ref().is_some_and(|domain| domain.is_empty() || !domain.chars().all(is_host)) {
            fault("domain is no host name".to_owned());
        }
        let is_quotable = |c: char| (c.is_ascii_graphic() || c == ' ') && c != '"' && c != '\\';
        if self.realm.as_ref().is_some_and(|realm| realm.is_empty() || !realm.chars().all(is_quotable)) {
            fault("realm is empty or holds what cannot be quoted".to_owned());
        }
        if !EXPIRES_S_RANGE.contains(&self.expires_s) {
            let (shortest, longest) = EXPIRES_S_RANGE.into_inner();
            fault(format!("expires_s is {}; it must be {shortest} to {longest}", self.expires_s));
        }
    }

    /// The password, without the end of its line.
    ///
    /// # Errors
    /// Names the file that cannot be read, or holds no password.
    pub fn password(&self) -> anyhow::Result<sip::Password> {
        let path = &self.password_file;
        let shown = path.display();
        let text =
            std::fs::read_to_string(path).with_context(|| format!("the password file {shown} cannot be read"))?;
        let password = text.trim_end_matches(['\r', '\n']);
        ensure!(!password.is_empty(), "the password file {shown} is empty");
        ensure!(
            password.len() <= PASSWORD_BYTES_MAX && !password.contains(char::is_control),
            "the password file {shown} holds more than one line, or more than a password"
        );
        if is_open(path) {
            tracing::warn!(path = %shown, "the password file can be read by others; its mode should be 0600");
        }
        Ok(sip::Password::new(password))
    }
}

/// Whether others than its owner may read a file.
pub fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}
