use super::*;

/// What is told; the codes to write are read without one.
fn error(text: &str) -> String {
    let error = Country::parse(text).unwrap_err();
    for code in error.split('`').skip(1).step_by(2) {
        assert_eq!(Country::parse(code).map(Country::code), Ok(code), "{text}: {error}");
    }
    error
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
        // Of these no locale is usual, or the part has the code too.
        ("de-by", "DE-BY"),
        ("de-BY", "DE-BY"),
        ("de-be", "DE-BE"),
        ("DE-BE", "DE-BE"),
        ("it-ch", "IT-CH"),
        ("fr-NC", "FR-NC"),
        ("us-CA", "US-CA"),
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
        // Locales.
        ("de-AT", "AT"),
        ("de-CH", "CH"),
        ("de_at", "AT"),
        ("pt-BR", "BR"),
        ("pt-br", "BR"),
        ("fr-CA", "CA"),
        ("fr-BE", "BE"),
        ("fr-CH", "CH"),
        ("es-MX", "MX"),
        ("es-CO", "CO"),
        ("nl-BE", "BE"),
        ("ar-SA", "SA"),
        ("sv-SE", "SE"),
        ("SV-SE", "SE"),
        ("vi-VN", "VN"),
        ("ms-MY", "MY"),
        ("bn-BD", "BD"),
        ("ml-IN", "IN"),
        ("et-EE", "EE"),
        ("sl-SI", "SI"),
        ("be-BY", "BY"),
        ("zh-TW", "TW"),
        ("zh-Hant-TW", "TW"),
        ("zh-CN", "CN"),
        ("en-US", "US"),
        ("en-GB", "GB"),
        ("en_DE", "DE"),
        ("da-DK", "DK"),
        ("ko-KR", "KR"),
        ("ko_KR.UTF-8", "KR"),
        ("ko-KP", "KP"),
        ("us-US", "US"),
        // Territories with a code of their own.
        ("CN-HK", "HK"),
        ("CN-MO", "MO"),
        ("CN-TW", "TW"),
        ("DK-GL", "GL"),
        ("DK-FO", "FO"),
        ("NL-AW", "AW"),
        ("FI-AX", "AX"),
        ("GB-JE", "JE"),
        ("GB-IM", "IM"),
        ("Hong Kong, China", "HK"),
        ("Puerto Rico, USA", "PR"),
        ("American Samoa", "AS"),
        // Another place has this code.
        ("CN-BJ", "CN"),
        // What stands behind the name.
        ("Korea (North)", "KP"),
        ("Korea, North", "KP"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Korea DPR", "KP"),
        ("Korea, Republic of", "KR"),
        ("Korea (South)", "KR"),
        ("Korea, Rep.", "KR"),
        ("KR (Korea)", "KR"),
        ("South Korea (KR)", "KR"),
        ("Seoul, South Korea", "KR"),
        ("Ireland, Northern", "GB-NIR"),
        ("Ireland, Republic of", "IE"),
        ("Sudan, South", "SS"),
        ("Guinea, Equatorial", "GQ"),
        ("Samoa, American", "AS"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo, DR", "CD"),
        ("Congo (Brazzaville)", "CG"),
        ("Iran, Islamic Republic of", "IR"),
        ("Virgin Islands, U.S.", "US-VI"),
        ("China mainland", "CN"),
        ("Georgia, USA", "US-GA"),
        ("Georgia (country)", "GE"),
        ("New York, USA", "US-NY"),
        ("N. Korea", "KP"),
        ("KSA", "SA"),
        ("German", "DE"),
        ("GER", "DE"),
        ("NED", "NL"),
        ("DEN", "DK"),
        ("SUI", "CH"),
        ("POR", "PT"),
        ("RSA", "ZA"),
        ("Beijing", "CN"),
        ("TX", "US-TX"),
        ("Asia/Seoul", "KR"),
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
        ("Korea, Republic of", "is not a country's ISO code: write `KR`"),
        (
            "it-CH",
            "may be a language and its country, or a part of a country: write `CH` or `IT-CH`",
        ),
        (
            " es_AR ",
            "may be a language and its country, or a part of a country: write `AR` or `ES-AR`",
        ),
        (
            "es-CL",
            "may be a language and its country, or a part of a country: write `CL` or `ES-CL`",
        ),
        (
            "de-BE",
            "may be a language and its country, or a part of a country: write `BE` or `DE-BE`",
        ),
        ("FR-CH", "may be one of several: write `CH` or `CH-FR`"),
        ("de-US", "may be one of several: write `US` or `DE`"),
        ("Congo", "may be one of several: write `CD` or `CG`"),
        ("Washington", "may be one of several: write `US-DC` or `US-WA`"),
        ("Virgin Islands", "may be one of several: write `VG` or `VI`"),
        ("Amazonas", "may be one of several: write `BR-AM` or `CO` or `PE` or `VE`"),
        ("Punjab", "may be one of several: write `IN-PB` or `PK`"),
        ("Granada", "may be one of several: write `ES-AN` or `NI-GR`"),
        ("DE,AT", "names several countries, and a row has one: write `AT` or `DE`"),
        ("Korea and Japan", "names several countries, and a row has one: write `JP` or `KR`"),
        ("AR,CL", "may be one of several: write `CL-AR` or `AR` or `CL`"),
        ("DE, BE", "may be one of several: write `DE-BE` or `BE` or `DE`"),
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
        "US: CA, TX, NY, FL, OH",
        // What stands behind is not understood.
        "Korea, East",
        "Germany, Democratic Republic",
        "French",
        "Flemish",
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

#[test]
fn texts_of_several_words_are_told_without_a_stop() {
    let words = ["KR", "de", "BE", "Korea", "(", "𠮷"];
    for (first, second) in words.iter().flat_map(|first| words.map(|second| (first, second))) {
        for between in ["-", ", ", " ("] {
            let text = format!("{first}{between}{second}");
            if Country::parse(&text).is_err() {
                error(&text);
            }
        }
    }
}
