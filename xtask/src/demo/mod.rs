//! `cargo xtask demo`: from a clean clone to a centre with example data, on this machine, until Ctrl-C.
//!
//! `place` decides where everything lies, `claims` sees to it that no foreign file is touched, `ports` finds out early which
//! port is taken, `config` writes what `callisto serve` reads, `serve` starts it and waits, `tell` says what to do next.

mod claims;
mod config;
mod place;
mod ports;
mod serve;
mod tell;

use std::net::IpAddr;
use std::path::PathBuf;

use crate::program;
use crate::say;
use crate::stop::Stop;
use crate::tools::{self, Purpose};
use crate::workspace::Workspace;

use place::Place;
use ports::PortRange;

/// Flags of the demo.
#[derive(clap::Args)]
pub struct Args {
    /// Where the example data is kept between runs [default: .demo/data in the repository].
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// TCP port of the web client and the API.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub http_port: u16,
    /// UDP port of SIP.
    #[arg(long, value_name = "N", default_value_t = 5060)]
    pub sip_port: u16,
    /// UDP ports of audio; the first one is shared by all browsers.
    #[arg(long, value_name = "A-B", default_value = "40000-40199")]
    pub rtp_ports: PortRange,
    /// Address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// The database key, outside the data directory [default: beside it].
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Start over; removes only files the demo made.
    #[arg(long)]
    pub reset: bool,
}

/// Builds, starts, tells, and waits for the end.
pub fn run(workspace: &Workspace, stop: &Stop, args: Args) -> anyhow::Result<()> {
    let place = Place::choose(workspace, args.data_dir.as_deref(), args.key_file.as_deref())?;
    // Everything that can be said at once is said before the long build.
    ports::check(&args)?;
    let _lock = place.lock()?;
    if args.reset {
        place.reset()?;
    }
    let database_key = place.prepare()?;
    say::line("Callisto demo");
    tools::ensure(workspace, stop, Purpose::Demo)?;
    build(workspace, stop)?;
    ports::check(&args)?;
    let config =
        config::Config { place: &place, args: &args, key_file: &database_key, web_dir: workspace.web().join("dist") };
    place.write_config(&config.to_toml()?)?;
    serve::serve(workspace, stop, &place, &args)
}

fn build(workspace: &Workspace, stop: &Stop) -> anyhow::Result<()> {
    tools::install_web_packages(workspace, stop)?;
    let mut web = workspace.npm(&["run", "build"]);
    program::must_run("building the web client", &mut web, &workspace.fresh_log("web-build"), stop)?;
    let mut server = workspace.cargo(&["build", "--release", "--locked", "--package", "server"]);
    let title = "building the server (minutes the first time, seconds afterwards)";
    program::must_run(title, &mut server, &workspace.fresh_log("server-build"), stop)
}
