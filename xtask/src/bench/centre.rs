//! A release server of its own for one scenario, with as many agents as asked for, each with a SIP phone.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;

use super::farm::Desks;
use crate::program::pause;
use crate::stopwatch::Stopwatch;
use crate::workspace::Workspace;

/// How long a server with a thousand agents may take to begin.
const START_MAX: Duration = Duration::from_secs(120);
/// How many RTP ports it may use.
const RTP_PORTS: u16 = 4_000;
/// Their first; below the range the system gives out by itself, so that no connection of a load before is still on one. The same goes
/// for the other ports.
const RTP_FIRST: u16 = 20_000;
const HTTP_FIRST: u16 = 18_080;
const SIP_FIRST: u16 = 15_060;

/// A running server.
pub struct Centre {
    child: Child,
    folder: PathBuf,
    http: SocketAddr,
    /// Where it speaks SIP.
    pub sip: SocketAddr,
    manifest: Value,
    farm: Value,
    /// From the start of the process until it said that it was well.
    pub ready_after: Duration,
}

impl Centre {
    /// Starts a fresh one with `agents` agents.
    pub fn start(workspace: &Workspace, agents: usize) -> anyhow::Result<Centre> {
        let folder = workspace.target.join("bench").join(std::process::id().to_string());
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let (http, sip) = (free_port(HTTP_FIRST)?, free_port(SIP_FIRST)?);
        let config = write_config(workspace, &folder, http, sip, agents)?;
        let log = std::fs::File::create(folder.join("server.log"))?;
        let watch = Stopwatch::start();
        let child = Command::new(workspace.target.join("release/callisto"))
            .args(["serve", "--config"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start the release server")?;
        let mut centre =
            Centre { child, folder, http, sip, manifest: Value::Null, farm: Value::Null, ready_after: Duration::ZERO };
        centre.wait_until_well(&watch)?;
        Ok(centre)
    }

    fn wait_until_well(&mut self, watch: &Stopwatch) -> anyhow::Result<()> {
        let address = format!("http://{}/healthz", self.http);
        loop {
            if self.ready_after.is_zero() && ureq::get(&address).call().is_ok() {
                self.ready_after = watch.elapsed();
            }
            // It is well a moment before it has written what one needs to try it.
            if !self.ready_after.is_zero() && self.read_manifest() {
                break;
            }
            if self.child.try_wait()?.is_some() || watch.elapsed() > START_MAX {
                let log = std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
                let last: Vec<&str> = log.lines().rev().take(5).collect();
                bail!("the server did not start; the last it said, newest first:\n{}", last.join("\n"));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        if let Ok(text) = std::fs::read_to_string(self.folder.join("data/farm.json")) {
            self.farm = serde_json::from_str(&text)?;
        }
        Ok(())
    }

    /// Whether the whole manifest is there.
    fn read_manifest(&mut self) -> bool {
        let text = std::fs::read_to_string(self.folder.join("data/demo.json")).unwrap_or_default();
        self.manifest = serde_json::from_str(&text).unwrap_or_default();
        !self.manifest.is_null()
    }

    /// Process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Where its data lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The hotline: greeting, menu, queue.
    pub fn hotline(&self) -> &str {
        self.manifest["numbers"][0]["number"].as_str().unwrap_or_default()
    }

    /// The number that leads straight into the queue of the farm's agents.
    pub fn straight(&self) -> &str {
        self.farm["number"].as_str().unwrap_or_default()
    }

    /// A request with the administrator's token.
    pub fn api(&self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let token = self.manifest["api_token"].as_str().unwrap_or_default();
        self.request(token, method, path, body)
    }

    fn request(&self, token: &str, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let address = format!("http://{}{path}", self.http);
        let authorization = format!("Bearer {token}");
        let text = match (method, body) {
            ("GET", None) => ureq::get(&address).header("authorization", &authorization).call(),
            ("PUT" | "PATCH" | "POST", Some(body)) => {
                let request = match method {
                    "PUT" => ureq::put(&address),
                    "PATCH" => ureq::patch(&address),
                    _ => ureq::post(&address),
                };
                let request = request.header("authorization", &authorization).content_type("application/json");
                request.send(body.to_string())
            }
            _ => bail!("{method} is not used by the bench"),
        };
        let text = text.with_context(|| format!("{method} {path}"))?.body_mut().read_to_string()?;
        if text.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_str(&text)?) }
    }

    /// The first so many phones, as `testphone farm` reads them.
    pub fn phones_file(&self, count: usize) -> anyhow::Result<PathBuf> {
        let phones: Vec<&Value> = self.agents().iter().take(count).map(|agent| &agent["phone"]).collect();
        if phones.len() < count {
            bail!("the centre has {} phones, not {count}", phones.len());
        }
        let path = self.folder.join("phones.json");
        std::fs::write(&path, serde_json::to_string(&phones)?)?;
        Ok(path)
    }

    /// The `count` agents after the first `skipped`, as `testphone farm` has them work in browsers.
    pub fn browsers_file(&self, skipped: usize, count: usize) -> anyhow::Result<PathBuf> {
        let chosen = self.agents().get(skipped..skipped + count);
        let Some(chosen) = chosen else { bail!("the centre has fewer than {} agents", skipped + count) };
        let tokens: Vec<Value> = chosen.iter().map(|agent| serde_json::json!({ "token": agent["token"] })).collect();
        let path = self.folder.join("browsers.json");
        std::fs::write(&path, serde_json::to_string(&tokens)?)?;
        Ok(path)
    }

    /// Where it speaks HTTP.
    pub fn http(&self) -> SocketAddr {
        self.http
    }

    fn agents(&self) -> &[Value] {
        self.farm["agents"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Opens the desks of the first so many agents, signs them in, on their phones, and makes them ready. They leave when the desks are dropped.
    pub fn ready(&self, workspace: &Workspace, count: usize) -> anyhow::Result<Desks> {
        self.ready_but(workspace, count, 0)
    }

    /// The same, and the `waiting` agents after those are at their desks without being ready.
    pub fn ready_but(&self, workspace: &Workspace, ready: usize, waiting: usize) -> anyhow::Result<Desks> {
        let count = ready + waiting;
        let desks = Desks::open(workspace, self.http, &self.folder.join("data/farm.json"), count)?;
        for (at, agent) in self.agents().iter().take(count).enumerate() {
            let steps = [
                ("/api/v1/me/agent/state", serde_json::json!({ "state": "signed_in" })),
                ("/api/v1/me/agent/phone", serde_json::json!({ "device_id": agent["device_id"] })),
                ("/api/v1/me/agent/state", serde_json::json!({ "state": "ready" })),
            ];
            for (path, body) in steps.iter().take(if at < ready { 3 } else { 2 }) {
                self.as_agent(at, "PUT", path, Some(body))?;
            }
        }
        Ok(desks)
    }

    /// A request with the token of an agent, by its place.
    pub fn as_agent(&self, at: usize, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let token = self.agents().get(at).and_then(|agent| agent["token"].as_str()).unwrap_or_default();
        self.request(token, method, path, body)
    }

    /// Whether conversations of the farm's queue are recorded.
    pub fn record(&self, on: bool) -> anyhow::Result<()> {
        let id = self.farm["queue_id"].as_str().unwrap_or_default();
        let path = format!("/api/v1/queues/{id}");
        let queue = self.api("GET", &path, None)?;
        let change = serde_json::json!({ "version": queue["version"], "recording": { "mode": if on { "all" } else { "none" } } });
        self.api("PATCH", &path, Some(&change)).map(drop)
    }

    /// Waits until so many telephone legs are up; gives up with what there were.
    pub fn wait_for_legs(&self, legs: u64, longest: Duration) -> anyhow::Result<()> {
        let watch = Stopwatch::start();
        loop {
            let census = self.api("GET", "/api/v1/test/census", None)?;
            let up = census["counts"]["telephone_legs"].as_u64().unwrap_or_default();
            if up >= legs {
                return Ok(());
            }
            if watch.elapsed() > longest {
                bail!("only {up} of {legs} legs came up");
            }
            pause();
        }
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The first port from `first` on that nobody has, neither for datagrams nor for connections.
fn free_port(first: u16) -> anyhow::Result<SocketAddr> {
    let is_free = |address: &SocketAddr| UdpSocket::bind(address).is_ok() && TcpListener::bind(address).is_ok();
    let mut addresses = (first..first + 100).map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    addresses.find(is_free).with_context(|| format!("no free port from {first} on"))
}

fn write_config(
    workspace: &Workspace,
    folder: &Path,
    http: SocketAddr,
    sip: SocketAddr,
    agents: usize,
) -> anyhow::Result<PathBuf> {
    use std::os::unix::fs::OpenOptionsExt;
    let (key, config) = (folder.join("key"), folder.join("callisto.toml"));
    let digits = "5a".repeat(32);
    std::io::Write::write_all(
        &mut std::fs::File::options().create_new(true).write(true).mode(0o600).open(&key)?,
        digits.as_bytes(),
    )?;
    let last = RTP_FIRST + RTP_PORTS - 1;
    let text = format!(
        "[data]\ndir = {:?}\nkey_file = {:?}\n[http]\nbind = \"{http}\"\nweb_dir = {:?}\n[sip]\nbind = \"{sip}\"\nadvertised = \"127.0.0.1\"\n\
         [media]\nbind = \"127.0.0.1\"\nadvertised = [\"127.0.0.1\"]\nrtp_ports = \"{RTP_FIRST}-{last}\"\n\
         [[trunk]]\nname = \"bench\"\naddresses = [\"127.0.0.1\"]\n[log]\nlevel = \"warn\"\n[demo]\nenabled = true\nfarm_agents = {agents}\n\
         [test]\nhooks = true\n",
        folder.join("data"),
        key,
        workspace.web().join("dist"),
    );
    std::fs::write(&config, text)?;
    Ok(config)
}
