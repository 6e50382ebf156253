//! The rules, one subject a file.

mod budgets;
mod docs;
mod edges;
mod features;
mod layers;
mod licences;
mod links;
mod locks;
mod machine;
mod numbers;
mod prompts;
mod purity;
mod sql;
mod tests_habits;
mod vocabulary;
mod words;

use super::Rule;

/// Every rule of the house.
pub const ALL: &[Rule] = &[
    layers::DIRECTION,
    layers::MEDIA_ALONE,
    layers::API_RUNTIME_APART,
    purity::PURE_CRATES,
    purity::CORE_DOES_NOT_SERIALIZE,
    purity::ONE_CLOCK,
    vocabulary::ENGINE_WITHOUT_SIP,
    vocabulary::SIP_WITHOUT_AGENTS,
    vocabulary::ONE_TRANSLATOR,
    vocabulary::SIP_STACK_IN_SIP,
    sql::SQL_IN_STORE,
    sql::DIALECT,
    sql::MIGRATIONS,
    edges::PUBLIC_JSON_IN_API,
    edges::ENVIRONMENT_IN_SERVER,
    machine::FLOOR_DOOR,
    machine::BOUNDED_CHANNELS,
    numbers::EVENT_NUMBERS,
    budgets::FILE_BUDGET,
    budgets::FUNCTION_BUDGET,
    budgets::REASONED_EXCEPTIONS,
    budgets::EMPTY_ALLOW_LIST,
    tests_habits::NO_IGNORED_TESTS,
    tests_habits::NO_SLEEPS_IN_TESTS,
    tests_habits::NO_FIXED_PORTS_IN_TESTS,
    words::NO_OPEN_ENDS,
    words::NO_FOREIGN_PLACES,
    docs::MAP,
    docs::DOORS,
    docs::VERIFICATION,
    links::LINKS,
    features::FEATURES,
    prompts::PROMPTS,
    licences::LICENCES,
    locks::LOCKS,
];
