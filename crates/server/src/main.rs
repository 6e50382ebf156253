//! The `callisto` program: command line, configuration, wiring. It decides nothing.

mod commands;
mod config;
mod demo;
mod log;
mod machine;
mod notify;
mod port;
mod prompts;
mod signals;
mod starter;
mod trunks;
mod vitals;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// An open-source contact centre.
#[derive(Parser)]
#[command(name = "callisto", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take calls and serve the web client until SIGTERM or Ctrl-C.
    Serve {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// Fill an empty data directory with example data and open the visitor page.
        #[arg(long)]
        demo: bool,
    },
    /// Write a commented configuration and a key to begin with.
    Init(commands::init::Init),
    /// Look at the configuration and the machine, and say what to do. Changes nothing.
    Doctor(commands::doctor::Doctor),
    /// Look at a configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look after the people who sign in.
    #[command(subcommand)]
    User(commands::user::UserCommand),
    /// Look after the tokens of programs.
    #[command(subcommand)]
    Token(commands::token::TokenCommand),
    /// Bring the databases to the newest schema.
    Migrate {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Look for anything altered, missing or truncated in the ledger, the audit trail and the recordings.
    Verify {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Give the database files another key, while Callisto is stopped.
    Rekey {
        /// The configuration file; it names the key the files have.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// The file with the new key.
        #[arg(long, value_name = "FILE")]
        new_key_file: PathBuf,
    },
    /// Put the keys of all recordings under a new key, while Callisto goes on.
    RotateKeys {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Make a file of number ranges, or say where numbers are from.
    #[command(subcommand)]
    Numbers(commands::numbers::NumbersCommand),
    /// Print the OpenAPI document.
    Openapi,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Say whether a file can be used, and everything that is wrong with it.
    Check {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Print the JSON schema of the file.
    Schema,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            commands::complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Doctor(doctor) => return commands::doctor::run(&doctor),
        Command::Init(init) => commands::init::run(&init)?,
        Command::Serve { config, demo } => commands::serve::run(&config, demo)?,
        Command::Config(ConfigCommand::Check { config }) => {
            config::Config::read(&config)?;
            commands::say(&format!("{} is in order", config.display()));
        }
        Command::Config(ConfigCommand::Schema) => {
            commands::say(config::schema()?.trim_end());
        }
        Command::User(user) => commands::user::run(user)?,
        Command::Token(token) => commands::token::run(token)?,
        Command::Migrate { config } => commands::migrate::run(&config)?,
        Command::Verify { config } => commands::verify::run(&config)?,
        Command::Rekey { config, new_key_file } => commands::keys::rekey(&config, &new_key_file)?,
        Command::RotateKeys { config } => commands::keys::rotate(&config)?,
        Command::Numbers(numbers) => commands::numbers::run(numbers)?,
        Command::Openapi => commands::say(api::openapi_json().trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}
