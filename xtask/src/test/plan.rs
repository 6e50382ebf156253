//! The steps of a test, in order.

use std::process::Command;

use anyhow::bail;

use crate::generate;
use crate::program;
use crate::sim;
use crate::stop::Stop;
use crate::tidy;
use crate::tools;
use crate::workspace::Workspace;

/// One step.
pub struct Step {
    /// Short name, also of its log.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
    /// Steps whose result it uses.
    pub needs: Vec<&'static str>,
    /// What it does.
    pub action: Action,
}

/// What a step does.
pub enum Action {
    /// Runs one program.
    Program(fn(&Workspace) -> Command),
    /// Something of this program.
    Inside(fn(&Workspace, &Stop) -> anyhow::Result<bool>),
}

/// Everything to do.
pub fn steps(workspace: &Workspace, long: bool) -> Vec<Step> {
    let mut steps = vec![
        step("format", "format", &[], Action::Program(|w| w.cargo(&["fmt", "--all", "--", "--check"]))),
        step("tidy", "rules of the house", &[], Action::Inside(|w, _| tidy::run(w))),
        step("clippy", "lints", &[], Action::Program(clippy)),
        step("docs", "documentation of the code", &[], Action::Program(docs)),
        step("build", "programs under test", &[], Action::Program(build)),
        step("unit", "unit and scenario tests", &[], Action::Program(unit)),
    ];
    if program::find("cargo-nextest").is_some() {
        // The other runner leaves them out.
        steps.push(step("doctest", "examples in the documentation", &[], Action::Program(doctest)));
    }
    steps.push(step("generate", "generated files are fresh", &["build"], Action::Inside(fresh)));
    let seeds: fn(&Workspace, &Stop) -> anyhow::Result<bool> = if long { sim_long } else { sim_smoke };
    steps.push(step("sim", "simulation", &[], Action::Inside(seeds)));
    steps.push(step("web-install", "web client: packages", &[], Action::Inside(web_install)));
    steps.push(step("web", "web client: types, lint, format, tests", &["web-install"], Action::Program(web_ci)));
    steps.push(step("web-build", "web client: build", &["web-install"], Action::Program(web_build)));
    steps.push(step("e2e", "end to end", &["build", "web-build"], Action::Inside(e2e)));
    if long && workspace.has_npm_script("e2e:long") {
        // Where it cannot be had the other long stories are told all the same.
        steps.push(step("pjsua2", "a SIP phone for Python", &[], Action::Inside(pjsua2)));
        steps.push(step("e2e-long", "end to end, long runs", &["build", "web-build"], Action::Program(e2e_long)));
    }
    steps
}

fn step(name: &'static str, title: &'static str, needs: &[&'static str], action: Action) -> Step {
    Step { name, title, needs: needs.to_vec(), action }
}

fn clippy(workspace: &Workspace) -> Command {
    workspace.cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
}

fn docs(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}

/// Without the simulator: it switches seeded defects on in the engine, which the server under test must not have.
fn build(workspace: &Workspace) -> Command {
    workspace.build_programs()
}

fn unit(workspace: &Workspace) -> Command {
    if program::find("cargo-nextest").is_some() {
        workspace.cargo(&["nextest", "run", "--workspace", "--locked", "--no-fail-fast"])
    } else {
        workspace.cargo(&["test", "--workspace", "--locked", "--no-fail-fast"])
    }
}

fn doctest(workspace: &Workspace) -> Command {
    workspace.cargo(&["test", "--workspace", "--locked", "--doc"])
}

fn fresh(workspace: &Workspace, stop: &Stop) -> anyhow::Result<bool> {
    generate::run(workspace, stop, true)
}

fn sim_smoke(workspace: &Workspace, stop: &Stop) -> anyhow::Result<bool> {
    sim::build_and_run(workspace, stop, &sim::SMOKE)
}

fn sim_long(workspace: &Workspace, stop: &Stop) -> anyhow::Result<bool> {
    sim::build_and_run(workspace, stop, &sim::LONG)
}

fn web_install(workspace: &Workspace, stop: &Stop) -> anyhow::Result<bool> {
    tools::install_web_packages(workspace, stop).map(|()| true)
}

fn pjsua2(workspace: &Workspace, stop: &Stop) -> anyhow::Result<bool> {
    tools::install_pjsua2(workspace, stop).map(|()| true)
}

fn web_ci(workspace: &Workspace) -> Command {
    workspace.npm(&["run", "ci"])
}

fn web_build(workspace: &Workspace) -> Command {
    workspace.npm(&["run", "build"])
}

/// Drives the programs of the build step with real browsers and telephones.
fn e2e(workspace: &Workspace, stop: &Stop) -> anyhow::Result<bool> {
    if !workspace.has_npm_script("e2e") {
        bail!("web/package.json has no script `e2e`");
    }
    let log = workspace.log("e2e");
    Ok(program::run("stories with browsers and telephones", &mut e2e_command(workspace, "e2e"), &log, stop)?.0)
}

fn e2e_long(workspace: &Workspace) -> Command {
    e2e_command(workspace, "e2e:long")
}

fn e2e_command(workspace: &Workspace, script: &str) -> Command {
    let mut command = workspace.npm(&["run", script]);
    // The stories look for `callisto` and `testphone` in its `debug` directory.
    command.env("CARGO_TARGET_DIR", &workspace.target);
    command
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn plan(long: bool) -> Vec<Step> {
        let nowhere = Workspace { root: "/nowhere".into(), target: "/nowhere/target".into() };
        steps(&nowhere, long)
    }

    #[test]
    fn a_step_needs_only_earlier_steps() {
        let mut earlier = BTreeSet::new();
        for step in plan(true) {
            assert!(step.needs.iter().all(|need| earlier.contains(need)), "{} needs {:?}", step.name, step.needs);
            assert!(earlier.insert(step.name), "{} stands twice", step.name);
        }
    }

    #[test]
    fn cargo_is_always_locked() {
        let nowhere = Workspace { root: "/nowhere".into(), target: "/nowhere/target".into() };
        for step in plan(true) {
            if let Action::Program(make) = step.action {
                let command = make(&nowhere);
                let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
                let is_npm = command.get_program() == "npm";
                assert!(is_npm || args[0] == "fmt" || args.contains(&"--locked".to_owned()), "{}: {args:?}", step.name);
            }
        }
    }
}
