//! The configuration file of a demo, as `callisto serve --config` reads it.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Args;
use super::place::Place;

/// The one address whose calls a demo takes.
const TRUSTED: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// An address of no machine (RFC 5737), asked only for the way there; nothing is sent.
const FAR_AWAY: &str = "192.0.2.1:9";

/// What goes into the file.
pub struct Config<'a> {
    pub place: &'a Place,
    pub args: &'a Args,
    pub key_file: &'a Path,
    pub web_dir: PathBuf,
}

impl Config<'_> {
    /// The text of the file.
    pub fn to_toml(&self) -> anyhow::Result<String> {
        let Args { http_port, sip_port, rtp_ports, bind, .. } = self.args;
        let http = SocketAddr::new(*bind, *http_port);
        let sip = SocketAddr::new(*bind, *sip_port);
        let advertised = advertised(*bind);
        let mut text = String::from("# Written by `cargo xtask demo` at every start; changes here are lost.\n");
        write!(
            text,
            "[data]\ndir = {data}\nkey_file = {key}\n\n\
             [http]\nbind = \"{http}\"\nweb_dir = {web}\n\n\
             [sip]\nbind = \"{sip}\"\nadvertised = \"{advertised}\"\n\n\
             [media]\nbind = \"{bind}\"\nadvertised = [\"{advertised}\"]\nrtp_ports = \"{rtp_ports}\"\n\n\
             [[trunk]]\nname = \"this machine\"\naddresses = [\"{TRUSTED}\"]\n\n\
             [drain]\ntimeout_s = 0\n\n\
             [log]\nlevel = \"info\"\njson = false\n\n\
             [demo]\nenabled = true\n",
            data = quoted(self.place.data_dir())?,
            key = quoted(self.key_file)?,
            web = quoted(&self.web_dir)?,
        )?;
        Ok(text)
    }
}

/// The address others are told: the one bound, or, when that is "any", the one that leads out of this machine.
fn advertised(bind: IpAddr) -> IpAddr {
    if !bind.is_unspecified() {
        return bind;
    }
    let way_out = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect(FAR_AWAY)?;
        socket.local_addr()
    });
    way_out.map_or(TRUSTED, |address| address.ip())
}

/// A path as a TOML basic string; JSON's escapes are a part of TOML's.
fn quoted(path: &Path) -> anyhow::Result<String> {
    let text = path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))?;
    Ok(serde_json::to_string(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_for_toml() {
        assert_eq!(quoted(Path::new("/srv/a \"b\"")).unwrap(), r#""/srv/a \"b\"""#);
    }

    #[test]
    fn a_bound_address_is_the_one_told() {
        let address = IpAddr::from([10, 1, 2, 3]);
        assert_eq!(advertised(address), address);
        assert!(!advertised(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).is_unspecified());
    }
}
