//! The maker.

use crate::{BuildError, Locations, Sources, Text, Translated, build};

fn text(name: &str, text: &str) -> Text {
    Text { name: name.to_owned(), text: text.to_owned() }
}

/// A small country of everything.
pub(super) fn sources() -> Sources {
    let translated = |zh, en| vec![Translated { zh: text("zh/86.txt", zh), en: text("en/86.txt", en) }];
    Sources {
        source: "a test".to_owned(),
        dated: 20_260_228,
        countries: text(
            "countries.txt",
            "# none\n\n86|CN|中国|China\n7|RU|俄罗斯|Russia\n77|KZ|哈萨克斯坦|Kazakhstan\n9|ZZ|末|Last\n",
        ),
        places: translated(
            "861380013|北京市\n86755|广东省深圳市\n8675|广东省\n86756|广东省珠海市\n86999|新疆\n",
            "861380013|Beijing\n86755|Shenzhen, Guangdong\n8675|Guangdong\n86756|Zhuhai, Guangdong\n",
        ),
        carriers: translated("86138|中国移动\n", "86138|China Mobile\n"),
    }
}

fn made(change: impl FnOnce(&mut Sources)) -> Result<Locations, BuildError> {
    let mut sources = sources();
    change(&mut sources);
    build(&sources).map(|bytes| Locations::open(bytes.into()).expect("what is made can be read"))
}

#[test]
fn the_longest_prefix_wins_and_what_it_lies_in_goes_on_after_it() {
    let locations = made(|_| {}).unwrap();
    let zh = |number: &str| locations.locate(number).map(|location| location.zh());
    assert_eq!(zh("+8675588886666").as_deref(), Some("广东深圳"));
    assert_eq!(zh("+8675688886666").as_deref(), Some("广东珠海"));
    assert_eq!(zh("+8675788886666").as_deref(), Some("广东"));
    assert_eq!(zh("+8676088886666").as_deref(), Some("中国"));
    assert_eq!(zh("+8613800138000").as_deref(), Some("北京"));
    assert_eq!(zh("+8613800148000").as_deref(), Some("中国"));
    assert_eq!(zh("+79161234567").as_deref(), Some("俄罗斯"));
    assert_eq!(zh("+77011234567").as_deref(), Some("哈萨克斯坦"));
    assert_eq!(zh("+78011234567").as_deref(), Some("俄罗斯"));
    assert_eq!(zh("+99999999999").as_deref(), Some("末"));
    assert_eq!(zh("+8123456789"), None);
    assert_eq!(zh("+8699988886666").as_deref(), Some("中国"), "a place without an English name is left out");
    assert_eq!((locations.source(), locations.dated().as_str()), ("a test", "2026-02-28"));
}

#[test]
fn a_line_that_makes_no_sense_is_named() {
    let countries = |line: &str| {
        let line = line.to_owned();
        made(move |sources| sources.countries.text = format!("# one\n{line}\n")).map(drop)
    };
    let at = |file: &str, line, fault| Err(BuildError::Line { file: file.to_owned(), line, fault });
    assert_eq!(countries("86|CN|中国"), at("countries.txt", 2, "must be prefix|region|Chinese|English"));
    assert_eq!(countries("86|CHN|中国|China"), at("countries.txt", 2, "a region has two letters"));
    let digits = "a prefix has one to nine digits and does not begin with 0";
    assert_eq!(countries("8x|CN|中国|China"), at("countries.txt", 2, digits));
    assert_eq!(countries("0123|CN|中国|China"), at("countries.txt", 2, digits));
    assert_eq!(countries("8613800138|CN|中国|China"), at("countries.txt", 2, digits));
    assert_eq!(countries("86|CN||China"), Err(BuildError::Nothing("text in a name")));
    assert_eq!(countries(""), Err(BuildError::Nothing("countries")));
    let place = made(|sources| sources.places[0].zh.text = "86755\n".to_owned()).map(drop);
    assert_eq!(place, at("zh/86.txt", 1, "must be prefix|text"));
    assert_eq!(made(|sources| sources.carriers.clear()).map(drop), Err(BuildError::Nothing("carriers")));
}
