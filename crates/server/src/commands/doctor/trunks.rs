//! The carriers: whether somebody answers where they are said to be.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::finding::Finding;
use crate::config::Config;

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
    let asked: Vec<(&str, IpAddr)> = config
        .trunks
        .iter()
        .flat_map(|trunk| trunk.addresses.iter().map(|ip| (trunk.name.as_str(), *ip)))
        .filter(|(_, ip)| !ip.is_loopback())
        .take(ASKED_MAX)
        .collect();
    // All at once: one that does not answer must not keep the others waiting.
    std::thread::scope(|scope| {
        let threads: Vec<_> = asked.iter().map(|(name, ip)| scope.spawn(move || ask(name, *ip))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}

fn ask(name: &str, ip: IpAddr) -> Finding {
    let peer = SocketAddr::new(ip, SIP_PORT);
    match sip::ask_options(peer, PATIENCE) {
        Ok(status) => Finding::ok("trunk", format!("{name:?} answers at {peer} with {status}")),
        Err(error) => {
            let advice = "some carriers answer only their customer's SIP port; ask yours, and check the firewall";
            Finding::note("trunk", format!("{name:?} does not answer at {peer}: {error}"), advice)
        }
    }
}
