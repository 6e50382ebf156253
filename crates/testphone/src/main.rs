//! `testphone`: a telephone for tests, driven by JSON lines, or many at once. See the library's documentation.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use testphone::{Answering, Codec, LoadPlan, Sound, bare, browsers, control, desks, farm, load};

/// A telephone for tests.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// One phone, driven by JSON lines on standard input.
    Run {
        /// Where signalling is bound.
        #[arg(long, default_value = "127.0.0.1:0")]
        bind: SocketAddr,
        /// Answers calls that come in with this tone.
        #[arg(long)]
        answer_tone_hz: Option<f64>,
    },
    /// Many calls at a steady rate.
    Load(LoadArguments),
    /// Many callers and many SIP phones, for figures: see the library's `farm`.
    Farm(FarmArguments),
    /// Measures what this machine takes for passing packets on without any logic.
    BareRelay {
        /// Calls, 50 packets a second each way.
        #[arg(long)]
        calls: usize,
        /// For how long.
        #[arg(long, default_value_t = 8)]
        seconds: u64,
    },
    /// Holds the desks of a farm's agents open until standard input ends.
    Desks {
        /// Host and port of the server's HTTP.
        #[arg(long)]
        http: String,
        /// The server's `farm.json`.
        #[arg(long)]
        agents: std::path::PathBuf,
        /// Only the first so many.
        #[arg(long, default_value_t = usize::MAX)]
        count: usize,
    },
}

#[derive(clap::Args)]
struct FarmArguments {
    /// Where signalling is bound.
    #[arg(long, default_value = "127.0.0.1:0")]
    bind: SocketAddr,
    /// The server's SIP address.
    #[arg(long)]
    target: SocketAddr,
    /// JSON file with the phones: a list of `{username, password, realm}`. Without it nobody answers.
    #[arg(long)]
    devices: Option<std::path::PathBuf>,
    /// Milliseconds a phone rings before it answers.
    #[arg(long, default_value_t = 0)]
    ring_ms: u64,
    /// The number called.
    #[arg(long)]
    to: String,
    /// The first calling number; each call takes the next.
    #[arg(long, default_value_t = 13_800_000_000)]
    from_base: u64,
    /// Calls in all.
    #[arg(long)]
    calls: u64,
    /// Calls a second.
    #[arg(long)]
    rate: f64,
    /// Milliseconds a call lasts, with phones from the moment one answers.
    #[arg(long, default_value_t = 1_000)]
    hold_ms: u64,
    /// Milliseconds a caller waits for an agent.
    #[arg(long, default_value_t = 60_000)]
    patience_ms: u64,
    /// Callers and phones send RTP and count what arrives.
    #[arg(long)]
    rtp: bool,
    /// Hang up only once all calls were up together.
    #[arg(long)]
    together: bool,
    /// Host and port of the server's HTTP.
    #[arg(long, requires = "browsers")]
    http: Option<String>,
    /// JSON file with agents who work in a browser and take calls too: a list of `{token}`.
    #[arg(long, requires = "http")]
    browsers: Option<std::path::PathBuf>,
    /// So many of the phones, the last ones, are those of supervisors, who join calls of others; with it all send marked bursts.
    #[arg(long, default_value_t = 0, requires = "rtp")]
    supervisors: usize,
    /// The server's address for SIP over TLS.
    #[arg(long, requires = "tls_ca")]
    tls_target: Option<SocketAddr>,
    /// PEM file with the certificate it shows.
    #[arg(long)]
    tls_ca: Option<std::path::PathBuf>,
    /// So many of the phones, from the first on, speak SIP over TLS and SRTP.
    #[arg(long, default_value_t = 0, requires = "tls_target")]
    tls_phones: usize,
}

#[derive(clap::Args)]
struct LoadArguments {
    /// Where signalling is bound.
    #[arg(long, default_value = "127.0.0.1:0")]
    bind: SocketAddr,
    /// The server's SIP address.
    #[arg(long)]
    target: SocketAddr,
    /// The number called.
    #[arg(long)]
    to: String,
    /// The first calling number; each call takes the next.
    #[arg(long, default_value_t = 13_800_000_000)]
    from_base: u64,
    /// Calls a second.
    #[arg(long, default_value_t = 20.0)]
    rate: f64,
    /// Calls in all.
    #[arg(long, default_value_t = 1_000)]
    calls: u64,
    /// The key every other call presses to get into the queue.
    #[arg(long)]
    half_digit: Option<char>,
    /// Milliseconds in the menu.
    #[arg(long, default_value_t = 3_000)]
    menu_hold_ms: u64,
    /// Milliseconds in the queue.
    #[arg(long, default_value_t = 4_000)]
    queue_hold_ms: u64,
    /// Codec.
    #[arg(long, value_enum, default_value_t = CodecName::Pcma)]
    codec: CodecName,
    /// Tone each call sends; silence without it.
    #[arg(long)]
    tone_hz: Option<f64>,
}

