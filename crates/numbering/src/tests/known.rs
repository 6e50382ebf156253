//! Numbers everybody can check.

use crate::{Area, BUILT_IN, Locations, built_in};

/// Number, Chinese, English, carrier.
const KNOWN: &[(&str, &str, &str, &str)] = &[
    // Mobile numbers of China: province, city, carrier of the range.
    ("+8613800138000", "北京", "Beijing", "中国移动"),
    ("+8613701000000", "北京", "Beijing", "中国移动"),
    ("+8618910001234", "北京", "Beijing", "中国电信"),
    ("+8613510001234", "广东深圳", "Shenzhen, Guangdong", "中国移动"),
    ("+8613006600000", "广东深圳", "Shenzhen, Guangdong", "中国联通"),
    ("+8615112345678", "广东深圳", "Shenzhen, Guangdong", "中国移动"),
    ("+8618688888888", "广东广州", "Guangzhou, Guangdong", "中国联通"),
    ("+8613500000000", "广东广州", "Guangzhou, Guangdong", "中国移动"),
    ("+8613612345678", "广东汕头", "Shantou, Guangdong", "中国移动"),
    ("+8613420000000", "广东中山", "Zhongshan, Guangdong", "中国移动"),
    ("+8613357111111", "浙江杭州", "Hangzhou, Zhejiang", "中国电信"),
    ("+8613971111111", "湖北武汉", "Wuhan, Hubei", "中国移动"),
    ("+8618971112222", "湖北武汉", "Wuhan, Hubei", "中国电信"),
    ("+8613880001234", "四川成都", "Chengdu, Sichuan", "中国移动"),
    ("+8614712345678", "四川成都", "Chengdu, Sichuan", "中国移动"),
    ("+8613983001234", "重庆", "Chongqing", "中国移动"),
    ("+8613645510000", "安徽合肥", "Hefei, Anhui", "中国移动"),
    ("+8618812345678", "云南曲靖", "Qujing, Yunnan", "中国移动"),
    ("+8617712345678", "江苏常州", "Changzhou, Jiangsu", "中国电信"),
    ("+8613320012345", "江西南昌", "Nanchang, Jiangxi", "中国电信"),
    // Younger ranges: the data knows whose they are and not yet where.
    ("+8619912345678", "中国", "China", "中国电信"),
    ("+8619212345678", "中国", "China", "中国广电"),
    ("+8619512345678", "中国", "China", "中国移动"),
    ("+8619812345678", "中国", "China", "中国移动"),
    ("+8619612345678", "中国", "China", "中国联通"),
    // Area codes.
    ("+861062345678", "北京", "Beijing", ""),
    ("+862162345678", "上海", "Shanghai", ""),
    ("+862012345678", "广东广州", "Guangzhou, Guangdong", ""),
    ("+862288886666", "天津", "Tianjin", ""),
    ("+862388886666", "重庆", "Chongqing", ""),
    ("+8675588886666", "广东深圳", "Shenzhen, Guangdong", ""),
    ("+8657188886666", "浙江杭州", "Hangzhou, Zhejiang", ""),
    ("+8689868886666", "海南海口、三亚", "Haikou/Sanya, Hainan", ""),
    ("+869912345678", "新疆乌鲁木齐", "Urumqi, Xinjiang", ""),
    ("+862988886666", "陕西西安、咸阳", "Xi'an/Xianyang, Shaanxi", ""),
    ("+868972345678", "西藏阿里、普兰、札达", "Ali/Pulan/Zhada, Tibet", ""),
    // Of no place: service numbers, and short codes that begin like mobile numbers.
    ("+864008001234", "中国", "China", ""),
    ("+8613800", "中国", "China", ""),
    ("+861380013800", "中国", "China", ""),
    // Elsewhere the country; several share a calling code.
    ("+85223456789", "香港", "Hong Kong", ""),
    ("+85328881234", "澳门特区", "Macao", ""),
    ("+886221234567", "台湾地区台北", "Taipei, Taiwan", ""),
    ("+886912345678", "台湾地区", "Taiwan", ""),
    ("+12125550123", "美国", "United States", ""),
    ("+14165550123", "加拿大", "Canada", ""),
    ("+18765550123", "牙买加", "Jamaica", ""),
    ("+442079460958", "英国", "United Kingdom", ""),
    ("+441481256789", "格恩西岛", "Guernsey", ""),
    ("+447457600000", "马恩岛", "Isle of Man", ""),
    ("+79161234567", "俄罗斯", "Russia", ""),
    ("+77011234567", "哈萨克斯坦", "Kazakhstan", ""),
    ("+81312345678", "日本", "Japan", ""),
    ("+8225311234", "韩国首尔市", "Seoul, South Korea", ""),
    ("+6561234567", "新加坡", "Singapore", ""),
    ("+39066982", "梵蒂冈", "Vatican", ""),
];

