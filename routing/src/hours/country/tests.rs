use super::*;

fn error(text: &str) -> String {
    Country::parse(text).unwrap_err()
}

#[test]
fn codes_are_read_in_any_case() {
    for (text, code) in [
        ("KR", "KR"),
        (" kr ", "KR"),
        ("DE-BY", "DE-BY"),
        ("de_by", "DE-BY"),
        ("de by", "DE-BY"),
        ("DE – BY", "DE-BY"),
        ("ＫＲ", "KR"),
        ("GB-ENG", "GB-ENG"),
        ("us-ca", "US-CA"),
        ("my-14", "MY-14"),
        ("de-augsburg", "DE-Augsburg"),
    ] {
        assert_eq!(Country::parse(text).map(Country::code), Ok(code), "{text}");
    }
}

#[test]
fn what_is_meant_is_written_as_it_should_be() {
    for (text, code) in [
        ("UK", "GB"),
        ("uk", "GB"),
        ("U.K.", "GB"),
        ("Korea", "KR"),
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("대한민국", "KR"),
        ("한국", "KR"),
        ("韩国", "KR"),
        ("日本", "JP"),
        ("中国", "CN"),
        ("Deutschland", "DE"),
        ("Südkorea", "KR"),
        ("Frankreich", "FR"),
        ("KOR", "KR"),
        ("deu", "DE"),
        ("USA", "US"),
        ("England", "GB-ENG"),
        ("ENG", "GB-ENG"),
        ("UK-ENG", "GB-ENG"),
        ("Bavaria", "DE-BY"),
        ("Bayern", "DE-BY"),
        ("DE-Bayern", "DE-BY"),
        ("Bavaria, Germany", "DE-BY"),
        ("DEBY", "DE-BY"),
        ("California", "US-CA"),
        ("USA-CA", "US-CA"),
        ("NSW", "AU-NSW"),
        ("Germny", "DE"),
        ("Seoul", "KR"),
        ("KR-11", "KR"),
        ("Taiwan", "TW"),
        ("臺灣", "TW"),
        ("Viet Nam", "VN"),
        ("North Rhine-Westphalia", "DE-NW"),
        ("New South Wales", "AU-NSW"),
        ("São Paulo", "BR-SP"),
        ("Korae", "KR"),
        // Typed on a Mac: letters in parts (NFD).
        ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "KR"),
    ] {
        let error = error(text);
        assert!(error.ends_with(&format!("write `{code}`")), "{text}: {error}");
    }
    let georgia = error("Georgia");
    assert!(georgia.contains("`GE` or `US-GA`"), "{georgia}");
    for (text, told) in [
        ("Korea", "is not a country's ISO code: write `KR`"),
        ("Georgia", "may be one of several: write `GE` or `US-GA`"),
        ("Santa Cruz", "may be one of several: write `AR-Z` or `BO-S` or `CV-CR`"),
        ("KR-11", "names a part of KR, all of which has the same holidays here: write `KR`"),
        (
            "US-KA",
            "names a part of US that has no holidays of its own here: write `US`, or of its parts \
            `US-KS`, `US-KY`",
        ),
    ] {
        assert_eq!(error(text), told, "{text}");
    }
    let unknown = error("GB-LND");
    assert!(unknown.contains("`GB`, or of its parts `GB-ENG`, `GB-NIR`"), "{unknown}");
    let unknown = [
        "Europe",
        "XX",
        "Atlantis",
        "EU",
        "",
        "7",
        "Asia/Seoul/KR-KR--",
        // Another first letter, two letters off in a short name, a part of two letters alone.
        "Gorea",
        "Japxx",
        "ZH",
        // More than may be listed.
        "US: CA, TX, NY, FL",
    ];
    for text in unknown {
        assert!(
            error(text).starts_with("is not a country: write its two-letter"),
            "{text}: {}",
            error(text)
        );
    }
}

#[test]
fn a_country_is_looked_for_in_texts_of_200_bytes() {
    let of = |length: usize| error(&format!("{:!<length$}", "Korea"));
    assert!(of(200).ends_with("write `KR`"), "{}", of(200));
    assert!(of(201).starts_with("is not a country: write its two-letter"), "{}", of(201));
}
