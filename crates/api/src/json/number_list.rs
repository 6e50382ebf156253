//! Lists of numbers, and what is done about whoever is on them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Named, given};

/// A list of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberListCode {
    /// Kept out.
    Block,
    /// Let in whatever else is said of them.
    Allow,
    /// Served before others.
    Vip,
}

/// What an entry stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberListKind {
    /// One number.
    Number,
    /// Every number that begins like this.
    Prefix,
    /// Every number that was given out there: a country, a province or a city.
    Area,
}

/// Which entries to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NumberListQuery {
    /// Entries on a page, 1–200; 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Only this list.
    #[param(value_type = Option<NumberListCode>)]
    pub list: Option<String>,
    /// Part of a note or of an area's path, or three or more digits of a number.
    pub q: Option<String>,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NumberListEntry {
    /// Entry id.
    pub id: String,
    /// Of which list.
    pub list: NumberListCode,
    /// What it stands for.
    pub kind: NumberListKind,
    /// The number or beginning as it was typed, masked without `personal_data.read`; of an area its path.
    pub value: String,
    /// What people call the area; null for a number or a beginning, and for an area that the data on numbers does not know any more.
    #[schema(required = true)]
    pub area: Option<AreaName>,
    /// Why it is there.
    #[schema(required = true)]
    pub note: Option<String>,
    /// From when on it says nothing any more; null is for ever.
    #[schema(required = true)]
    pub expires_at_us: Option<i64>,
    /// When it was put in.
    pub created_at_us: i64,
    /// By whom; null is Callisto itself or an operator at the command line.
    #[schema(required = true)]
    pub created_by: Option<Named>,
}

/// What people call an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AreaName {
    /// In Chinese: `广东深圳`.
    pub zh: String,
    /// In English: `Shenzhen, Guangdong`.
    pub en: String,
}

/// An area that an entry can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NumberArea {
    /// What an entry has as its `value`: the code of the country, with the province and the city behind it (`CN/广东/深圳`).
    pub value: String,
    /// What people call it.
    pub name: AreaName,
}

/// An entry to be put in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNumberListEntry {
    /// Into which list.
    pub list: NumberListCode,
    /// What it stands for.
    pub kind: NumberListKind,
    /// A number in any usual spelling, a beginning of at least two digits behind the code of the country, or an area of
    /// `/api/v1/number-list/areas`; the centre's own country cannot be blocked. Up to 40 characters.
    pub value: String,
    /// Why, up to 2,000 characters.
    pub note: Option<String>,
    /// Until when, in the future and within a hundred years; null or left out is for ever.
    pub expires_at_us: Option<i64>,
}

/// A change of an entry; what is left out stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NumberListChange {
    /// Into which list.
    pub list: Option<NumberListCode>,
    /// Why; null or an empty text removes the note.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Option<String>>,
    /// Until when, in the future and within a hundred years; null is for ever.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub expires_at_us: Option<Option<i64>>,
}

/// A number to be tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberToCheck {
    /// In any usual spelling; empty is a withheld number.
    pub number: String,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScreenOutcome {
    /// Let in.
    Accepted,
    /// Refused before an answer.
    Refused,
    /// Sent through another flow.
    Diverted,
}

/// Why a call is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScreenReasonCode {
    /// It is on the block list.
    BlockList,
    /// The number is withheld.
    Anonymous,
    /// Too many short calls.
    Nuisance,
}

/// What would become of a call from a number at this moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct NumberCheck {
    /// The number as it is compared; empty when it is withheld or none; masked without `personal_data.read`.
    pub normalised: String,
    /// The entry that decides: of the block or the allow list, else of the VIP list.
    #[schema(required = true)]
    pub entry: Option<NumberListEntry>,
    /// What becomes of it.
    pub outcome: ScreenOutcome,
    /// Why it is not let in.
    #[schema(required = true)]
    pub reason: Option<ScreenReasonCode>,
    /// Served before others.
    pub vip: bool,
}

/// A caller to be put on the block list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallerToBlock {
    /// Why, up to 2,000 characters.
    pub note: Option<String>,
    /// For how many days, 1–3,650; null or left out is for ever.
    pub days: Option<i64>,
}

impl From<domain::screening::NumberList> for NumberListCode {
    fn from(list: domain::screening::NumberList) -> NumberListCode {
        use domain::screening::NumberList;
        match list {
            NumberList::Block => NumberListCode::Block,
            NumberList::Allow => NumberListCode::Allow,
            NumberList::Vip => NumberListCode::Vip,
        }
    }
}

impl From<NumberListCode> for domain::screening::NumberList {
    fn from(list: NumberListCode) -> domain::screening::NumberList {
        use domain::screening::NumberList;
        match list {
            NumberListCode::Block => NumberList::Block,
            NumberListCode::Allow => NumberList::Allow,
            NumberListCode::Vip => NumberList::Vip,
        }
    }
}

impl From<domain::screening::Covers> for NumberListKind {
    fn from(covers: domain::screening::Covers) -> NumberListKind {
        match covers {
            domain::screening::Covers::Number => NumberListKind::Number,
            domain::screening::Covers::Prefix => NumberListKind::Prefix,
            domain::screening::Covers::Area => NumberListKind::Area,
        }
    }
}

impl From<NumberListKind> for domain::screening::Covers {
    fn from(kind: NumberListKind) -> domain::screening::Covers {
        match kind {
            NumberListKind::Number => domain::screening::Covers::Number,
            NumberListKind::Prefix => domain::screening::Covers::Prefix,
            NumberListKind::Area => domain::screening::Covers::Area,
        }
    }
}
