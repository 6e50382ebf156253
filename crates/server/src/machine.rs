//! What this machine is called and how it is reached.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// An address of no machine (RFC 5737), asked only for the way there; nothing is sent.
const FAR_AWAY: &str = "192.0.2.1:9";

/// The host's name and every address by which others could reach it.
pub fn names() -> Vec<String> {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = Some(host.trim().to_owned()).filter(|name| !name.is_empty() && name != "(none)");
    host.into_iter().chain(addresses().iter().map(IpAddr::to_string)).collect()
}

/// Addresses of this machine that others could reach.
pub fn addresses() -> Vec<IpAddr> {
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    all.into_iter().map(|interface| interface.ip()).filter(|ip| !ip.is_loopback() && !is_link_local(ip)).collect()
}

/// The address that leads out of this machine, or the loopback where none does.
pub fn way_out() -> IpAddr {
    let asked = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect(FAR_AWAY)?;
        socket.local_addr()
    });
    asked.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip())
}

fn is_link_local(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    }
}
