//! Which ports are free, found out before anything is built, and named with the flag that changes them.

use std::fmt;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::str::FromStr;

use anyhow::{anyhow, bail};

use super::Args;
use crate::program;

/// How often a busy audio port is looked at again: another program's passing query may sit on it for a moment.
const LOOKS: u32 = 5;
/// Fewest ports that make a demo: the browsers' shared one and some calls.
const RTP_PORTS_MIN: u16 = 10;

/// An inclusive range of UDP ports, written `A-B`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortRange {
    pub first: u16,
    pub last: u16,
}

impl FromStr for PortRange {
    type Err = String;

    fn from_str(text: &str) -> Result<PortRange, String> {
        let (first, last) = text.split_once('-').ok_or("write a range as A-B, for example 40000-40199")?;
        let port = |text: &str| text.trim().parse::<u16>().map_err(|_| format!("{text} is not a port, 1 to 65535"));
        let range = PortRange { first: port(first)?, last: port(last)? };
        if range.first == 0 || range.last < range.first || range.last - range.first < RTP_PORTS_MIN - 1 {
            return Err(format!("the range needs at least {RTP_PORTS_MIN} ports, lowest first"));
        }
        Ok(range)
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

/// Fails with the name of the first port that cannot be used and of the flag that changes it.
pub fn check(args: &Args) -> anyhow::Result<()> {
    if (args.rtp_ports.first..=args.rtp_ports.last).contains(&args.sip_port) {
        bail!("--sip-port {} lies inside --rtp-ports {}; change one of them", args.sip_port, args.rtp_ports);
    }
    if let Err(error) = TcpListener::bind(SocketAddr::new(args.bind, args.http_port)) {
        return Err(unusable(args.bind, "TCP", args.http_port, "--http-port N", &error));
    }
    if let Err(error) = UdpSocket::bind(SocketAddr::new(args.bind, args.sip_port)) {
        return Err(unusable(args.bind, "UDP", args.sip_port, "--sip-port N", &error));
    }
    for port in args.rtp_ports.first..=args.rtp_ports.last {
        check_audio_port(args.bind, port)?;
    }
    Ok(())
}

fn check_audio_port(bind: IpAddr, port: u16) -> anyhow::Result<()> {
    let mut looks = LOOKS;
    loop {
        match UdpSocket::bind(SocketAddr::new(bind, port)) {
            Ok(_) => return Ok(()),
            Err(error) if looks == 0 => return Err(unusable(bind, "UDP", port, "--rtp-ports A-B", &error)),
            Err(_) => {
                looks -= 1;
                program::pause();
            }
        }
    }
}

fn unusable(bind: IpAddr, kind: &str, port: u16, flag: &str, error: &std::io::Error) -> anyhow::Error {
    let kind_of_error = error.kind();
    if kind_of_error == ErrorKind::AddrInUse {
        anyhow!("{kind} port {port} on {bind} is in use by another program; choose another with {flag}")
    } else if kind_of_error == ErrorKind::AddrNotAvailable {
        anyhow!("{bind} is not an address of this machine; choose another with --bind ADDR")
    } else if kind_of_error == ErrorKind::PermissionDenied {
        anyhow!("{kind} port {port} needs more rights than you have; choose one above 1023 with {flag}")
    } else {
        anyhow!("{kind} port {port} on {bind} cannot be used ({error}); choose another with {flag}")
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn args(line: &[&str]) -> Args {
        Line::parse_from([&["demo"], line].concat()).args
    }

    fn complaint(args: &Args) -> String {
        check(args).unwrap_err().to_string()
    }

    #[test]
    fn ranges_are_read_and_checked() {
        assert_eq!("40000-40199".parse(), Ok(PortRange { first: 40000, last: 40199 }));
        for bad in ["40000", "40199-40000", "1-3", "0-100", "a-b", "1-70000"] {
            assert!(bad.parse::<PortRange>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_busy_port_is_named_with_its_flag() {
        let web = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let web_port = web.local_addr().unwrap().port().to_string();
        let text = complaint(&args(&["--http-port", &web_port]));
        assert!(text.contains(&web_port) && text.contains("--http-port"), "{text}");

        let phone = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        let phone_port = phone.local_addr().unwrap().port().to_string();
        let text = complaint(&args(&["--http-port", "0", "--sip-port", &phone_port]));
        assert!(text.contains(&phone_port) && text.contains("--sip-port"), "{text}");
    }

    #[test]
    fn sip_inside_the_audio_range_is_refused() {
        let text = complaint(&args(&["--sip-port", "40005"]));
        assert!(text.contains("--sip-port") && text.contains("--rtp-ports"), "{text}");
    }
}
