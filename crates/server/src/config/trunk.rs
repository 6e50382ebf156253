//! `[[trunk]]`: a carrier.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::codec::{self, Codec};
use super::inbound::InboundRule;
use super::register::Register;

/// Addresses a call may try one after the other; with two seconds for each that is dead, a caller waits for no more.
pub(super) const CALL_MAX: usize = 8;
/// Seconds between two questions whether an address is there, where several are to be chosen from or we register, and nothing is
/// said. It keeps the mapping of the meanest router (RFC 4787: 30 s seen), through which the carrier's calls come to us.
const PROBE_S: u32 = 25;
/// The shortest and the longest time between them, where they are not switched off. Asking more often is a nuisance, asking
/// less often tells nothing.
const PROBE_S_RANGE: std::ops::RangeInclusive<u32> = 5..=3_600;

/// A carrier, known by its addresses.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trunk {
    /// Its name; calls are kept under it.
    pub name: String,
    /// Addresses its calls come from.
    pub addresses: Vec<IpAddr>,
    /// The tenant it belongs to, where there are several.
    pub tenant: Option<String>,
    /// Address and port our calls go to, or a list of them, the best first; the registrar if not given, else port 5060 of the
    /// first address.
    pub call: Option<Call>,
    /// Calls and registrations go over TCP instead of UDP; the same as `transport = "tcp"`.
    #[serde(default)]
    pub tcp: bool,
    /// What calls and registrations go over: `udp`, `tcp` or `tls`; `udp` if not given.
    pub transport: Option<Wire>,
    /// The name its certificate must be good for, where it is reached over TLS; the address that is called if not given.
    pub tls_name: Option<String>,
    /// Those who may vouch for its certificate (PEM); those the system believes if not given.
    pub ca_file: Option<PathBuf>,
    /// Whether its calls are encrypted, signalling and sound: `off`, `when_offered` or `required`; `when_offered` if not given. What is not
    /// encrypted where it is required is refused.
    #[serde(default)]
    pub encryption: Encryption,
    /// What may be spoken with it, the best first, of `pcma`, `pcmu`, `g722` and `opus`: nothing else is offered or taken. G.711 as the carrier
    /// likes it if not given.
    pub codecs: Option<Vec<Codec>>,
    /// How often each address our calls go to is asked whether it is there (OPTIONS), in seconds; 0 never. 25 if not given and
    /// there are several or we register, else 0.
    pub probe_s: Option<u32>,
    /// Whether it is told the number of a caller who withholds it, for itself alone (`P-Asserted-Identity` with `Privacy: id`); true if
    /// not given.
    #[serde(default = "yes")]
    pub asserted_identity: bool,
    /// What is done to the number that was dialled, in calls from it: the beginning of a number becomes another one. At most 50 rules.
    #[serde(default)]
    pub inbound_called: Vec<InboundRule>,
    /// The same for the number of who calls.
    #[serde(default)]
    pub inbound_caller: Vec<InboundRule>,
    /// The account to register with, where the carrier wants that.
    pub register: Option<Register>,
}

/// What signalling goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// Datagrams.
    Udp,
    /// A connection.
    Tcp,
    /// A connection nobody on the way can read.
    Tls,
}

/// Whether calls are encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Encryption {
    /// Sound never is.
    Off,
    /// Sound is where the carrier offers it over TLS.
    #[default]
    WhenOffered,
    /// Everything is, or the call is refused.
    Required,
}

impl From<Encryption> for domain::Encryption {
    fn from(encryption: Encryption) -> domain::Encryption {
        match encryption {
            Encryption::Off => domain::Encryption::Off,
            Encryption::WhenOffered => domain::Encryption::WhenOffered,
            Encryption::Required => domain::Encryption::Required,
        }
    }
}

/// Where calls or registrations go.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "an address with its port, or a list of them")]
pub enum Call {
    /// One address.
    One(SocketAddr),
    /// Several, the best first.
    Several(Vec<SocketAddr>),
}

fn yes() -> bool {
    true
}

