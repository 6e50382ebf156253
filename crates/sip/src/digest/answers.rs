//! Which of a carrier's challenges are answered, and with what.

use super::{Challenge, Ha1};
use crate::config::{GatewayLogin, Password};

/// An account whose realm is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) username: String,
    pub(crate) password: Password,
}

impl Account {
    /// The same for one realm.
    pub(crate) fn at(&self, realm: &str) -> GatewayLogin {
        let Account { username, password } = self;
        let ha1 = Ha1::new(username, realm, password.as_str());
        GatewayLogin { username: username.clone(), realm: realm.to_owned(), ha1 }
    }
}

/// What answers the challenges of one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    /// For realms that are known to be the carrier's.
    pub(crate) known: Vec<GatewayLogin>,
    /// For another realm, which is the carrier's once it took the proof.
    pub(crate) learning: Option<Account>,
}

impl Answers {
    /// For the realm of this login and no other.
    pub(crate) fn only(login: Option<GatewayLogin>) -> Answers {
        Answers { known: login.into_iter().collect(), learning: None }
    }

    pub(crate) fn knows(&self, realm: &str) -> bool {
        self.known.iter().any(|login| login.realm == realm)
    }

    /// What answers these challenges: a known realm before one that would be new.
    pub(crate) fn login(&self, challenges: &[String]) -> Option<GatewayLogin> {
        let known = self.known.iter().find(|login| Challenge::pick(challenges, &login.realm).is_some());
        known.cloned().or_else(|| {
            let realm = Challenge::realm_of(challenges)?;
            self.learning.as_ref().map(|account| account.at(&realm))
        })
    }
}
