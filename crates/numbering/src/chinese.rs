//! Chinese places as people write them beside a number: `广东省深圳市` is 广东, 深圳.

/// Provinces, autonomous regions and municipalities.
const PROVINCES: [(&str, &str); 31] = [
    ("北京", "Beijing"),
    ("天津", "Tianjin"),
    ("河北", "Hebei"),
    ("山西", "Shanxi"),
    ("内蒙古", "Inner Mongolia"),
    ("辽宁", "Liaoning"),
    ("吉林", "Jilin"),
    ("黑龙江", "Heilongjiang"),
    ("上海", "Shanghai"),
    ("江苏", "Jiangsu"),
    ("浙江", "Zhejiang"),
    ("安徽", "Anhui"),
    ("福建", "Fujian"),
    ("江西", "Jiangxi"),
    ("山东", "Shandong"),
    ("河南", "Henan"),
    ("湖北", "Hubei"),
    ("湖南", "Hunan"),
    ("广东", "Guangdong"),
    ("广西", "Guangxi"),
    ("海南", "Hainan"),
    ("重庆", "Chongqing"),
    ("四川", "Sichuan"),
    ("贵州", "Guizhou"),
    ("云南", "Yunnan"),
    ("西藏", "Tibet"),
    ("陕西", "Shaanxi"),
    ("甘肃", "Gansu"),
    ("青海", "Qinghai"),
    ("宁夏", "Ningxia"),
    ("新疆", "Xinjiang"),
];
/// What may follow the name of a province, the longest first.
const KINDS: [&str; 6] = ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"];
/// Peoples in the names of autonomous prefectures.
const PEOPLES: [&str; 19] = [
    "柯尔克孜",
    "哈萨克",
    "朝鲜族",
    "蒙古族",
    "哈尼族",
    "景颇族",
    "傈僳族",
    "布依族",
    "土家族",
    "蒙古",
    "藏族",
    "羌族",
    "彝族",
    "回族",
    "白族",
    "傣族",
    "壮族",
    "苗族",
    "侗族",
];

/// A place, split.
pub(crate) struct Place {
    /// Chinese and English.
    pub province: Option<(String, String)>,
    pub city: Option<(String, String)>,
}

/// Splits a place as libphonenumber writes it: `广东省深圳市` and `Shenzhen, Guangdong`.
pub(crate) fn split(zh: &str, en: &str) -> Place {
    let province = PROVINCES.iter().find(|(name, _)| zh.starts_with(name));
    let rest = province.map_or(zh, |(name, _)| &zh[name.len()..]);
    let rest = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest);
    let mut cities: Vec<&str> = rest.split('、').map(short).filter(|name| !name.is_empty()).collect();
    cities.dedup();
    let english = en.rsplit_once(", ").map_or(en, |(city, _)| city);
    Place {
        province: province.map(|(zh, en)| ((*zh).to_owned(), (*en).to_owned())),
        city: (!cities.is_empty()).then(|| (cities.join("、"), apostrophes(english))),
    }
}

/// Without the kind of place: 深圳市, 恩施土家族苗族自治州, 兴安盟, 大兴安岭地区.
fn short(name: &str) -> &str {
    if let Some(prefecture) = name.strip_suffix("自治州") {
        return without_peoples(prefecture);
    }
    let bare = ["地区", "市", "盟"].iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name);
    if bare.chars().count() < 2 { name } else { bare }
}

fn without_peoples(mut name: &str) -> &str {
    while let Some(rest) = PEOPLES.iter().find_map(|people| name.strip_suffix(people)).filter(|rest| !rest.is_empty()) {
        name = rest;
    }
    name
}

/// `XiAn` is written Xi'an.
fn apostrophes(name: &str) -> String {
    let mut written = String::with_capacity(name.len() + 1);
    let mut last = ' ';
    for c in name.chars() {
        if c.is_uppercase() && last.is_lowercase() {
            written.push('\'');
            written.extend(c.to_lowercase());
        } else {
            written.push(c);
        }
        last = c;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_split_and_shortened() {
        for (zh, en, province, city, english) in [
            ("广东省深圳市", "Shenzhen, Guangdong", "广东", "深圳", "Shenzhen"),
            ("北京市", "Beijing", "北京", "", ""),
            ("天津", "Tianjin", "天津", "", ""),
            ("广西壮族自治区南宁市、崇左市", "Nanning/Chongzuo, Guangxi", "广西", "南宁、崇左", "Nanning/Chongzuo"),
            ("新疆维吾尔自治区乌鲁木齐市", "Urumqi, Xinjiang", "新疆", "乌鲁木齐", "Urumqi"),
            ("新疆伊犁哈萨克自治州", "Ili, Xinjiang", "新疆", "伊犁", "Ili"),
            ("湖北省恩施土家族苗族自治州", "Enshi, Hubei", "湖北", "恩施", "Enshi"),
            ("青海省海南藏族自治州", "Hainan, Qinghai", "青海", "海南", "Hainan"),
            ("内蒙古兴安盟", "Hinggan, Inner Mongolia", "内蒙古", "兴安", "Hinggan"),
            ("黑龙江省大兴安岭地区", "Da Hinggan Ling, Heilongjiang", "黑龙江", "大兴安岭", "Da Hinggan Ling"),
            ("吉林省吉林市", "Jilin, Jilin", "吉林", "吉林", "Jilin"),
            ("陕西省西安市", "XiAn, Shaanxi", "陕西", "西安", "Xi'an"),
            ("湖北省襄樊市、襄樊市", "Xiangyang/Xiangfan, Hubei", "湖北", "襄樊", "Xiangyang/Xiangfan"),
            ("云南省芒市", "Mangshi, Yunnan", "云南", "芒市", "Mangshi"),
            ("湖北省", "Hubei", "湖北", "", ""),
            ("台北", "Taipei", "", "台北", "Taipei"),
        ] {
            let place = split(zh, en);
            let (found_zh, found_en) = place.city.unwrap_or_default();
            assert_eq!(place.province.unwrap_or_default().0, province, "{zh}");
            assert_eq!((found_zh.as_str(), found_en.as_str()), (city, english), "{zh}");
        }
    }
}
