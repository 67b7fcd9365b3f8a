//! Codes as people type them, and what each covers.

use super::*;
use crate::text::cut;

#[test]
fn the_lists_are_sorted_and_even() {
    for list in [SHORTER, TWO, REGIONS, SCRIPTS] {
        let entries: Vec<&str> = list.split_terminator(' ').collect();
        assert!(entries.is_sorted(), "{}", cut(list));
        assert!(entries.iter().all(|entry| entry.len() == entries[0].len()));
        for entry in entries {
            assert_eq!(found(list, entry), Some(entry));
        }
    }
    let of_three = THREE.split(' ').flat_map(|entry| {
        let (first, thirds) = entry.split_once(':').unwrap();
        thirds.chars().map(move |third| format!("{first}{third}"))
    });
    let of_three: Vec<String> = of_three.collect();
    assert!(of_three.is_sorted() && of_three.len() > 7_500, "{}", of_three.len());
    for code in of_three {
        assert!(code.len() == 3 && has_of_three(&code), "{code}");
    }
    for none in ["", "a", "aa", "aaj", "aabx", "aa:", "zz:", "é1", "zzk"] {
        assert!(!has_of_three(none), "{none}");
    }
}

#[test]
fn codes_are_read_without_case_and_at_their_shortest() {
    for (typed, read) in [
        ("ko", "ko"),
        ("ZH", "zh"),
        ("zh_tw", "zh-tw"),
        ("zh-Hant-TW", "zh-hant-tw"),
        ("es-419", "es-419"),
        ("kor", "ko"),
        ("chi", "zh"),
        ("zho-TW", "zh-tw"),
        ("yue", "yue"),
        ("zh-yue", "zh-yue"),
        ("de-1996", "de-1996"),
        ("ｊａ", "ja"),
        ("tw", "tw"),
        ("kr-NG", "kr-ng"),
        ("sv-SV", "sv-sv"),
        ("tw-GH", "tw-gh"),
        ("de-CH-1901", "de-ch-1901"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("zh-cmn-Hans-CN", "zh-cmn-hans-cn"),
    ] {
        assert_eq!(parse(typed).as_deref(), Ok(read), "{typed}");
    }
}

#[test]
fn what_is_no_code_is_told_the_code() {
    for (typed, write) in [
        ("jp", "`ja`"),
        ("KR", "`ko`"),
        ("cn", "`zh`"),
        ("Japanese", "`ja`"),
        ("korean", "`ko`"),
        ("한국어", "`ko`"),
        ("日本語", "`ja`"),
        ("中文", "`zh`"),
        ("繁體中文", "`zh-Hant`"),
        ("ko-KO", "`ko-KR`"),
        ("en-UK", "`en-GB`"),
        ("zh-CHT", "`zh-Hant`"),
        ("ko_KR.UTF-8", "`ko-KR`"),
        ("en;q=0.8", "`en`"),
        ("vn", "`vi`"),
        ("kr-KR", "`ko-KR`"),
        ("jp-JP", "`ja-JP`"),
        ("jp_JP", "`ja-JP`"),
        ("cn-CN", "`zh-CN`"),
        ("in-ID", "`id-ID`"),
        ("iw-IL", "`he-IL`"),
        ("tw-TW", "`zh-TW`"),
        ("us-US", "`en-US`"),
        ("koKR", "`ko-KR`"),
        ("zh TW", "`zh-TW`"),
        ("KORE", "such as `ko`"),
        ("en-EN", "write `en`"),
        ("zh-ZH", "write `zh`"),
        ("uk-UK", "`uk-UA`"),
        ("zh-CHS", "write `zh-Hans`"),
        ("zh-simplified", "write `zh-Hans`"),
        ("ja-JA", "write `ja-JP`"),
        ("ko-KOR", "write `ko-KR`"),
        ("zh-CHN", "write `zh-CN`"),
        ("zh-TWN", "write `zh-TW`"),
        ("vi-VI", "write `vi-VN`"),
        ("en-USA", "write `en-US`"),
        ("en-ENG", "write `en`"),
        ("zh_hant_TW.UTF-8", "write `zh-Hant-TW`"),
        ("de-ABCD", "such as `ko`"),
        ("de-xyz1", "such as `ko`"),
        ("zh-qqq", "such as `ko`"),
        ("de-qqq1", "such as `ko`"),
        ("de-abcdefghi", "such as `ko`"),
        ("xx", "such as `ko`"),
        ("Klingonish", "such as `ko`"),
        ("k", "such as `ko`"),
        ("ko-", "such as `ko`"),
        ("zh-XX", "such as `ko`"),
    ] {
        let message = parse(typed).unwrap_err();
        assert!(message.contains(write), "{typed}: {message}");
    }
}

#[test]
fn codes_of_other_languages_than_meant() {
    for (typed, says) in [
        ("tw", "`zh-TW`"),
        ("CH", "`zh`"),
        ("se", "`sv`"),
        ("kn", "`ko`"),
        ("my", "`ms`"),
        ("br", "`pt-BR`"),
        ("all", "every language"),
        ("any", "every language"),
    ] {
        assert!(doubt(typed).is_some_and(|told| told.contains(says)), "{typed}");
    }
    assert_eq!(doubt("ko"), None);
}

#[test]
fn a_language_covers_its_parts() {
    for (language, spoken, covered) in [
        ("zh", "zh-tw", true),
        ("zh", "zh", true),
        ("zh-tw", "zh", false),
        ("z", "zh", false),
        ("zh-hant", "zh-tw", true),
        ("zh-hant", "zh-hk", true),
        ("zh-hans", "zh-cn", true),
        ("zh-hans", "zh-tw", false),
        ("zh-tw", "zh-hant-tw", true),
        ("zh-hant-tw", "zh-tw", true),
        ("zh-tw", "zh-hant", false),
        ("zh-hant", "zh-mo", true),
        ("zh-hans", "zh-sg", true),
        ("zh-hans", "zh-my", true),
        ("zh", "ko", false),
        ("ko", "zh-kr", false),
    ] {
        assert_eq!(covers(language, spoken), covered, "{language} {spoken}");
    }
}

#[test]
fn several_languages_in_one() {
    for (typed, codes) in [
        ("ko/en", Some("`ko`, `en`")),
        ("Korean/English", Some("`ko`, `en`")),
        ("ko+zh_TW", Some("`ko`, `zh-TW`")),
        ("ko, ja", Some("`ko`, `ja`")),
        ("ko", None),
        ("ko/klingonish", None),
        ("ko/", None),
    ] {
        assert_eq!(several(typed).as_deref(), codes, "{typed}");
    }
}
