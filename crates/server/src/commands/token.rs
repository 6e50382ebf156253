//! `callisto token`: what programs sign in with.

use std::path::PathBuf;

use anyhow::bail;
use clap::Subcommand;
use domain::{Permission, SessionId};
use store::{ApiToken, NewApiToken, Scope, Store};

use super::user::existing_tenant;

/// What can be done to tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it; it is shown this once.
    Add {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// On whose behalf the program acts.
        #[arg(long)]
        username: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// Only this permission; repeat it for several. Without it, all the person has.
        #[arg(long, value_name = "PERMISSION")]
        only: Vec<String>,
        /// The tenant, where there are several.
        #[arg(long)]
        tenant: Option<String>,
    },
    /// List tokens, without their secrets.
    List {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// The tenant, where there are several.
        #[arg(long)]
        tenant: Option<String>,
    },
    /// End a token.
    Revoke {
        /// The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// Its id, from the list.
        id: String,
        /// The tenant, where there are several.
        #[arg(long)]
        tenant: Option<String>,
    },
}

/// Runs one of them.
pub fn run(command: TokenCommand) -> anyhow::Result<()> {
    match command {
        TokenCommand::Add { config, username, name, only, tenant } => {
            let config = super::read_config(&config)?;
            let only = permissions(&only)?;
            super::block_on(async {
                let store = super::open(&config).await?;
                let scope = scope(&store, tenant.as_deref()).await?;
                let user = store.user_by_name(&scope, &username).await?;
                let Some(secret) = api::new_token() else { bail!("the system gives no random numbers") };
                let new = NewApiToken {
                    user: user.id,
                    name,
                    token_hash: api::token_hash(&secret),
                    expires_at: None,
                    permissions: only,
                };
                store.create_api_token(&scope, runtime::clock::now().utc, &new).await?;
                super::say(&secret);
                Ok(store.close().await?)
            })
        }
        TokenCommand::List { config, tenant } => {
            let config = super::read_config(&config)?;
            super::block_on(async {
                let store = super::open(&config).await?;
                let scope = scope(&store, tenant.as_deref()).await?;
                store.api_tokens(&scope).await?.iter().for_each(|token| super::say(&line(token)));
                Ok(store.close().await?)
            })
        }
        TokenCommand::Revoke { config, id, tenant } => {
            let config = super::read_config(&config)?;
            let Ok(id) = id.parse::<SessionId>() else {
                bail!("{id:?} is no token's id; `callisto token list` has them")
            };
            super::block_on(async {
                let store = super::open(&config).await?;
                let scope = scope(&store, tenant.as_deref()).await?;
                store.revoke_api_token(&scope, runtime::clock::now().utc, id).await?;
                super::say("the token is over");
                Ok(store.close().await?)
            })
        }
    }
}

async fn scope(store: &Store, tenant: Option<&str>) -> anyhow::Result<Scope> {
    Ok(Scope::system(existing_tenant(store, tenant).await?.id))
}

fn permissions(names: &[String]) -> anyhow::Result<Option<Vec<Permission>>> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut permissions = Vec::new();
    for name in names {
        let Some(permission) = Permission::from_name(name) else {
            let all = Permission::ALL.map(Permission::name).join(", ");
            bail!("{name:?} is no permission; there are: {all}");
        };
        permissions.push(permission);
    }
    Ok(Some(permissions))
}

fn line(token: &ApiToken) -> String {
    let only = token.permissions.as_ref().map_or("everything its user may".to_owned(), |only| {
        only.iter().map(|permission| permission.name()).collect::<Vec<_>>().join(", ")
    });
    let over = if token.revoked_at.is_some() { "  (revoked)" } else { "" };
    format!("{}  {}  {only}{over}", token.id, token.name)
}
