//! The ports: free, or ours already.

use std::fmt::Write;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;

use super::finding::Finding;
use crate::config::Config;

/// What we call ourselves in `/proc`.
const OURSELVES: &str = "callisto";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tcp,
    Udp,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Kind::Tcp => "tcp",
            Kind::Udp => "udp",
        }
    }
}

pub fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![one("http_port", Kind::Tcp, config.http.bind)];
    findings.extend(config.http.redirect_bind.map(|bind| one("redirect_port", Kind::Tcp, bind)));
    findings.push(one("sip_port", Kind::Udp, config.sip.bind));
    findings.extend(config.sip.tls_bind.map(|bind| one("sip_tls_port", Kind::Tcp, bind)));
    findings.extend(media(config));
    findings
}

fn bind(kind: Kind, address: SocketAddr) -> std::io::Result<()> {
    match kind {
        Kind::Tcp => TcpListener::bind(address).map(|_| ()),
        Kind::Udp => UdpSocket::bind(address).map(|_| ()),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the system has more kinds of failure than there is advice")]
fn one(check: &'static str, kind: Kind, address: SocketAddr) -> Finding {
    let Err(error) = bind(kind, address) else {
        return Finding::ok(check, format!("{} {address} is free", kind.name()));
    };
    match error.kind() {
        ErrorKind::AddrInUse if is_ours(kind, address.port()) => {
            Finding::ok(check, format!("{} {address} is in use by Callisto", kind.name()))
        }
        ErrorKind::AddrInUse => {
            let flag = if kind == Kind::Tcp { 't' } else { 'u' };
            let advice = format!(
                "`ss -{flag}lpn sport = :{}` as root names the program; end it or choose another port",
                address.port()
            );
            Finding::fail(check, format!("{} {address} is in use by another program", kind.name()), advice)
        }
        ErrorKind::PermissionDenied => {
            let advice = "ports below 1024 need CAP_NET_BIND_SERVICE, which the service file gives; by hand, choose a higher one";
            Finding::warn(check, format!("this user may not use {} {address}", kind.name()), advice)
        }
        ErrorKind::AddrNotAvailable => {
            let advice = "this machine has no such address; bind to 0.0.0.0 or to one of `ip address`";
            Finding::fail(check, format!("{} {address} is not an address of this machine", kind.name()), advice)
        }
        _ => Finding::fail(check, format!("{} {address}: {error}", kind.name()), "the system's own words; see above"),
    }
}

fn media(config: &Config) -> Option<Finding> {
    let range = config.rtp_ports().ok()?;
    let (ip, count) = (config.media.bind, range.clone().count());
    let busy: Vec<u16> = range.clone().filter(|port| bind(Kind::Udp, (ip, *port).into()).is_err()).collect();
    let first = *range.start();
    let found = format!("{} of {count} UDP ports {} are free", count - busy.len(), config.media.rtp_ports);
    if busy.contains(&first) && !is_ours(Kind::Udp, first) {
        let advice = format!("browsers need port {first}; choose another media.rtp_ports");
        return Some(Finding::fail("media_ports", format!("{found}; the first is taken by another program"), advice));
    }
    let foreign = busy.iter().filter(|port| !is_ours(Kind::Udp, **port)).count();
    if foreign > 0 {
        let advice =
            format!("sysctl -w net.ipv4.ip_local_reserved_ports={} keeps other programs off", config.media.rtp_ports);
        return Some(Finding::warn("media_ports", format!("{found}; {foreign} are taken by other programs"), advice));
    }
    Some(Finding::ok("media_ports", found))
}

/// Whether a program named like us holds the port. Without the right to look into other users' processes: no.
fn is_ours(kind: Kind, port: u16) -> bool {
    let sockets = inodes(kind, port);
    let Ok(processes) = std::fs::read_dir("/proc") else { return false };
    processes.flatten().any(|process| {
        let is_us = std::fs::read_to_string(process.path().join("comm")).is_ok_and(|name| name.trim() == OURSELVES);
        is_us && holds(&process.path().join("fd"), &sockets)
    })
}

fn holds(files: &Path, sockets: &[String]) -> bool {
    let Ok(files) = std::fs::read_dir(files) else { return false };
    files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok()).any(|target| {
        let target = target.to_string_lossy();
        sockets.iter().any(|socket| target == *socket)
    })
}

/// What `/proc/PID/fd` calls the sockets bound to a port.
fn inodes(kind: Kind, port: u16) -> Vec<String> {
    let mut table = String::new();
    for suffix in ["", "6"] {
        let path = format!("/proc/net/{}{suffix}", kind.name());
        let _ = write!(table, "{}", std::fs::read_to_string(path).unwrap_or_default());
    }
    table.lines().filter_map(|line| socket_of(line, port)).collect()
}

/// The socket of one line of `/proc/net/udp` and its like, if it is bound to `port`.
fn socket_of(line: &str, port: u16) -> Option<String> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let (_, bound) = fields.get(1)?.rsplit_once(':')?;
    let is_it = u16::from_str_radix(bound, 16).is_ok_and(|bound| bound == port);
    let inode = fields.get(9).filter(|inode| inode.bytes().all(|byte| byte.is_ascii_digit()))?;
    is_it.then(|| format!("socket:[{inode}]"))
}

/// Whether others can reach what is bound to the address.
pub fn is_public(ip: IpAddr) -> bool {
    !ip.is_loopback()
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn a_line_of_the_kernel_names_the_socket() {
        let line =
            " 1097: 00000000:13C4 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 41832 2 0 0";
        assert_eq!(socket_of(line, 5_060).as_deref(), Some("socket:[41832]"));
        assert_eq!(socket_of(line, 5_061), None);
        assert_eq!(socket_of("sl local_address rem_address", 5_060), None);
    }

    #[test]
    fn a_port_of_another_program_is_told_with_what_to_do() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let finding = one("http_port", Kind::Tcp, taken.local_addr().unwrap());
        assert_eq!(finding.level, Level::Fail, "{finding:?}");
        assert!(finding.advice.unwrap().contains("ss -tlpn"));
        let missing = one("sip_port", Kind::Udp, "192.0.2.200:5060".parse().unwrap());
        assert_eq!(missing.level, Level::Fail, "{missing:?}");
    }
}
