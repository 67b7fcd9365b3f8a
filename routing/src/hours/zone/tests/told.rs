use super::*;

/// What is told; the names to write are read without one.
fn error(text: &str) -> String {
    let error = Zone::parse(text).unwrap_err();
    for name in error.split('`').skip(1).step_by(2) {
        assert_eq!(Zone::parse(name).map(Zone::name), Ok(name), "{text}: {error}");
    }
    error
}

#[test]
fn what_is_meant_is_written_as_it_should_be() {
    for (text, name) in [
        ("KST", "Asia/Seoul"),
        ("JST", "Asia/Tokyo"),
        ("Korea Standard Time", "Asia/Seoul"),
        ("Tokyo Standard Time", "Asia/Tokyo"),
        ("China Standard Time", "Asia/Shanghai"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("FLE Standard Time", "Europe/Kyiv"),
        ("Seoul", "Asia/Seoul"),
        ("seoul", "Asia/Seoul"),
        ("Busan", "Asia/Seoul"),
        ("Asia/Busan", "Asia/Seoul"),
        ("Asia/Beijing", "Asia/Shanghai"),
        ("Asia/Mumbai", "Asia/Kolkata"),
        ("Asia/Hanoi", "Asia/Ho_Chi_Minh"),
        ("Shenzhen", "Asia/Shanghai"),
        ("Munich", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("US/San Francisco", "America/Los_Angeles"),
        ("Asia/Sydney", "Australia/Sydney"),
        ("Asia Seoul", "Asia/Seoul"),
        ("Asia-Seoul", "Asia/Seoul"),
        ("Seoul/Asia", "Asia/Seoul"),
        ("Seoul, Korea", "Asia/Seoul"),
        ("(UTC+09:00) Seoul", "Asia/Seoul"),
        ("Asia/Seoul (KST)", "Asia/Seoul"),
        ("Asia/Soul", "Asia/Seoul"),
        ("Asia/Seol", "Asia/Seoul"),
        ("Eurpoe/Berlin", "Europe/Berlin"),
        ("Asia/Shanghia", "Asia/Shanghai"),
        ("Asia/Singapor", "Asia/Singapore"),
        ("Argentina/Cordoba", "America/Argentina/Cordoba"),
        ("서울", "Asia/Seoul"),
        ("부산", "Asia/Seoul"),
        ("首尔", "Asia/Seoul"),
        ("ソウル", "Asia/Seoul"),
        ("北京", "Asia/Shanghai"),
        ("東京", "Asia/Tokyo"),
        ("Europe/Kiew", "Europe/Kyiv"),
        ("키이우", "Europe/Kyiv"),
        ("Warschau", "Europe/Warsaw"),
        ("Kairo", "Africa/Cairo"),
        ("Südkorea", "Asia/Seoul"),
        ("上海", "Asia/Shanghai"),
        ("Korea", "Asia/Seoul"),
        ("한국", "Asia/Seoul"),
        ("Vietnam", "Asia/Ho_Chi_Minh"),
        ("Z", "UTC"),
        ("한국 시간", "Asia/Seoul"),
        ("Eastern Time (US & Canada)", "US/Eastern"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "US/Eastern"),
        ("(UTC+09:00) Osaka, Sapporo, Tokyo", "Asia/Tokyo"),
        ("(UTC-03:00) City of Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("US Eastern", "US/Eastern"),
        ("America/Eastern", "US/Eastern"),
        ("Pacific Daylight Time", "US/Pacific"),
        ("Korean Time", "Asia/Seoul"),
        ("中国标准时间", "Asia/Shanghai"),
        ("日本標準時", "Asia/Tokyo"),
        ("한국 표준시", "Asia/Seoul"),
        ("DE", "Europe/Berlin"),
        ("CN", "Asia/Shanghai"),
        ("KR", "Asia/Seoul"),
        // Abbreviations of one place, with an offset that it has.
        ("EST/EDT", "America/New_York"),
        ("PST/PDT", "America/Los_Angeles"),
        ("KST (UTC+9)", "Asia/Seoul"),
        ("UTC+09:00 (KST)", "Asia/Seoul"),
        ("KST+9", "Asia/Seoul"),
        ("JST-9", "Asia/Tokyo"),
        ("EDT (UTC-4)", "America/New_York"),
        ("CST (UTC+8)", "Asia/Shanghai"),
        // What stands behind the name makes another place of it, or tells which of several.
        ("Korea, North", "Asia/Pyongyang"),
        ("Korea (South)", "Asia/Seoul"),
        ("Guinea, Equatorial", "Africa/Malabo"),
        ("Sudan, South", "Africa/Juba"),
        ("Europe/DE", "Europe/Berlin"),
        ("Europe/UK", "Europe/London"),
        ("Atlanta, GA", "America/New_York"),
        ("Honolulu, HI", "Pacific/Honolulu"),
        ("San Juan, Puerto Rico", "America/Puerto_Rico"),
        ("La Paz, Bolivia", "America/La_Paz"),
        ("Asia/Tripoli", "Asia/Beirut"),
        ("Europe/Cordoba", "Europe/Madrid"),
        ("America/Granada", "America/Managua"),
        // One letter too many, however many bytes it has.
        ("Asia/Seoul𠮷", "Asia/Seoul"),
        // Typed on a Mac: letters in parts (NFD).
        ("\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}", "Asia/Seoul"),
    ] {
        let error = error(text);
        assert!(error.ends_with(&format!("write `{name}`")), "{text}: {error}");
    }
}

#[test]
fn what_may_be_several_is_said() {
    for (text, names) in [
        ("IST", "`Asia/Kolkata`, `Europe/Dublin` or `Asia/Jerusalem`"),
        ("CST", "`America/Chicago`, `Asia/Shanghai` or `America/Havana`"),
        ("CET/CEST", "name the place, `Europe/Berlin`, `Europe/Paris` or `Europe/Madrid`"),
        ("Central European Time", "write `Europe/Berlin`, `Europe/Paris` or `Europe/Madrid`"),
        (
            "(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi",
            "name the place, `Asia/Chongqing`, `Asia/Hong_Kong` or `Asia/Shanghai`",
        ),
        (
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
            "`Europe/Amsterdam`, `Europe/Berlin`, `Europe/Rome`, `Europe/Stockholm`, \
            `Europe/Vienna` or `Europe/Zurich`",
        ),
        ("Granada", "may be one of several places: write `Europe/Madrid` or `America/Managua`"),
        ("Congo", "write `Africa/Brazzaville`, `Africa/Kinshasa` or `Africa/Lubumbashi`"),
        ("Georgia", "write `Asia/Tbilisi` or `America/New_York`"),
        ("Victoria", "write `Australia/Melbourne` or `America/Vancouver`"),
        ("Córdoba", "write `America/Argentina/Cordoba` or `Europe/Madrid`"),
        ("La Paz", "write `America/La_Paz` or `America/Mazatlan`"),
        ("Mérida", "write `America/Merida`, `America/Caracas` or `Europe/Madrid`"),
        ("San Juan", "write `America/Puerto_Rico` or `America/Argentina/San_Juan`"),
        ("Hyderabad", "write `Asia/Kolkata` or `Asia/Karachi`"),
        ("Washington", "write `America/New_York` or `America/Los_Angeles`"),
        ("Daka", "write `Africa/Dakar` or `Asia/Dhaka`"),
        ("UTC+9", "such as `Asia/Seoul` or `Asia/Tokyo`"),
        ("UTC +09:00", "such as `Asia/Seoul` or `Asia/Tokyo`"),
        ("+0900", "such as `Asia/Seoul` or `Asia/Tokyo`"),
        ("GMT+9", "such as `Asia/Seoul` or `Asia/Tokyo`"),
        ("GMT+8", "such as `Asia/Shanghai`, `Asia/Singapore` or `Asia/Taipei`"),
        ("UTC+05:30", "such as `Asia/Kolkata`"),
        (
            "UTC-5",
            "daylight saving: write a place, such as `America/New_York`, `America/Bogota` or \
            `America/Lima`",
        ),
        ("UTC−5", "such as `America/New_York`, `America/Bogota` or `America/Lima`"),
        ("Cordova", "write `America/Argentina/Cordoba` or `Europe/Madrid`"),
        ("UTC+0", "such as `UTC` or `Europe/London`"),
        ("UTC9", "such as `Asia/Seoul` or `Asia/Tokyo`"),
        ("+930", "such as `Australia/Adelaide` or `Australia/Darwin`"),
        ("-0500", "such as `America/New_York`, `America/Bogota` or `America/Lima`"),
        ("-05:00", "such as `America/New_York`, `America/Bogota` or `America/Lima`"),
        ("UTC-3:30", "daylight saving: write a place"),
        ("UTC+9:59", "daylight saving: write a place"),
    ] {
        assert!(error(text).ends_with(names), "{text}: {}", error(text));
    }
}

#[test]
fn never_another_place_that_is_spelt_alike() {
    for text in [
        "America/Paris",
        "Asia/Seoul, Asia/Tokyo",
        "Asia",
        "Europe",
        "Atlantis",
        "Mars/Phobos",
        "Asia/Kobol",
        "Asia/Geoul",
        // Minutes and hours that no clock shows, and no digits at all.
        "UTC+9:60",
        "UTC+60",
        "+한",
        // `ET` is Ethiopia, and Eastern Time; `ME` is Montenegro, and Maine.
        "ET time",
        "ET/PT",
        "Portland, ME",
        "Paris, TX",
        "London, Ontario",
        "KST/JST",
        "KST (UTC+8)",
        "Ireland, Northern",
        "Korea DPR",
        "South",
        "support",
        "",
        "9",
        "/",
        "Local",
        "system",
        "null",
    ] {
        let error = error(text);
        assert!(error.contains("write the region and the nearest big city"), "{text}: {error}");
    }
}

#[test]
fn a_place_is_looked_for_in_texts_of_200_bytes() {
    let of = |length: usize| error(&format!("{:!<length$}", "Seoul"));
    assert!(of(200).ends_with("write `Asia/Seoul`"), "{}", of(200));
    assert!(of(201).contains("write the region and the nearest big city"), "{}", of(201));
}

#[test]
fn texts_of_several_words_are_told_without_a_stop() {
    let words = ["KST", "UTC", "+9", "Seoul", "(", "𠮷"];
    for (first, second) in words.iter().flat_map(|first| words.map(|second| (first, second))) {
        for between in ["-", ", ", " ("] {
            let text = format!("{first}{between}{second}");
            if Zone::parse(&text).is_err() {
                error(&text);
            }
        }
    }
}
