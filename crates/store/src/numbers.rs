//! One spelling for every telephone number.

/// The number in international form (`+8613800138000`) when it can be read with the numbering plan of `region`
/// (ISO 3166 alpha-2); else its digits alone; `None` when there is none.
pub fn normalise(number: &str, region: &str) -> Option<String> {
    let _ = (number, region);
    todo!()
}
