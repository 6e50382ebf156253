//! People of the example centre. Their passwords are derived from the database key: generated, the same at every start,
//! and written nowhere but in `demo.json`.

use domain::{Role, Utc};
use store::{AgentDraft, DatabaseKey, NewApiToken, Scope, Store, UserDraft, UserReach};

use super::business::{Place, Queues};

/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
const PASSWORD_CHARS: usize = 14;

/// Username, name, role, extension.
const PEOPLE: [(&str, &str, Role, &str); 5] = [
    ("chenxiao", "陈晓", Role::Agent, "8001"),
    ("linjing", "林静", Role::Agent, "8002"),
    ("zhaolei", "赵磊", Role::Agent, "8003"),
    ("sunyue", "孙悦", Role::Supervisor, "8100"),
    ("admin", "管理员", Role::Administrator, "8000"),
];

/// One way to sign in.
pub struct SignIn {
    pub username: &'static str,
    pub password: String,
    pub role: Role,
    pub extension: &'static str,
}

/// Everybody, and the administrator's API token.
pub fn sign_ins(key: &DatabaseKey) -> anyhow::Result<(Vec<SignIn>, String)> {
    let mut all = Vec::new();
    for (username, _, role, extension) in PEOPLE {
        all.push(SignIn { username, password: password(key, username)?, role, extension });
    }
    Ok((all, token(key)?))
}

/// Makes them.
pub async fn create(
    store: &Store,
    scope: &Scope,
    now: Utc,
    place: &Place,
    queues: &Queues,
    key: &DatabaseKey,
) -> anyhow::Result<()> {
    for (username, name, role, extension) in PEOPLE {
        let hash = api::hash_password(&password(key, username)?)?;
        let user = UserDraft {
            username: username.to_owned(),
            name: name.to_owned(),
            extension: Some(extension.to_owned()),
            role,
            site: place.site,
            team: Some(place.team),
            reach: UserReach::Tenant,
            enabled: true,
        };
        // The last agent serves complaints only, so that skills and queues can be seen to matter.
        let draft = match username {
            "chenxiao" | "linjing" => AgentDraft {
                user,
                queues: vec![queues.sales, queues.service, queues.complaints],
                skills: vec![queues.sales_skill, queues.service_skill],
            },
            "zhaolei" => {
                AgentDraft { user, queues: vec![queues.service, queues.complaints], skills: vec![queues.service_skill] }
            }
            _ => AgentDraft { user, queues: Vec::new(), skills: Vec::new() },
        };
        let made = store.create_agent(scope, now, &draft, &hash).await?;
        if role == Role::Administrator {
            let token_hash = api::token_hash(&token(key)?);
            let new = NewApiToken {
                user: made.user.id,
                name: "demo".to_owned(),
                token_hash,
                expires_at: None,
                permissions: None,
            };
            store.create_api_token(scope, now, &new).await?;
        }
    }
    Ok(())
}

pub(super) fn password(key: &DatabaseKey, username: &str) -> anyhow::Result<String> {
    let bytes = key.secret_for(&format!("demo password {username}"))?;
    Ok(bytes.iter().take(PASSWORD_CHARS).map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect())
}

fn token(key: &DatabaseKey) -> anyhow::Result<String> {
    Ok(format!("cal_{}", hex::encode(key.secret_for("demo api token")?)))
}
