//! Deployment settings: where things are, never how the centre works (that is data, in the store).

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

mod codec;
mod http;
mod inbound;
mod register;
mod sip;
mod trunk;

use anyhow::{Context, bail};
use figment::Figment;
use figment::providers::{Format, Toml};
use schemars::JsonSchema;
use serde::Deserialize;

pub use http::{Http, Tls};
pub use inbound::InboundRule;
pub use register::{Register, is_open};
pub use sip::Sip;
pub use trunk::{Trunk, Wire};

/// Fewer RTP ports than this carry no call: one for browsers, two for a telephone.
const RTP_PORTS_MIN: u16 = 4;

/// The whole file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the data is.
    pub data: Data,
    /// The web client and the API.
    #[serde(default)]
    pub http: Http,
    /// Telephone signalling.
    #[serde(default)]
    pub sip: Sip,
    /// Sound.
    #[serde(default)]
    pub media: Media,
    /// Carriers whose calls are taken.
    #[serde(default, rename = "trunk")]
    pub trunks: Vec<Trunk>,
    /// Where numbers are from.
    #[serde(default)]
    pub numbers: Numbers,
    /// How the program ends.
    #[serde(default)]
    pub drain: Drain,
    /// What is written to standard error.
    #[serde(default)]
    pub log: Log,
    /// Example data and the visitor page.
    #[serde(default)]
    pub demo: Demo,
    /// Hooks for tests of a running server; never in production.
    #[serde(default)]
    pub test: Test,
}

/// Where the data is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// The data directory; made if missing.
    pub dir: PathBuf,
    /// The database key: 32 bytes or 64 hexadecimal digits, mode 0600, outside `dir`.
    pub key_file: PathBuf,
}

/// Sound.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Media {
    /// Address the UDP ports are bound to.
    pub bind: IpAddr,
    /// Addresses browsers are told.
    pub advertised: Vec<IpAddr>,
    /// UDP ports, `first-last`; the first is shared by all browsers.
    pub rtp_ports: String,
}

impl Default for Media {
    fn default() -> Media {
        let local = IpAddr::from([127, 0, 0, 1]);
        Media { bind: local, advertised: vec![local], rtp_ports: "40000-49999".to_owned() }
    }
}

/// Where numbers are from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    /// A newer file than the one inside the program, made by `callisto numbers build`.
    pub location_file: Option<PathBuf>,
}

/// How the program ends when it is asked to by SIGTERM: no new calls, and those there are go on to their end.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Drain {
    /// How long it waits for them, in seconds; then they are ended. 0 ends them at once, as a second SIGTERM does.
    pub timeout_s: u32,
}

impl Default for Drain {
    /// Longer than nearly every call, shorter than a night.
    fn default() -> Drain {
        Drain { timeout_s: 3_600 }
    }
}

/// What is written to standard error.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`; numbers of callers appear from `debug` on.
    pub level: String,
    /// One JSON object a line.
    pub json: bool,
}

impl Default for Log {
    fn default() -> Log {
        Log { level: "info".to_owned(), json: false }
    }
}

/// Example data and the visitor page.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Demo {
    /// On.
    pub enabled: bool,
    /// Where to write what a person needs to try it; `demo.json` in the data directory if not given.
    pub manifest: Option<PathBuf>,
    /// Agents with a SIP phone each beside the example's, made with the data and told in `farm.json` in the data directory; for load runs.
    pub farm_agents: u32,
}