#[derive(Clone, Copy, ValueEnum)]
enum CodecName {
    Pcma,
    Pcmu,
}

fn sound(hz: Option<f64>) -> Sound {
    hz.map_or(Sound::Silence, |hz| Sound::Tone { hz })
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "testphone: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> std::io::Result<ExitCode> {
    match command {
        Command::Run { bind, answer_tone_hz } => {
            control(bind, answer_tone_hz.map(|hz| Answering { sound: sound(Some(hz)), by_hand: false })).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Load(arguments) => {
            let summary = load(plan(arguments)).await?;
            writeln!(std::io::stdout(), "{}", serde_json::to_string(&summary).map_err(std::io::Error::other)?)?;
            Ok(if summary.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::BareRelay { calls, seconds } => {
            let bare = bare::run(calls, seconds)?;
            writeln!(std::io::stdout(), "{}", serde_json::to_string(&bare).map_err(std::io::Error::other)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Desks { http, agents, count } => {
            hold_desks(&http, &agents, count).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Farm(arguments) => {
            let open = match arguments.http.as_deref().zip(arguments.browsers.as_deref()) {
                Some((server, agents)) => Some(browsers::open(server, read_json(agents)?).await?),
                None => None,
            };
            let summary = farm::run(farm_plan(arguments)?, open)?;
            writeln!(std::io::stdout(), "{}", serde_json::to_string(&summary).map_err(std::io::Error::other)?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn hold_desks(http: &str, agents: &std::path::Path, count: usize) -> std::io::Result<()> {
    #[derive(serde::Deserialize)]
    struct Farm {
        agents: Vec<desks::FarmAgent>,
    }
    let mut farm: Farm = read_json(agents)?;
    farm.agents.truncate(count);
    let _desks = desks::open(http, &farm.agents).await?;
    writeln!(std::io::stdout(), "{}", serde_json::json!({ "event": "open", "desks": farm.agents.len() }))?;
    tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await.map(drop)
}

fn read_json<T: serde::de::DeserializeOwned>(path: &std::path::Path) -> std::io::Result<T> {
    serde_json::from_slice(&std::fs::read(path)?).map_err(std::io::Error::other)
}

fn farm_plan(arguments: FarmArguments) -> std::io::Result<farm::FarmPlan> {
    let devices = match &arguments.devices {
        Some(path) => read_json(path)?,
        None => Vec::new(),
    };
    Ok(farm::FarmPlan {
        bind: arguments.bind,
        target: arguments.target,
        devices,
        ring: Duration::from_millis(arguments.ring_ms),
        to: arguments.to,
        from_base: arguments.from_base,
        calls: arguments.calls,
        rate: arguments.rate,
        hold: Duration::from_millis(arguments.hold_ms),
        patience: Duration::from_millis(arguments.patience_ms),
        rtp: arguments.rtp,
        secure: arguments.tls_target.zip(arguments.tls_ca).map(|(target, ca)| farm::SecurePlan {
            target,
            ca,
            phones: arguments.tls_phones,
        }),
        together: arguments.together,
        supervisors: arguments.supervisors,
    })
}

fn plan(arguments: LoadArguments) -> LoadPlan {
    LoadPlan {
        bind: arguments.bind,
        target: arguments.target,
        to: arguments.to,
        from_base: arguments.from_base,
        rate: arguments.rate,
        calls: arguments.calls,
        half_digit: arguments.half_digit,
        menu_hold: Duration::from_millis(arguments.menu_hold_ms),
        queue_hold: Duration::from_millis(arguments.queue_hold_ms),
        codec: match arguments.codec {
            CodecName::Pcma => Codec::Pcma,
            CodecName::Pcmu => Codec::Pcmu,
        },
        sound: sound(arguments.tone_hz),
    }
}
