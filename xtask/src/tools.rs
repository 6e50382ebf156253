//! What the machine must offer, and how it gets there: Debian packages as root, otherwise the words to type.

use std::process::Command;

use anyhow::{Context, bail};

use crate::program;
use crate::say;
use crate::stop::Stop;
use crate::workspace::Workspace;

/// Oldest Node.js the web client is built with: major and minor.
const NODE_MIN: (u32, u32) = (20, 19);

/// The system's own Python: a SIP phone of the long tests is built for certain versions only.
const PYTHON: &str = "/usr/bin/python3";

/// What a task is about to do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Build and run.
    Demo,
    /// Build, check and drive browsers and telephones.
    Test,
    /// The same with everything that takes longer, other makers' telephones and proxies among it.
    LongTest,
}

/// One thing the machine must have.
struct Need {
    /// Any one of these satisfies it: programs on the search path, or files.
    any_of: &'static [&'static str],
    /// The Debian package that brings it.
    package: &'static str,
    /// What for, in the message.
    why: &'static str,
    /// The least of what needs it; whatever does more needs it too.
    from: Purpose,
}

const NEEDS: &[Need] = &[
    Need {
        any_of: &["cc"],
        package: "build-essential",
        why: "compiles SQLCipher and the TLS library",
        from: Purpose::Demo,
    },
    Need { any_of: &["make"], package: "make", why: "builds the cryptography of SQLCipher", from: Purpose::Demo },
    Need { any_of: &["perl"], package: "perl", why: "configures the cryptography of SQLCipher", from: Purpose::Demo },
    Need { any_of: &["git"], package: "git", why: "tells which files belong to the tree", from: Purpose::Test },
    Need {
        any_of: &["baresip"],
        package: "baresip-core",
        why: "a SIP phone for the end-to-end tests",
        from: Purpose::Test,
    },
    Need {
        any_of: &["openssl"],
        package: "openssl",
        why: "makes certificates for the end-to-end tests",
        from: Purpose::Test,
    },
    Need { any_of: &["sipp"], package: "sip-tester", why: "telephones for the end-to-end tests", from: Purpose::Test },
    Need {
        any_of: &["chromium", "chromium-browser", "google-chrome"],
        package: "chromium",
        why: "the browser of the end-to-end tests",
        from: Purpose::Test,
    },
    Need {
        any_of: &[
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        ],
        package: "fonts-noto-cjk",
        why: "Chinese text in the browser under test",
        from: Purpose::Test,
    },
    Need {
        any_of: &["linphonec"],
        package: "linphone-cli",
        why: "a SIP phone for the long tests",
        from: Purpose::LongTest,
    },
    Need { any_of: &["kamailio"], package: "kamailio", why: "a carrier for the long tests", from: Purpose::LongTest },
    Need {
        any_of: &["/usr/lib/x86_64-linux-gnu/kamailio/modules/tls.so"],
        package: "kamailio-tls-modules",
        why: "a carrier over TLS for the long tests",
        from: Purpose::LongTest,
    },
    Need { any_of: &[PYTHON], package: "python3", why: "runs a SIP phone of the long tests", from: Purpose::LongTest },
    Need {
        // Debian 12 and Ubuntu 24.04; the phone is there for these alone.
        any_of: &["/usr/lib/python3.11/ensurepip/__init__.py", "/usr/lib/python3.12/ensurepip/__init__.py"],
        package: "python3-venv",
        why: "installs a SIP phone of the long tests",
        from: Purpose::LongTest,
    },
];

/// Checks the machine and installs what can be installed.
pub fn ensure(workspace: &Workspace, stop: &Stop, purpose: Purpose) -> anyhow::Result<()> {
    install_packages(workspace, stop, &missing_packages(purpose))?;
    ensure_node(workspace, stop)?;
    if purpose >= Purpose::Test {
        ensure_components(workspace, stop)?;
    }
    Ok(())
}

fn missing_packages(purpose: Purpose) -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| need.from <= purpose).filter(|need| !is_met(need)).collect()
}

fn is_met(need: &Need) -> bool {
    need.any_of.iter().any(|thing| match thing.strip_prefix('/') {
        Some(_) => std::path::Path::new(thing).is_file(),
        None => program::find(thing).is_some(),
    })
}

fn install_packages(workspace: &Workspace, stop: &Stop, missing: &[&Need]) -> anyhow::Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if !can_install() {
        let list: Vec<String> = missing.iter().map(|need| format!("  {} ({})", need.package, need.why)).collect();
        bail!(
            "this machine lacks:\n{}\nOn Debian or Ubuntu type\n  sudo apt-get update && sudo apt-get install -y {}\nand run this again.",
            list.join("\n"),
            packages.join(" ")
        );
    }
    let log = workspace.fresh_log("packages");
    program::must_run("reading the package lists", apt(&["update"]).arg("-q"), &log, stop)?;
    let mut install = apt(&["install", "-y", "-q", "--no-install-recommends"]);
    program::must_run(&format!("installing {}", packages.join(", ")), install.args(&packages), &log, stop)
}

fn can_install() -> bool {
    rustix::process::geteuid().is_root() && program::find("apt-get").is_some()
}

