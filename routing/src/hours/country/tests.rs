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
    let unknown = error("GB-LND");
    assert!(unknown.contains("`GB`, or of its parts `GB-ENG`, `GB-NIR`"), "{unknown}");
    for text in ["Europe", "XX", "Atlantis", "EU", "", "7", "Asia/Seoul/KR-KR--"] {
        assert!(
            error(text).starts_with("is not a country: write its two-letter"),
            "{text}: {}",
            error(text)
        );
    }
}
