//! Callers and phones of `testphone farm`, and the agents behind them.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, bail};
use serde_json::Value;

use super::centre::Centre;
use crate::program;
use crate::workspace::Workspace;

/// A farm whose phones are registered.
pub struct Farm {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What a farm is to do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Order<'a> {
    /// Phones that register; the first so many of the centre.
    pub phones: usize,
    /// Of those, the last so many are of supervisors, and every voice sends bursts.
    pub supervisors: usize,
    /// Agents in browsers; the centre's next ones after those with phones.
    pub browsers: usize,
    /// The number called.
    pub to: &'a str,
    /// Calls in all.
    pub calls: u64,
    /// Calls a second.
    pub rate: u32,
    /// How long each lasts, ms.
    pub hold_ms: u64,
    /// Whether they talk.
    pub rtp: bool,
    /// Whether all must be up before the first ends.
    pub together: bool,
}

impl Farm {
    /// Starts it and waits until its phones are registered and its browsers are ready; without either it begins to call at once.
    pub fn start(workspace: &Workspace, centre: &Centre, order: &Order) -> anyhow::Result<Farm> {
        let mut command = Command::new(workspace.target.join("release/testphone"));
        command.args(["farm", "--target", &centre.sip.to_string(), "--to", order.to]);
        for (flag, value) in
            [("--calls", order.calls), ("--rate", order.rate.into()), ("--hold-ms", order.hold_ms), ("--ring-ms", 0)]
        {
            command.args([flag, &value.to_string()]);
        }
        command.args(order.rtp.then_some("--rtp"));
        command.args(order.together.then_some("--together"));
        if order.phones > 0 {
            command.arg("--devices").arg(centre.phones_file(order.phones)?);
        }
        if order.supervisors > 0 {
            command.args(["--supervisors", &order.supervisors.to_string()]);
        }
        if order.browsers > 0 {
            command.args(["--http", &centre.http().to_string()]);
            command.arg("--browsers").arg(centre.browsers_file(order.phones, order.browsers)?);
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot start testphone")?;
        let (input, output) = (child.stdin.take().context("no input")?, child.stdout.take().context("no output")?);
        let mut farm = Farm { child, input, output: BufReader::new(output) };
        if order.phones + order.browsers > 0 {
            let line = farm.line()?;
            if line["event"] != "registered" {
                bail!("testphone said {line} instead of being registered");
            }
        }
        Ok(farm)
    }

    /// Lets the calls begin.
    pub fn go(&mut self) -> anyhow::Result<()> {
        self.input.write_all(b"go\n")?;
        Ok(self.input.flush()?)
    }

    /// Waits for the end and gives the figures.
    pub fn figures(mut self) -> anyhow::Result<Value> {
        let figures = self.line()?;
        if figures["failed"] != 0 {
            crate::say::line(format_args!("    failures: {}", figures["failures"]));
        }
        self.child.wait()?;
        Ok(figures)
    }

    fn line(&mut self) -> anyhow::Result<Value> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).with_context(|| format!("testphone ended: {line:?}"))
    }
}

/// Open desks of a farm's agents: without one nobody is offered a call.
pub struct Desks {
    child: Child,
}

impl Desks {
    /// Opens the first so many and waits until they stand.
    pub fn open(workspace: &Workspace, http: SocketAddr, agents: &Path, count: usize) -> anyhow::Result<Desks> {
        let mut command = Command::new(workspace.target.join("release/testphone"));
        command.args(["desks", "--http", &http.to_string(), "--count", &count.to_string(), "--agents"]).arg(agents);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot start testphone")?;
        let mut desks = Desks { child };
        let output = desks.child.stdout.take().context("no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        if !line.contains("open") {
            bail!("the desks could not be opened: {line:?}");
        }
        Ok(desks)
    }
}

impl Drop for Desks {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Farm {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Percent of a core this machine takes for one call through a relay without any logic, beside `calls` of them.
pub fn bare_relay(workspace: &Workspace, calls: u64) -> anyhow::Result<f64> {
    let mut command = Command::new(workspace.target.join("release/testphone"));
    command.args(["bare-relay", "--calls", &calls.to_string()]);
    let text = program::output_of(&mut command).context("testphone bare-relay failed")?;
    let figures: Value = serde_json::from_str(&text)?;
    figures["cpu_percent_a_call"].as_f64().context("testphone bare-relay told no figure")
}