/// Hooks for tests of a running server.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Test {
    /// Count what is held, make commits slow or fail, kill the process at a place.
    pub hooks: bool,
    /// Kill the process at this place from the start on; only with `hooks`.
    pub kill_at: Option<String>,
    /// How often it may pass the place before.
    pub kill_after: u32,
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// Names the file and every fault found.
    pub fn read(path: &Path) -> anyhow::Result<Config> {
        if !path.is_file() {
            bail!("there is no configuration file at {}", path.display());
        }
        let config: Config =
            Figment::from(Toml::file_exact(path)).extract().with_context(|| format!("in {}", path.display()))?;
        let faults = config.faults();
        if !faults.is_empty() {
            bail!("{} cannot be used:\n  - {}", path.display(), faults.join("\n  - "));
        }
        Ok(config)
    }

    /// Everything that is wrong beyond the form, all at once.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if absolute(&self.data.key_file).starts_with(absolute(&self.data.dir)) {
            faults.push("data.key_file lies inside data.dir; a copy of the directory would carry its key".to_owned());
        }
        self.http.faults(&mut faults);
        self.sip.faults(&mut faults);
        if let Err(fault) = self.rtp_ports() {
            faults.push(fault);
        }
        if self.media.advertised.is_empty() {
            faults.push("media.advertised is empty; browsers would not know where to send sound".to_owned());
        }
        if self.sip.advertised.is_unspecified() || self.media.advertised.iter().any(IpAddr::is_unspecified) {
            faults.push("an advertised address must be one that others can reach, not 0.0.0.0 or ::".to_owned());
        }
        for trunk in &self.trunks {
            trunk.faults(&mut faults);
            trunk.out_of_reach(self.sip.bind, &mut faults);
        }
        Trunk::shared(&self.trunks, &mut faults);
        if let Some(place) = &self.test.kill_at
            && (!self.test.hooks || store::kill::KillPoint::named(place).is_none())
        {
            faults.push(format!("test.kill_at {place:?} is no place of this program, or test.hooks is off"));
        }
        if !["error", "warn", "info", "debug", "trace"].contains(&self.log.level.as_str()) {
            faults.push(format!("log.level {:?} is none of error, warn, info, debug, trace", self.log.level));
        }
        faults
    }

    /// The RTP ports as a range.
    ///
    /// # Errors
    /// In words, when they cannot be read.
    pub fn rtp_ports(&self) -> Result<RangeInclusive<u16>, String> {
        let text = &self.media.rtp_ports;
        let port = |text: &str| text.trim().parse::<u16>().ok();
        let range = text.split_once('-').and_then(|(first, last)| Some(port(first)?..=port(last)?));
        let range = range.ok_or_else(|| format!("media.rtp_ports {text:?} is not of the form 40000-40199"))?;
        if *range.start() < 1024 || range.end().saturating_sub(*range.start()) < RTP_PORTS_MIN - 1 {
            return Err(format!(
                "media.rtp_ports {text:?} must start at 1024 or above and hold at least {RTP_PORTS_MIN} ports"
            ));
        }
        Ok(range)
    }

    /// Where `demo.json` goes.
    pub fn manifest(&self) -> PathBuf {
        self.demo.manifest.clone().unwrap_or_else(|| self.data.dir.join("demo.json"))
    }
}

/// The JSON schema of the file, for editors and docs/generated.
pub fn schema() -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Config))?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

    use super::*;

    pub(super) fn read(text: &str) -> anyhow::Result<Config> {
        let dir = std::env::temp_dir().join(format!("callisto-config-{}", std::process::id()));
        std::fs::create_dir_all(&dir)?;
        // Tests beside each other must not read each other's file.
        let path = dir.join(format!("{:x}.toml", BuildHasherDefault::<DefaultHasher>::default().hash_one(text)));
        std::fs::write(&path, text)?;
        Config::read(&path)
    }

    #[test]
    fn the_shortest_file_is_enough() {
        let config = read("[data]\ndir = \"/srv/callisto\"\nkey_file = \"/etc/callisto.key\"\n").unwrap();
        assert_eq!(config.http.bind.port(), 8080);
        assert!(config.trunks.is_empty() && !config.demo.enabled && !config.test.hooks);
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let text = "[data]\ndir = \"/srv/c\"\nkey_file = \"/srv/c/key\"\n[http]\ncert_file = \"a\"\n\
                    [media]\nrtp_ports = \"5\"\nadvertised = []\n[[trunk]]\nname = \"x\"\naddresses = []\n[log]\nlevel = \"loud\"\n";
        let error = read(text).unwrap_err().to_string();
        for part in ["key_file lies inside", "go together", "rtp_ports", "advertised is empty", "no addresses", "loud"]
        {
            assert!(error.contains(part), "{part} is missing in {error}");
        }
    }

    #[test]
    fn every_ready_trunk_is_a_good_one() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/trunks");
        let files: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(files.len() >= 5);
        for file in files {
            let trunk = std::fs::read_to_string(&file).unwrap();
            let text = format!("[data]\ndir = \"/srv/callisto\"\nkey_file = \"/etc/callisto.key\"\n{trunk}");
            let config = read(&text).unwrap_or_else(|error| panic!("{}: {error:#}", file.display()));
            let [trunk] = config.trunks.as_slice() else { panic!("{}: not one trunk", file.display()) };
            assert!(!trunk.targets().is_empty() && trunk.probe().is_some(), "{}", file.display());
        }
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let text = "[data]\ndir = \"/a\"\nkey_file = \"/b\"\n[htpp]\n";
        assert!(format!("{:#}", read(text).unwrap_err()).contains("htpp"));
    }
}
