//! The closed list of permissions, and the roles that hold them.

/// What a person or program may do. Every route and every topic names exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// See one's own account and sign out.
    SelfRead,
    /// Work as an agent: sign in, ready, phone, offers, call control on own handlings.
    DeskUse,
    /// See the live floor and queues.
    FloorRead,
    /// See conversations and their timelines.
    ConversationsRead,
    /// Hear recordings; an agent hears those of own conversations only.
    RecordingsPlay,
    /// Take recordings out of the house.
    RecordingsDownload,
    /// Pause and resume the recording of any talk, as a program that takes payments does.
    RecordingsPause,
    /// Hold recordings and conversations, so that nothing erases them, and lift holds.
    RecordingsHold,
    /// Erase recordings for good.
    RecordingsErase,
    /// See customers.
    CustomersRead,
    /// Create and change customers.
    CustomersWrite,
    /// See tasks, and hear the messages they hold.
    TasksRead,
    /// Take, close and reopen tasks.
    TasksWrite,
    /// See numbers and addresses unmasked.
    PersonalDataRead,
    /// See queues, agents, skills, numbers, flows, dispositions and reasons.
    SettingsRead,
    /// Change queues, agents and skills.
    SettingsWrite,
    /// Create users, set passwords, make tokens, unlock accounts.
    UsersWrite,
    /// See who changed what, and who was refused what.
    AuditRead,
    /// See how the server does: health in figures, metrics.
    MetricsRead,
    /// Hear other agents' talks, take part in them, take them over and end them.
    FloorSupervise,
}

impl Permission {
    /// All of them, in order.
    pub const ALL: [Permission; 20] = [
        Permission::SelfRead,
        Permission::DeskUse,
        Permission::FloorRead,
        Permission::ConversationsRead,
        Permission::RecordingsPlay,
        Permission::RecordingsDownload,
        Permission::RecordingsPause,
        Permission::RecordingsHold,
        Permission::RecordingsErase,
        Permission::CustomersRead,
        Permission::CustomersWrite,
        Permission::TasksRead,
        Permission::TasksWrite,
        Permission::PersonalDataRead,
        Permission::SettingsRead,
        Permission::SettingsWrite,
        Permission::UsersWrite,
        Permission::AuditRead,
        Permission::MetricsRead,
        Permission::FloorSupervise,
    ];

    /// From its stable public name.
    pub fn from_name(name: &str) -> Option<Permission> {
        Permission::ALL.into_iter().find(|permission| permission.name() == name)
    }

    /// The stable public name.
    pub const fn name(self) -> &'static str {
        match self {
            Permission::SelfRead => "self.read",
            Permission::DeskUse => "desk.use",
            Permission::FloorRead => "floor.read",
            Permission::ConversationsRead => "conversations.read",
            Permission::RecordingsPlay => "recordings.play",
            Permission::RecordingsDownload => "recordings.download",
            Permission::RecordingsPause => "recordings.pause",
            Permission::RecordingsHold => "recordings.hold",
            Permission::RecordingsErase => "recordings.erase",
            Permission::CustomersRead => "customers.read",
            Permission::CustomersWrite => "customers.write",
            Permission::TasksRead => "tasks.read",
            Permission::TasksWrite => "tasks.write",
            Permission::PersonalDataRead => "personal_data.read",
            Permission::SettingsRead => "settings.read",
            Permission::SettingsWrite => "settings.write",
            Permission::UsersWrite => "users.write",
            Permission::AuditRead => "audit.read",
            Permission::MetricsRead => "metrics.read",
            Permission::FloorSupervise => "floor.supervise",
        }
    }
}

/// A named set of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Works at the desk.
    Agent,
    /// Watches the floor.
    Supervisor,
    /// Runs the centre.
    Administrator,
}

impl Role {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::Supervisor => "supervisor",
            Role::Administrator => "administrator",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<Role> {
        [Role::Agent, Role::Supervisor, Role::Administrator].into_iter().find(|r| r.name() == name)
    }

    /// Whether the role holds `permission`.
    pub fn can(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// Everything the role may do.
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Role::Agent => &[
                Permission::SelfRead,
                Permission::DeskUse,
                Permission::ConversationsRead,
                Permission::RecordingsPlay,
                Permission::CustomersRead,
                Permission::CustomersWrite,
                Permission::TasksRead,
                Permission::TasksWrite,
                Permission::PersonalDataRead,
                Permission::SettingsRead,
            ],
            Role::Supervisor => &[
                Permission::SelfRead,
                Permission::DeskUse,
                Permission::FloorRead,
                Permission::FloorSupervise,
                Permission::ConversationsRead,
                Permission::RecordingsPlay,
                Permission::RecordingsDownload,
                Permission::RecordingsPause,
                Permission::CustomersRead,
                Permission::CustomersWrite,
                Permission::TasksRead,
                Permission::TasksWrite,
                Permission::PersonalDataRead,
                Permission::SettingsRead,
            ],
            Role::Administrator => &Permission::ALL,
        }
    }
}