#[test]
fn known_numbers_are_from_where_everybody_knows() {
    let locations = built_in();
    let mut wrong = Vec::new();
    for (number, zh, en, carrier) in KNOWN {
        let found = locations.locate(number).map(|l| (l.zh(), l.en(), l.carrier.map_or("", |c| c.zh).to_owned()));
        if found != Some(((*zh).to_owned(), (*en).to_owned(), (*carrier).to_owned())) {
            wrong.push(format!("{number}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(KNOWN.len() >= 50);
}

#[test]
fn what_is_no_international_number_is_from_nowhere() {
    for number in [
        "",
        "+",
        "8001",
        "95588",
        "13800138000",
        "anonymous",
        "+86138001380001234",
        "+8613a00138000",
        "+999123456789",
        "+0123456789",
    ] {
        assert_eq!(built_in().locate(number), None, "{number}");
    }
}

#[test]
fn the_parts_of_a_place_are_told_apart() {
    let shenzhen = built_in().locate("+8613510001234").unwrap();
    assert_eq!((shenzhen.country_code, shenzhen.country.zh), ("CN", "中国"));
    assert_eq!((shenzhen.province.unwrap().zh, shenzhen.city.unwrap().zh), ("广东", "深圳"));
    let beijing = built_in().locate("+861062345678").unwrap();
    assert_eq!((beijing.province.unwrap().zh, beijing.city), ("北京", None));
    let taipei = built_in().locate("+886221234567").unwrap();
    assert_eq!((taipei.country_code, taipei.province, taipei.city.unwrap().en), ("TW", None, "Taipei"));
}

#[test]
fn every_number_is_of_an_area_that_is_listed_and_areas_lie_in_each_other() {
    let areas = built_in().areas();
    let of = |path: &str| areas.iter().find(|area| area.path == path);
    for (path, zh, en) in [
        ("CN", "中国", "China"),
        ("CN/广东", "广东", "Guangdong"),
        ("CN/广东/深圳", "广东深圳", "Shenzhen, Guangdong"),
        ("CN/北京", "北京", "Beijing"),
        ("TW/台北", "台湾地区台北", "Taipei, Taiwan"),
        ("US", "美国", "United States"),
    ] {
        let found = of(path).map(|area| (area.zh.as_str(), area.en.as_str()));
        assert_eq!(found, Some((zh, en)), "{path}");
    }
    for (number, zh, ..) in KNOWN {
        let area = built_in().locate(number).unwrap().area();
        assert_eq!(of(&area).map(|area| area.zh.as_str()), Some(*zh), "{number}: {area}");
    }
    for Area { path, zh, en } in &areas {
        let within = path.match_indices('/').all(|(at, _)| of(&path[..at]).is_some());
        assert!(within && path.split('/').all(|part| !part.trim().is_empty()), "{path}");
        assert!(path.split('/').count() <= 3 && path.chars().count() <= 40, "{path}");
        assert!(!zh.is_empty() && !en.is_empty(), "{path}");
    }
    assert!((300..2_000).contains(&areas.len()), "{}", areas.len());
    assert_eq!(Locations::default().areas(), []);
}

#[test]
fn the_shipped_file_is_whole_dated_and_small() {
    let locations = Locations::open(BUILT_IN.into()).unwrap();
    assert!(BUILT_IN.len() < 1024 * 1024, "{} bytes", BUILT_IN.len());
    assert!(locations.source().starts_with("libphonenumber "), "{}", locations.source());
    assert!(locations.dated().as_str() > "2026-01-01", "{}", locations.dated());
    assert!(locations.ranges() > 50_000, "{}", locations.ranges());
}
