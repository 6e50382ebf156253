//! SIP phones.

use domain::Encryption;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a SIP phone could be rung at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// Registered nowhere.
    Offline,
    /// Registered, but it does not answer.
    Silent,
    /// Registered and answering.
    Reachable,
}

/// Whether a SIP phone's calls are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceEncryption {
    /// Sound never is.
    Off,
    /// Sound is (SRTP) where the phone offers it over TLS.
    WhenOffered,
    /// Everything is; what is not is refused.
    Required,
}

impl From<DeviceEncryption> for Encryption {
    fn from(encryption: DeviceEncryption) -> Encryption {
        match encryption {
            DeviceEncryption::Off => Encryption::Off,
            DeviceEncryption::WhenOffered => Encryption::WhenOffered,
            DeviceEncryption::Required => Encryption::Required,
        }
    }
}

impl From<Encryption> for DeviceEncryption {
    fn from(encryption: Encryption) -> DeviceEncryption {
        match encryption {
            Encryption::Off => DeviceEncryption::Off,
            Encryption::WhenOffered => DeviceEncryption::WhenOffered,
            Encryption::Required => DeviceEncryption::Required,
        }
    }
}

/// One place a SIP phone is registered at.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeviceContact {
    /// Address and port its packets come from.
    pub address: String,
    /// `udp`, `tcp` or `tls`.
    pub transport: String,
    /// What it calls itself.
    pub user_agent: String,
    /// Until the registration expires.
    pub expires_in_ms: i64,
    /// Whether it answers.
    pub reachable: bool,
}

/// A SIP phone that spoke from outside the addresses of its site.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DeviceRefusal {
    /// Address and port its packets came from.
    pub address: String,
    /// When it tried last.
    pub at_us: i64,
}

/// A SIP phone.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Device {
    /// Device id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it registers with.
    pub username: String,
    /// Who works with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// Answers by itself when asked to, so that the desk's button can answer it.
    pub auto_answer: bool,
    /// Whether its calls are encrypted.
    pub encryption: DeviceEncryption,
    /// Site.
    pub site_id: String,
    /// Whether it could be rung.
    pub state: DeviceState,
    /// Where it is registered.
    pub contacts: Vec<DeviceContact>,
    /// The last attempt from outside the addresses of its site, until it registers; forgotten with a restart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<DeviceRefusal>,
    /// To be handed back with a change.
    pub version: i64,
}

/// A SIP phone to be created.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    /// What people call it, 1–60 characters.
    pub name: String,
    /// 2–40 of `a`–`z`, `0`–`9`, `.`, `_`, `-`; unique in the installation.
    pub username: String,
    /// Who works with it.
    pub agent_id: Option<String>,
    /// Answers by itself when asked to; no when left out.
    #[serde(default)]
    pub auto_answer: bool,
    /// Whether its calls are encrypted; `when_offered` when left out. `required` only where SIP over TLS is served.
    pub encryption: Option<DeviceEncryption>,
    /// Site; the head office when left out.
    pub site_id: Option<String>,
}

/// A change of a SIP phone; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceChange {
    /// The version the change was made from.
    pub version: i64,
    /// Name.
    pub name: Option<String>,
    /// Who works with it; empty for nobody.
    pub agent_id: Option<String>,
    /// Answers by itself when asked to.
    pub auto_answer: Option<bool>,
    /// Whether its calls are encrypted.
    pub encryption: Option<DeviceEncryption>,
    /// Site.
    pub site_id: Option<String>,
}

/// A SIP phone with its password: the only moment it can be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceWithPassword {
    /// The phone.
    pub device: Device,
    /// Its password. It is kept nowhere and cannot be shown again.
    pub password: String,
    /// The realm the password is for.
    pub realm: String,
    /// Address and port of the registrar, for UDP and TCP.
    pub server: String,
    /// The same for TLS, where it is served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_tls: Option<String>,
}