impl Trunk {
    /// What calls and registrations go over.
    pub fn wire(&self) -> Wire {
        self.transport.unwrap_or(if self.tcp { Wire::Tcp } else { Wire::Udp })
    }

    /// Addresses our calls go to, the best first; empty when nothing is said.
    pub fn targets(&self) -> Vec<SocketAddr> {
        let targets = match &self.call {
            None => self.register.iter().flat_map(Register::servers).collect(),
            Some(call) => call.addresses().to_vec(),
        };
        targets.into_iter().map(canonical).collect()
    }

    /// Hosts whose packets are this trunk's: those its calls come from, and those we call and register at.
    pub fn hosts(&self) -> BTreeSet<IpAddr> {
        let server = self.register.iter().flat_map(Register::servers);
        let called = self.targets().into_iter().chain(server).map(|address| address.ip());
        self.addresses.iter().copied().chain(called).map(|ip| ip.to_canonical()).collect()
    }

    /// What keeps trunks apart is the address packets come from.
    pub(super) fn shared(trunks: &[Trunk], faults: &mut Vec<String>) {
        for (at, trunk) in trunks.iter().enumerate() {
            for other in &trunks[..at] {
                if let Some(host) = trunk.hosts().intersection(&other.hosts()).next() {
                    faults.push(format!(
                        "trunks {:?} and {:?} share {host}; whose a call from there is could not be told, so make them one trunk",
                        other.name, trunk.name
                    ));
                }
            }
        }
    }

    /// Places that a socket of this address cannot send to.
    pub(super) fn out_of_reach(&self, bind: SocketAddr, faults: &mut Vec<String>) {
        let name = &self.name;
        let server = self.register.iter().flat_map(Register::servers);
        for target in self.targets().into_iter().chain(server).collect::<BTreeSet<SocketAddr>>() {
            if !reaches(bind.ip(), target.ip()) {
                let (own, its) = if target.is_ipv6() { ("IPv4", "IPv6") } else { ("IPv6", "IPv4") };
                faults.push(format!("trunk {name:?}: {target} is {its}, and sip.bind {bind} is {own} alone"));
            }
        }
    }

    /// How often an address is asked whether it is there.
    pub fn probe(&self) -> Option<Duration> {
        let is_wanted = self.targets().len() > 1 || self.register.is_some();
        let seconds = self.probe_s.unwrap_or(if is_wanted { PROBE_S } else { 0 });
        (seconds > 0).then(|| Duration::from_secs(seconds.into()))
    }

    pub(super) fn faults(&self, faults: &mut Vec<String>) {
        let name = &self.name;
        if name.trim().is_empty() {
            faults.push("a trunk has no name".to_owned());
        }
        if self.addresses.is_empty() {
            faults.push(format!("trunk {name:?} has no addresses; none of its calls would be taken"));
        }
        let targets = self.targets();
        if self.call.is_some() && targets.is_empty() {
            faults.push(format!("trunk {name:?}: call is empty; leave it out, or name an address with its port"));
        }
        if targets.len() > CALL_MAX {
            faults
                .push(format!("trunk {name:?}: call names {} addresses, at most {CALL_MAX} are tried", targets.len()));
        }
        for (at, target) in targets.iter().enumerate() {
            if is_nowhere(*target) {
                faults.push(format!("trunk {name:?}: no call can be sent to {target}"));
            }
            if targets[..at].contains(target) {
                faults.push(format!("trunk {name:?}: call names {target} twice"));
            }
        }
        if let Some(seconds) = self.probe_s.filter(|s| *s != 0 && !PROBE_S_RANGE.contains(s)) {
            let (shortest, longest) = PROBE_S_RANGE.into_inner();
            faults.push(format!("trunk {name:?}: probe_s is {seconds}; it must be 0 or {shortest} to {longest}"));
        }
        if self.probe().is_some() && targets.is_empty() {
            faults
                .push(format!("trunk {name:?}: probe_s asks where calls go, and neither call nor register says where"));
        }
        codec::faults(name, self.codecs.as_deref(), faults);
        self.wire_faults(faults);
        InboundRule::faults(&self.inbound_called, name, "inbound_called", faults);
        InboundRule::faults(&self.inbound_caller, name, "inbound_caller", faults);
        if let Some(register) = &self.register {
            register.faults(name, faults);
        }
    }
}

