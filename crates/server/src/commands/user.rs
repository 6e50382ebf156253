//! `callisto user …`: the first administrator, and forgotten passwords.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use domain::{Language, Role};
use store::{AgentDraft, NewTenant, Page, Scope, SiteDraft, Store, TenantRow, UserDraft, UserReach};

use crate::config::Config;
use crate::starter::{self, Place};

/// The agent number of the first person of a centre who is given none: somebody has to take the first call.
const EXTENSION_FIRST: &str = "1000";

/// What can be done to users.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Add a person; the password is asked for, or read from the first line of standard input. A centre without outcomes, reasons,
    /// queues or flows gets those to begin with.
    Add {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// What they sign in with.
        #[arg(long)]
        username: String,
        /// Their name, as others see it.
        #[arg(long)]
        name: String,
        /// What they may do.
        #[arg(long, value_enum)]
        role: RoleName,
        /// Agent number; the first person of a centre has one in any case.
        #[arg(long)]
        extension: Option<String>,
        /// The language the first queue and flows are named in.
        #[arg(long, value_enum, default_value = "zh")]
        language: LanguageName,
        /// The tenant, where there are several; in an empty store it is made.
        #[arg(long)]
        tenant: Option<String>,
    },
    /// Set a new password; ends the person's sessions.
    Password {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// What they sign in with.
        #[arg(long)]
        username: String,
        /// The tenant, where there are several.
        #[arg(long)]
        tenant: Option<String>,
    },
}

/// Roles on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Works at the desk.
    Agent,
    /// Watches the floor.
    Supervisor,
    /// Runs the centre.
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Role {
        match name {
            RoleName::Agent => Role::Agent,
            RoleName::Supervisor => Role::Supervisor,
            RoleName::Administrator => Role::Administrator,
        }
    }
}

/// Languages on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum LanguageName {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Language {
        match name {
            LanguageName::Zh => Language::Zh,
            LanguageName::En => Language::En,
        }
    }
}

/// Runs one of them.
pub fn run(command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { config, username, name, role, extension, language, tenant } => {
            let config = super::read_config(&config)?;
            let hash = api::hash_password(&ask_password()?)?;
            super::block_on(add(
                &config,
                Wanted { username, name, role: role.into(), extension },
                &hash,
                language.into(),
                tenant,
            ))
        }
        UserCommand::Password { config, username, tenant } => {
            let config = super::read_config(&config)?;
            let hash = api::hash_password(&ask_password()?)?;
            super::block_on(async {
                let store = super::open(&config).await?;
                let scope = Scope::system(existing_tenant(&store, tenant.as_deref()).await?.id);
                let user = store.user_by_name(&scope, &username).await?;
                store.set_password(&scope, runtime::clock::now().utc, user.id, &hash).await?;
                super::say(&format!("{} has a new password; their sessions are over", user.username));
                Ok(store.close().await?)
            })
        }
    }
}

/// Who is added.
struct Wanted {
    username: String,
    name: String,
    role: Role,
    extension: Option<String>,
}

async fn add(
    config: &Config,
    wanted: Wanted,
    hash: &str,
    language: Language,
    tenant: Option<String>,
) -> anyhow::Result<()> {
    let store = super::open(config).await?;
    let tenant = tenant_or_first(&store, tenant.as_deref()).await?;
    let (scope, now) = (Scope::system(tenant.id), runtime::clock::now().utc);
    let sites = store.sites(&scope).await?;
    let site = sites.iter().min_by_key(|site| site.id).context("the tenant has no site")?.id;
    let is_first = store.users(&scope, Page::first(1)).await?.is_empty();
    let extension = wanted.extension.or_else(|| is_first.then(|| EXTENSION_FIRST.to_owned()));
    let Wanted { username, name, role, .. } = wanted;
    let reach = UserReach::Tenant;
    let user = UserDraft { username, name, extension: extension.clone(), role, site, team: None, reach, enabled: true };
    let (id, username) = if extension.is_some() {
        let draft = AgentDraft { user, queues: Vec::new(), skills: Vec::new() };
        let agent = store.create_agent(&scope, now, &draft, hash).await?;
        (Some(agent.id()), agent.user.username)
    } else {
        (None, store.create_user(&scope, now, &user, hash).await?.username)
    };
    let number = extension.map(|extension| format!(", as agent {extension}")).unwrap_or_default();
    super::say(&format!("{username} may sign in{number}"));
    let place = Place { site, agents: id.into_iter().collect() };
    let made = starter::fill(&store, &scope, now, place, language).await?;
    for line in &made {
        super::say(&format!("made {line}"));
    }
    if store.numbers(&scope).await?.is_empty() {
        super::say("no number is answered yet: sign in and add the first one under Settings → Numbers");
    }
    Ok(store.close().await?)
}

fn ask_password() -> anyhow::Result<String> {
    let password = if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ")?;
        if rpassword::prompt_password("Again: ")? != first {
            bail!("the two passwords differ");
        }
        first
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    let length = password.chars().count();
    if !(api::limits::PASSWORD_CHARS_MIN..=api::limits::PASSWORD_CHARS_MAX).contains(&length) {
        bail!("a password has {} to {} characters", api::limits::PASSWORD_CHARS_MIN, api::limits::PASSWORD_CHARS_MAX);
    }
    Ok(password)
}

/// The tenant of that name, or the only one.
pub async fn existing_tenant(store: &Store, name: Option<&str>) -> anyhow::Result<TenantRow> {
    let mut tenants = store.tenants().await?;
    match (name, tenants.len()) {
        (Some(name), _) => {
            tenants.into_iter().find(|t| t.name == name).with_context(|| format!("there is no tenant {name:?}"))
        }
        (None, 1) => Ok(tenants.remove(0)),
        (None, 0) => bail!("there is no tenant yet; `callisto user add` makes the first one"),
        (None, _) => bail!("there are several tenants; name one with --tenant"),
    }
}

async fn tenant_or_first(store: &Store, name: Option<&str>) -> anyhow::Result<TenantRow> {
    if !store.tenants().await?.is_empty() {
        return existing_tenant(store, name).await;
    }
    let now = runtime::clock::now().utc;
    let name = name.unwrap_or("Callisto").to_owned();
    let new = NewTenant { name: name.clone(), time_zone: "Asia/Shanghai".to_owned(), region: "CN".to_owned() };
    let tenant = store.create_tenant(now, &new).await?;
    let site = SiteDraft::open(name, tenant.time_zone.clone());
    store.create_site(&Scope::system(tenant.id), now, &site).await?;
    Ok(tenant)
}
