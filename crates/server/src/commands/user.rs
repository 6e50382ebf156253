//! `callisto user …`: the first administrator, and forgotten passwords.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use domain::Role;
use store::{NewTenant, Scope, SiteDraft, Store, TenantRow, UserDraft, UserReach};

/// What can be done to users.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Add a person; the password is asked for, or read from the first line of standard input.
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
        /// Agent number.
        #[arg(long)]
        extension: Option<String>,
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

/// Runs one of them.
pub fn run(command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { config, username, name, role, extension, tenant } => {
            let config = super::read_config(&config)?;
            let hash = api::hash_password(&ask_password()?)?;
            super::block_on(async {
                let store = super::open(&config).await?;
                let tenant = tenant_or_first(&store, tenant.as_deref()).await?;
                let scope = Scope::system(tenant.id);
                let sites = store.sites(&scope).await?;
                let site = sites.iter().min_by_key(|site| site.id).context("the tenant has no site")?.id;
                let (role, reach) = (role.into(), UserReach::Tenant);
                let draft = UserDraft { username, name, extension, role, site, team: None, reach, enabled: true };
                let user = store.create_user(&scope, runtime::clock::now().utc, &draft, &hash).await?;
                super::say(&format!("{} may sign in", user.username));
                Ok(store.close().await?)
            })
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