impl Trunk {
    fn wire_faults(&self, faults: &mut Vec<String>) {
        let name = &self.name;
        if self.tcp && self.wire() != Wire::Tcp {
            faults.push(format!("trunk {name:?}: tcp and transport say different things; leave tcp out"));
        }
        let is_tls = self.wire() == Wire::Tls;
        if is_tls && self.targets().is_empty() {
            faults.push(format!("trunk {name:?}: over TLS, say by call or register where it is reached"));
        }
        if !is_tls && (self.tls_name.is_some() || self.ca_file.is_some()) {
            faults.push(format!("trunk {name:?}: tls_name and ca_file are of use with transport = \"tls\" only"));
        }
        if !is_tls && self.encryption == Encryption::Required {
            faults.push(format!(
                "trunk {name:?}: encryption is required and transport is not \"tls\"; no call could go there"
            ));
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
        if self.tls_name.as_ref().is_some_and(|name| name.is_empty() || !name.chars().all(is_name)) {
            faults.push(format!("trunk {name:?}: tls_name is neither a host name nor an address"));
        }
    }
}

impl Call {
    pub(super) fn addresses(&self) -> &[SocketAddr] {
        match self {
            Call::One(address) => std::slice::from_ref(address),
            Call::Several(addresses) => addresses,
        }
    }
}

/// IPv4 in IPv6 form is IPv4.
pub(super) fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// Whether a socket bound to `own` can send to `other`. `[::]` takes both.
fn reaches(own: IpAddr, other: IpAddr) -> bool {
    let own = own.to_canonical();
    own.is_ipv6() == other.is_ipv6() || (own.is_ipv6() && own.is_unspecified())
}

pub(super) fn is_nowhere(address: SocketAddr) -> bool {
    address.port() == 0 || address.ip().is_unspecified()
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    const DATA: &str =
        "[data]\ndir = \"/srv/callisto\"\nkey_file = \"/etc/callisto.key\"\n[sip]\nbind = \"[::]:5060\"\n";
    const RULE: &str = "{ begins = \"9\", becomes = \"\" }";
    const TRUNK: &str = "[[trunk]]\nname = \"x\"\naddresses = [\"198.51.100.20\"]\n";

    fn trunk(more: &str) -> Trunk {
        read(&format!("{DATA}{TRUNK}{more}")).unwrap().trunks.remove(0)
    }

    fn fault(more: &str) -> String {
        format!("{:#}", read(&format!("{DATA}{TRUNK}{more}")).unwrap_err())
    }

    #[test]
    fn one_address_or_several_are_called_and_several_are_asked() {
        let addresses = |of: &[&str]| of.iter().map(|a| a.parse().unwrap()).collect::<Vec<SocketAddr>>();
        for (more, targets, probe_s) in [
            ("", &[][..], 0),
            ("call = \"198.51.100.20:5060\"\n", &["198.51.100.20:5060"][..], 0),
            ("call = \"198.51.100.20:5060\"\nprobe_s = 10\n", &["198.51.100.20:5060"], 10),
            (
                "call = [\"198.51.100.21:5070\", \"198.51.100.20:5060\"]\n",
                &["198.51.100.21:5070", "198.51.100.20:5060"],
                25,
            ),
            (
                "call = [\"198.51.100.21:5070\", \"[2001:db8::1]:5060\"]\nprobe_s = 0\n",
                &["198.51.100.21:5070", "[2001:db8::1]:5060"],
                0,
            ),
        ] {
            let trunk = trunk(more);
            assert_eq!(trunk.targets(), addresses(targets), "{more}");
            assert_eq!(trunk.probe().map_or(0, |every| every.as_secs()), probe_s, "{more}");
        }
    }

    #[test]
    fn a_trunk_is_reached_over_what_is_said_and_over_udp_otherwise() {
        let call = "call = \"198.51.100.20:5061\"\n";
        for (more, wire) in [
            ("", Wire::Udp),
            ("tcp = true\n", Wire::Tcp),
            ("transport = \"tcp\"\n", Wire::Tcp),
            ("tcp = true\ntransport = \"tcp\"\n", Wire::Tcp),
            ("transport = \"udp\"\n", Wire::Udp),
            ("transport = \"tls\"\ntls_name = \"sip.example.cn\"\n", Wire::Tls),
        ] {
            assert_eq!(trunk(&format!("{call}{more}")).wire(), wire, "{more}");
        }
    }

    #[test]
    fn every_fault_of_a_trunk_is_named() {
        let many = (1..=9).map(|n| format!("\"198.51.100.{n}:5060\"")).collect::<Vec<_>>().join(", ");
        for (more, part) in [
            ("call = []\n", "call is empty"),
            ("call = \"198.51.100.20\"\n", "an address with its port, or a list of them"),
            ("call = \"0.0.0.0:5060\"\n", "no call can be sent to 0.0.0.0:5060"),
            ("call = [\"198.51.100.20:5060\", \"198.51.100.20:5060\"]\n", "twice"),
            (&format!("call = [{many}]\n"), "at most 8"),
            ("call = \"198.51.100.20:5060\"\nprobe_s = 1\n", "probe_s is 1"),
            ("probe_s = 30\n", "neither call nor register"),
            ("tcp = true\ntransport = \"tls\"\ncall = \"198.51.100.20:5061\"\n", "different things"),
            ("transport = \"tls\"\n", "say by call or register"),
            ("tls_name = \"sip.example.cn\"\n", "with transport"),
            ("transport = \"tls\"\ntls_name = \"a/b\"\ncall = \"198.51.100.20:5061\"\n", "neither a host name"),
            ("transport = \"ws\"\n", "ws"),
            ("encryption = \"required\"\n", "no call could go there"),
            ("codecs = []\n", "codecs is empty"),
            ("codecs = [\"g722\", \"pcma\", \"g722\"]\n", "codecs names g722 twice"),
            ("codecs = [\"g729\"]\n", "g729"),
            ("encryption = \"yes\"\n", "yes"),
            ("inbound_called = [{ begins = \"a\", becomes = \"\" }]\n", "begins of inbound_called is \"a\""),
            ("inbound_caller = [{ begins = \"\", becomes = \"0-1\" }]\n", "becomes of inbound_caller"),
            ("inbound_caller = [{ begins = \"\", becomes = \"0\", digits = 0 }]\n", "digits of inbound_caller is 0"),
            ("inbound_caller = [{ begins = \"\", becomes = \"0\", digits = 33 }]\n", "digits of inbound_caller is 33"),
            ("inbound_caller = [{ begins = \"9\", becomes = \"9\", length = 1 }]\n", "length"),
            (&format!("inbound_called = [{}]\n", vec![RULE; 51].join(", ")), "51 rules, at most 50"),
            (&format!("inbound_called = [{RULE}, {RULE}]\n"), "two rules of inbound_called"),
        ] {
            let fault = fault(more);
            assert!(fault.contains(part), "{part} is missing in {fault}");
        }
    }

    #[test]
    fn an_account_is_read_and_its_faults_are_named_all_at_once() {
        let account =
            "[trunk.register]\nserver = \"198.51.100.20:5060\"\nuser = \"+8675512345\"\npassword_file = \"/run/p\"\n";
        let register = trunk(account).register.unwrap();
        assert_eq!((register.user.as_str(), register.expires_s, &register.realm), ("+8675512345", 300, &None));
        assert_eq!(trunk(account).targets(), register.servers().as_slice(), "calls go where we register");
        assert_eq!(trunk(account).probe(), Some(Duration::from_secs(25)), "routers on the way stay open");
        assert_eq!(trunk(&format!("probe_s = 0\n{account}")).probe(), None);
        let several = "[trunk.register]\nserver = [\"198.51.100.20:5060\", \"198.51.100.21:5060\"]\nuser = \"a\"\n\
                       password_file = \"/run/p\"\n";
        assert_eq!(trunk(several).targets().len(), 2, "registrars are tried in turn, and so are calls");
        let broken = "[trunk.register]\nserver = \"198.51.100.20:0\"\nuser = \"a b\"\ndomain = \"a/b\"\nrealm = \"a\\\"b\"\n\
                      expires_s = 5\npassword_file = \"/run/p\"\n";
        let fault = fault(broken);
        for part in ["register.server", "register.user", "register.domain", "register.realm", "register.expires_s"] {
            assert!(fault.contains(part), "{part} is missing in {fault}");
        }
    }

    #[test]
    fn an_address_belongs_to_one_trunk() {
        let other = |more: &str| format!("[[trunk]]\nname = \"y\"\naddresses = [\"192.0.2.9\"]\n{more}");
        for more in [
            "call = \"198.51.100.20:5070\"\n",
            "call = \"[::ffff:198.51.100.20]:5070\"\n",
            "[trunk.register]\nserver = \"198.51.100.20:5060\"\nuser = \"a\"\npassword_file = \"/run/p\"\n",
        ] {
            let fault = fault(&other(more));
            assert!(fault.contains("trunks \"x\" and \"y\" share 198.51.100.20"), "{fault}");
        }
        let apart = read(&format!("{DATA}{TRUNK}{}", other("call = \"192.0.2.9:5060\"\n"))).unwrap();
        assert_eq!(apart.trunks.len(), 2);
    }

    #[test]
    fn a_trunk_must_be_of_a_family_that_our_socket_speaks() {
        for (bind, call, is_fault) in [
            ("192.0.2.7:5060", "[2001:db8::1]:5060", true),
            ("0.0.0.0:5060", "[2001:db8::1]:5060", true),
            ("0.0.0.0:5060", "[::ffff:198.51.100.20]:5060", false),
            ("[2001:db8::7]:5060", "198.51.100.20:5060", true),
            ("[::]:5060", "198.51.100.20:5060", false),
            ("[::]:5060", "[2001:db8::1]:5060", false),
        ] {
            let text = format!("{DATA}{TRUNK}call = \"{call}\"\n")
                .replace("[::]:5060\"\n[[trunk", &format!("{bind}\"\n[[trunk"));
            let found = read(&text);
            assert_eq!(found.is_err(), is_fault, "{bind} {call}");
            if let Err(error) = found {
                assert!(format!("{error:#}").contains("and sip.bind"), "{error:#}");
            }
        }
        let mapped = trunk("call = \"[::ffff:198.51.100.20]:5060\"\n");
        assert_eq!(mapped.targets(), ["198.51.100.20:5060".parse::<SocketAddr>().unwrap()]);
    }

    #[test]
    fn a_password_stands_in_no_configuration() {
        let text = "[trunk.register]\nserver = \"198.51.100.20:5060\"\nuser = \"a\"\npassword = \"secret\"\n";
        assert!(fault(text).contains("password"));
    }

    #[test]
    fn a_password_file_holds_one_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("password");
        let mut register = trunk(
            "[trunk.register]\nserver = \"198.51.100.20:5060\"\nuser = \"a\"\npassword_file = \"/nowhere/at/all\"\n",
        )
        .register
        .unwrap();
        assert!(format!("{:#}", register.password().unwrap_err()).contains("/nowhere/at/all"));
        register.password_file.clone_from(&path);
        for (content, expected) in
            [("secret\n", Some("secret")), (" s e \r\n", Some(" s e ")), ("\n", None), ("a\nb\n", None)]
        {
            std::fs::write(&path, content).unwrap();
            let found = register.password();
            assert_eq!(found.ok(), expected.map(sip::Password::new), "{content:?}");
        }
    }
}
