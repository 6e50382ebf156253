//! The data that says where numbers are from: whether it can be used, and how old it is.

use super::finding::Finding;
use crate::commands::numbers::{about, open};
use crate::config::Config;

pub fn examine(config: &Config) -> Finding {
    let Some(file) = &config.numbers.location_file else {
        return Finding::ok(
            "numbers",
            format!("located by what is inside the program: {}", about(numbering::built_in())),
        );
    };
    match open(file) {
        Ok(locations) => Finding::ok("numbers", format!("located by {}: {}", file.display(), about(&locations))),
        Err(error) => {
            let advice = "make it again with `callisto numbers build`, or remove numbers.location_file";
            Finding::warn("numbers", format!("{error:#}; what is inside the program is used"), advice)
        }
    }
}
