//! The carriers: whether somebody answers where they are said to be, and whether the passwords can be read.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

use super::finding::Finding;
use crate::config::{Config, Register, Trunk, Wire};

/// The port of SIP (RFC 3261 §19.1.2).
const SIP_PORT: u16 = 5_060;
/// Long enough for the other side of the world.
const PATIENCE: Duration = Duration::from_secs(2);
/// Addresses asked; a carrier with more has the first ones asked.
const ASKED_MAX: usize = 8;

pub fn examine(config: &Config) -> Vec<Finding> {
    if config.trunks.is_empty() {
        let advice = "add a [[trunk]] with the addresses your carrier calls from";
        return vec![Finding::note("trunk", "no carrier is configured: no telephone call is taken", advice)];
    }
    let of = |trunk| places(trunk).into_iter().map(move |peer| (trunk, peer));
    let asked = config.trunks.iter().flat_map(of).filter(|(_, peer)| !peer.ip().is_loopback());
    let asked: Vec<(&Trunk, SocketAddr)> = asked.take(ASKED_MAX).collect();
    // All at once: one that does not answer must not keep the others waiting.
    let answers = std::thread::scope(|scope| {
        let threads: Vec<_> = asked.iter().map(|(trunk, peer)| scope.spawn(move || ask(trunk, *peer))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect::<Vec<Finding>>()
    });
    let trusted = config.trunks.iter().filter_map(own_machine);
    config.trunks.iter().filter_map(password).chain(trusted).chain(answers).collect()
}

/// Whoever may send from this machine is the carrier then.
fn own_machine(trunk: &Trunk) -> Option<Finding> {
    let host = trunk.hosts().into_iter().find(IpAddr::is_loopback)?;
    let found = format!("{:?} is trusted at {host}: every program on this machine calls as that carrier", trunk.name);
    let advice = "right for trying out or for a gateway on this machine; otherwise take the address out";
    Some(Finding::note("trunk", found, advice))
}

/// Where a carrier is called and registered at; where nothing is said, port 5060 of its addresses.
fn places(trunk: &Trunk) -> Vec<SocketAddr> {
    let server = trunk.register.iter().flat_map(Register::servers);
    let mut places: Vec<SocketAddr> = trunk.targets().into_iter().chain(server).collect();
    if places.is_empty() {
        places.extend(trunk.addresses.iter().map(|ip| SocketAddr::new(*ip, SIP_PORT)));
    }
    places.sort();
    places.dedup();
    places
}

fn ask(trunk: &Trunk, peer: SocketAddr) -> Finding {
    let name = &trunk.name;
    let answer = match trunk.wire() {
        Wire::Udp => sip::ask_options(peer, PATIENCE).map(|status| format!("answers with {status}")),
        Wire::Tcp => TcpStream::connect_timeout(&peer, PATIENCE).map(|_| "takes connections".to_owned()),
        Wire::Tls => match crate::trunks::tls_peer(trunk) {
            Ok(judge) => sip::ask_tls(peer, &judge, PATIENCE).map(|()| "shows a certificate we believe".to_owned()),
            Err(error) => {
                let advice = "ca_file is a file of certificates, PEM, readable by the user of the service";
                return Finding::fail("trunk", format!("{name:?} cannot be reached over TLS: {error:#}"), advice);
            }
        },
    };
    match answer {
        Ok(answer) => Finding::ok("trunk", format!("{name:?} at {peer} {answer}")),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            let advice = "ask the carrier for the name in its certificate (tls_name) and for who signed it (ca_file)";
            Finding::fail("trunk", format!("{name:?} shows no certificate at {peer} that we believe: {error}"), advice)
        }
        Err(error) => {
            let advice = "some carriers answer only their customer's SIP port; ask yours, and check the firewall";
            Finding::note("trunk", format!("{name:?} does not answer at {peer}: {error}"), advice)
        }
    }
}

fn password(trunk: &Trunk) -> Option<Finding> {
    let (name, register) = (&trunk.name, trunk.register.as_ref()?);
    let path = register.password_file.display();
    Some(match register.password() {
        Err(error) => {
            let advice = "write the password the carrier gave you into that file, one line, readable by callisto alone";
            Finding::fail("trunk", format!("{name:?} cannot be registered at: {error:#}"), advice)
        }
        Ok(_) if crate::config::is_open(&register.password_file) => {
            let advice = format!("chmod 600 {path}");
            Finding::warn("trunk", format!("the password of {name:?} can be read by others"), advice)
        }
        Ok(_) => Finding::ok("trunk", format!("the password of {name:?} is in {path}")),
    })
}
