//! Starts `callisto serve`, waits until it answers, tells, and ends it when asked.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;

use super::place::Place;
use super::{Args, tell};
use crate::program::{self, Running};
use crate::say::{self, Progress};
use crate::stop::Stop;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

/// Longest wait for the first answer. Making the example data takes seconds on a slow disk.
const READY_WAIT_MAX: Duration = Duration::from_secs(120);
/// Longest wait for one answer of `/healthz`.
const HEALTH_WAIT_MAX: Duration = Duration::from_secs(2);
/// `200 OK` in the first line of an answer.
const HEALTHY: &[u8] = b"HTTP/1.1 200";

/// Runs the server until it is asked to stop or ends by itself.
pub fn serve(workspace: &Workspace, stop: &Stop, place: &Place, args: &Args) -> anyhow::Result<()> {
    let mut command = Command::new(workspace.target.join("release").join("callisto"));
    command.arg("serve").arg("--config").arg(place.config()).arg("--demo").current_dir(place.data_dir());
    let mut server = Running::start(&mut command, &place.log())?;
    let ready = wait_ready(&mut server, stop, place, args);
    let manifest = match ready {
        Ok(Some(manifest)) => manifest,
        Ok(None) => {
            server.end();
            say::line("Stopped.");
            return Ok(());
        }
        Err(error) => {
            server.end();
            program::show_tail(&place.log());
            return Err(error);
        }
    };
    say::line(tell::story(&manifest, place));
    while !stop.is_asked() {
        if let Some(status) = server.ended()? {
            program::show_tail(&place.log());
            bail!("the server ended by itself ({status}); its whole output is in {}", place.log().display());
        }
        program::pause();
    }
    say::line("Stopping …");
    server.end();
    say::line("Stopped. The example data is kept; `cargo xtask demo` goes on with it, `--reset` starts over.");
    Ok(())
}

/// `None` when asked to stop meanwhile.
fn wait_ready(server: &mut Running, stop: &Stop, place: &Place, args: &Args) -> anyhow::Result<Option<Value>> {
    let address = SocketAddr::new(reachable(args.bind), args.http_port);
    let mut progress = Progress::start("starting the server");
    let watch = Stopwatch::start();
    loop {
        if stop.is_asked() {
            progress.finish(false);
            return Ok(None);
        }
        if let Some(status) = server.ended()? {
            progress.finish(false);
            bail!("the server did not start ({status})");
        }
        if let Ok(text) = std::fs::read_to_string(place.manifest())
            && let Ok(manifest) = serde_json::from_str::<Value>(&text)
            && is_healthy(address)
        {
            progress.finish(true);
            return Ok(Some(manifest));
        }
        if watch.elapsed() > READY_WAIT_MAX {
            progress.finish(false);
            bail!("the server is not ready after {} s", READY_WAIT_MAX.as_secs());
        }
        progress.tick();
        program::pause();
    }
}

/// Where this machine reaches what listens on `bind`.
fn reachable(bind: IpAddr) -> IpAddr {
    match bind {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        IpAddr::V4(_) | IpAddr::V6(_) => bind,
    }
}

fn is_healthy(address: SocketAddr) -> bool {
    ask_health(address).is_ok_and(|first| first == HEALTHY)
}

fn ask_health(address: SocketAddr) -> anyhow::Result<Vec<u8>> {
    let mut stream = TcpStream::connect_timeout(&address, HEALTH_WAIT_MAX)?;
    stream.set_read_timeout(Some(HEALTH_WAIT_MAX))?;
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut first = vec![0; HEALTHY.len()];
    stream.read_exact(&mut first).context("no answer")?;
    Ok(first)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn answer(listener: &TcpListener, reply: &str) {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 256];
        let _ = stream.read(&mut request);
        let _ = stream.write_all(reply.as_bytes());
    }

    fn answer_once(reply: &'static str) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || answer(&listener, reply));
        address
    }

    /// A workspace whose built server is the given shell script.
    fn workspace_with(root: &Path, script: &str) -> Workspace {
        let program = root.join("target/release/callisto");
        std::fs::create_dir_all(program.parent().unwrap()).unwrap();
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Workspace::with_prompts(root)
    }

    fn args(http_port: u16) -> Args {
        Line::parse_from(["demo", "--http-port", &http_port.to_string()]).args
    }

    #[test]
    fn only_200_is_health() {
        assert!(is_healthy(answer_once("HTTP/1.1 200 OK\r\n\r\n")));
        assert!(!is_healthy(answer_once("HTTP/1.1 503 Service Unavailable\r\n\r\n")));
        assert!(!is_healthy(answer_once("")));
    }

    #[test]
    fn any_address_is_reached_over_loopback() {
        assert_eq!(reachable("0.0.0.0".parse().unwrap()), IpAddr::V4(Ipv4Addr::LOCALHOST));
        assert_eq!(reachable("10.0.0.7".parse().unwrap()), IpAddr::from([10, 0, 0, 7]));
    }

    #[test]
    fn a_ready_server_is_told_about_and_ended_when_asked() {
        let root = tempfile::tempdir().unwrap();
        let script = "echo $$ > pid; echo '{\"http_url\": \"http://here\"}' > demo.json; cat /dev/zero > /dev/null";
        let workspace = workspace_with(root.path(), script);
        let place = Place::choose(&workspace, None, None).unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let args = args(listener.local_addr().unwrap().port());
        let stop = Stop::default();
        let asker = stop.clone();
        // The first healthy answer makes the server ready; only then somebody asks to stop.
        let health = std::thread::spawn(move || {
            answer(&listener, "HTTP/1.1 200 OK\r\n\r\n");
            asker.ask();
        });
        serve(&workspace, &stop, &place, &args).unwrap();
        health.join().unwrap();
        let pid = std::fs::read_to_string(place.data_dir().join("pid")).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists(), "the server lives on");
    }

    #[test]
    fn a_server_that_does_not_start_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let workspace = workspace_with(root.path(), "echo cannot open the ledger >&2; exit 4");
        let place = Place::choose(&workspace, None, None).unwrap();
        let error = serve(&workspace, &Stop::default(), &place, &args(9)).unwrap_err();
        assert!(error.to_string().contains("did not start"), "{error}");
    }
}