fn apt(args: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn ensure_node(workspace: &Workspace, stop: &Stop) -> anyhow::Result<()> {
    let fits = || node_version().is_some_and(|version| version >= NODE_MIN) && program::find("npm").is_some();
    if fits() {
        return Ok(());
    }
    if can_install() {
        let log = workspace.fresh_log("packages");
        program::must_run("reading the package lists", apt(&["update"]).arg("-q"), &log, stop)?;
        if candidate_version().is_some_and(|version| version >= NODE_MIN) {
            program::must_run("installing nodejs", &mut apt(&["install", "-y", "-q", "nodejs"]), &log, stop)?;
            if program::find("npm").is_none() {
                program::must_run("installing npm", &mut apt(&["install", "-y", "-q", "npm"]), &log, stop)?;
            }
            if fits() {
                return Ok(());
            }
        }
    }
    let found = node_version().map_or("none".to_owned(), |(major, minor)| format!("version {major}.{minor}"));
    let (major, minor) = NODE_MIN;
    bail!(
        "the web client needs Node.js {major}.{minor} or newer with npm; found: {found}.\n\
         Where the system's own package is new enough (Debian 13, Ubuntu 25.10) type\n  \
         sudo apt-get install -y nodejs npm\n\
         elsewhere install it from https://nodejs.org/en/download, then run this again."
    )
}

fn node_version() -> Option<(u32, u32)> {
    version(&program::output_of(Command::new("node").arg("--version"))?)
}

/// What `apt-get` would install.
fn candidate_version() -> Option<(u32, u32)> {
    let policy = program::output_of(Command::new("apt-cache").args(["policy", "nodejs"]))?;
    let line = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"))?;
    version(line)
}

/// Major and minor of `v20.19.2`, ` 20.19.2+dfsg-1` or `1:20.1`.
fn version(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    let text = text.split_once(':').map_or(text, |(_, rest)| rest);
    let mut numbers = text.trim_start_matches('v').split(|c: char| !c.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
}

fn ensure_components(workspace: &Workspace, stop: &Stop) -> anyhow::Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(command, _)| program::output_of(&mut workspace.cargo(&[command, "--version"])).is_none())
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if program::find("rustup").is_none() {
        bail!(
            "this Rust lacks {}; with rustup type\n  rustup component add {}",
            missing.join(" and "),
            missing.join(" ")
        );
    }
    let mut command = Command::new("rustup");
    command.args(["component", "add"]).args(&missing).current_dir(&workspace.root);
    program::must_run(&format!("adding {}", missing.join(", ")), &mut command, &workspace.fresh_log("rustup"), stop)
}

/// Installs the web client's packages when the lock file is not the one they were installed from.
pub fn install_web_packages(workspace: &Workspace, stop: &Stop) -> anyhow::Result<()> {
    let lock = std::fs::read_to_string(workspace.web().join("package-lock.json")).unwrap_or_default();
    let stamp = workspace.web().join("node_modules/.installed-from");
    if !lock.is_empty() && std::fs::read_to_string(&stamp).is_ok_and(|text| text == lock) {
        return Ok(());
    }
    let mut command = workspace.npm(&["ci", "--no-audit", "--no-fund"]);
    program::must_run("installing the web client's packages", &mut command, &workspace.fresh_log("npm-ci"), stop)?;
    if std::fs::write(&stamp, lock).is_err() {
        say::line("  note: the packages will be installed again next time");
    }
    Ok(())
}

/// Installs pjsua2, a SIP phone for Python, beside what cargo builds, when the wanted one is not there.
pub fn install_pjsua2(workspace: &Workspace, stop: &Stop) -> anyhow::Result<()> {
    let wanted = workspace.web().join("e2e/support/pjsua.txt");
    let list = std::fs::read_to_string(&wanted).with_context(|| format!("cannot read {}", wanted.display()))?;
    let home = workspace.target.join("pjsua2");
    let stamp = home.join("installed-from");
    if std::fs::read_to_string(&stamp).is_ok_and(|text| text == list) {
        return Ok(());
    }
    let log = workspace.fresh_log("pjsua2");
    let mut make = Command::new(PYTHON);
    make.args(["-m", "venv", "--clear"]).arg(&home);
    program::must_run("making a place for pjsua2", &mut make, &log, stop)?;
    let mut install = Command::new(home.join("bin/pip"));
    install.args(["install", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:", "-r"]);
    program::must_run("installing pjsua2", install.arg(&wanted), &log, stop)?;
    std::fs::write(&stamp, list).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_tools_write_them() {
        assert_eq!(version("v20.19.2\n"), Some((20, 19)));
        assert_eq!(version(" 18.19.0+dfsg-6~deb12u2"), Some((18, 19)));
        assert_eq!(version("1:22.1"), Some((22, 1)));
        assert_eq!(version("(none)"), None);
    }

    #[test]
    fn a_demo_needs_no_telephone_and_no_browser() {
        let packages =
            |purpose| -> Vec<&str> { NEEDS.iter().filter(|n| n.from <= purpose).map(|n| n.package).collect() };
        assert_eq!(packages(Purpose::Demo), ["build-essential", "make", "perl"]);
        assert!(packages(Purpose::Test).contains(&"sip-tester"));
        assert!(!packages(Purpose::Test).contains(&"kamailio"));
        assert!(packages(Purpose::LongTest).contains(&"kamailio"));
        assert!(packages(Purpose::LongTest).contains(&"python3-venv"));
    }
}
