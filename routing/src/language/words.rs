//! What people write instead of a language code: a country's code, or the language's name.

use crate::text::name_key;

/// The code of a language that was written in words, or as the code of its country.
pub(super) fn code_of(text: &str) -> Option<&'static str> {
    let key: String = name_key(text).chars().filter(|c| !matches!(c, ' ' | '(' | ')')).collect();
    let code = match key.as_str() {
        // Codes of countries where their people write them for the language, and codes withdrawn.
        "jp" | "jap" => "ja",
        "kr" => "ko",
        "cn" | "chn" | "zhongwen" => "zh",
        "hk" => "zh-HK",
        "twn" | "taiwan" => "zh-TW",
        "cht" => "zh-Hant",
        "chs" => "zh-Hans",
        "vn" => "vi",
        "us" | "gb" | "usa" => "en",
        "ua" => "uk",
        "cz" => "cs",
        "dk" => "da",
        "gr" => "el",
        "in" => "id",
        "iw" => "he",
        "ji" => "yi",
        "at" => "de",
        "mx" => "es",
        // Names, in English, in the language itself, and in those of the console's readers.
        "japanese" | "日本語" | "日语" | "日文" | "日語" | "일본어" | "일어" | "nihongo"
        | "japan" | "japanisch" | "일문" | "日本" => "ja",
        "korean" | "한국어" | "한국말" | "韩语" | "韓語" | "韩文" | "韓国語" | "조선어"
        | "hangul" | "korea" | "koreanlanguage" | "koreanisch" | "국문" | "한글" | "韩" | "韓"
        | "한" => "ko",
        "chinese" | "中文" | "中国語" | "汉语" | "漢語" | "중국어" | "mandarin" | "普通话"
        | "chinesisch" | "中国语" => "zh",
        "simplifiedchinese" | "简体中文" | "简体" | "중국어간체" | "chinesesimplified" | "간체" => {
            "zh-Hans"
        }
        "traditionalchinese" | "繁體中文" | "繁体中文" | "繁體" | "중국어번체"
        | "chinesetraditional" | "繁体" | "번체" | "正體中文" | "正体中文" => "zh-Hant",
        "cantonese" | "粤语" | "粵語" | "광둥어" | "廣東話" | "广东话" => "yue",
        "english" | "英語" | "英语" | "英文" | "영어" | "englisch" | "영문" | "英" => {
            "en"
        }
        "french" | "français" | "francais" | "フランス語" | "法语" | "法語" | "프랑스어"
        | "französisch" | "불어" => "fr",
        "german" | "deutsch" | "ドイツ語" | "德语" | "德語" | "독일어" => "de",
        "spanish" | "español" | "espanol" | "スペイン語" | "西班牙语" | "스페인어" | "spanisch"
        | "sp" | "castellano" => "es",
        "portuguese" | "português" | "葡萄牙语" | "포르투갈어" | "portugiesisch" => "pt",
        "italian" | "italiano" | "意大利语" | "이탈리아어" | "italienisch" => "it",
        "dutch" | "nederlands" | "荷兰语" => "nl",
        "russian" | "русский" | "ロシア語" | "俄语" | "러시아어" | "russisch" => {
            "ru"
        }
        "ukrainian" | "українська" | "우크라이나어" | "乌克兰语" => "uk",
        "polish" | "polski" | "폴란드어" | "波兰语" => "pl",
        "czech" | "čeština" => "cs",
        "greek" | "ελληνικά" => "el",
        "turkish" | "türkçe" | "土耳其语" | "터키어" | "türkisch" | "튀르키예어" => {
            "tr"
        }
        "arabic" | "العربية" | "阿拉伯语" | "아랍어" | "arabisch" => "ar",
        "hebrew" | "עברית" => "he",
        "hindi" | "हिन्दी" | "印地语" | "힌디어" => "hi",
        "vietnamese" | "tiếngviệt" | "越南语" | "베트남어" | "ベトナム語" | "tiengviet"
        | "월남어" => "vi",
        "thai" | "ไทย" | "ภาษาไทย" | "泰语" | "태국어" | "タイ語" => {
            "th"
        }
        "indonesian" | "bahasaindonesia" | "印尼语" | "인도네시아어" => "id",
        "malay" | "bahasamelayu" | "马来语" | "말레이어" => "ms",
        "filipino" => "fil",
        "tagalog" => "tl",
        "swedish" | "svenska" => "sv",
        "norwegian" | "norsk" => "no",
        "danish" | "dansk" => "da",
        "finnish" | "suomi" => "fi",
        "hungarian" | "magyar" => "hu",
        "romanian" | "română" => "ro",
        "kazakh" | "қазақша" | "카자흐어" | "哈萨克语" => "kk",
        "uzbek" | "oʻzbekcha" | "우즈베크어" | "우즈벡어" | "乌兹别克语" => "uz",
        "khmer" | "cambodian" | "ខ្មែរ" | "크메르어" | "캄보디아어" => "km",
        "burmese" | "myanmar" | "မြန်မာ" | "미얀마어" | "缅甸语" => "my",
        "nepali" | "नेपाली" | "네팔어" | "尼泊尔语" => "ne",
        "ລາວ" | "라오스어" | "老挝语" => "lo",
        "bengali" | "বাংলা" | "벵골어" | "孟加拉语" => "bn",
        "sinhala" | "සිංහල" | "싱할라어" => "si",
        "tamil" | "தமிழ்" | "타밀어" => "ta",
        "urdu" | "اردو" | "우르두어" => "ur",
        "persian" | "farsi" | "فارسی" | "페르시아어" => "fa",
        "mongolian" | "монгол" | "몽골어" | "蒙古语" | "蒙古語" => "mn",
        _ => return None,
    };
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_its_language() {
        for (code, words) in [
            ("ja", "jp jap"),
            ("ko", "kr"),
            ("zh", "cn chn zhongwen"),
            ("zh-HK", "hk"),
            ("zh-TW", "twn taiwan"),
            ("zh-Hant", "cht"),
            ("zh-Hans", "chs"),
            ("vi", "vn"),
            ("en", "us gb usa"),
            ("uk", "ua"),
            ("cs", "cz"),
            ("da", "dk"),
            ("el", "gr"),
            ("id", "in"),
            ("he", "iw"),
            ("yi", "ji"),
            ("de", "at"),
            ("es", "mx"),
            ("ja", "japanese 日本語 日语 日文 日語 일본어 일어 nihongo japan japanisch 일문 日本"),
            (
                "ko",
                "korean 한국어 한국말 韩语 韓語 韩文 韓国語 조선어 hangul korea koreanlanguage koreanisch \
                국문 한글 韩 韓 한",
            ),
            ("zh", "chinese 中文 中国語 汉语 漢語 중국어 mandarin 普通话 chinesisch 中国语"),
            ("zh-Hans", "simplifiedchinese 简体中文 简体 중국어간체 chinesesimplified 간체"),
            (
                "zh-Hant",
                "traditionalchinese 繁體中文 繁体中文 繁體 중국어번체 chinesetraditional 繁体 번체 正體中文 正体中文",
            ),
            ("yue", "cantonese 粤语 粵語 광둥어 廣東話 广东话"),
            ("en", "english 英語 英语 英文 영어 englisch 영문 英"),
            ("fr", "french français francais フランス語 法语 法語 프랑스어 französisch 불어"),
            ("de", "german deutsch ドイツ語 德语 德語 독일어"),
            ("es", "spanish español espanol スペイン語 西班牙语 스페인어 spanisch sp castellano"),
            ("pt", "portuguese português 葡萄牙语 포르투갈어 portugiesisch"),
            ("it", "italian italiano 意大利语 이탈리아어 italienisch"),
            ("nl", "dutch nederlands 荷兰语"),
            ("ru", "russian русский ロシア語 俄语 러시아어 russisch"),
            ("uk", "ukrainian українська 우크라이나어 乌克兰语"),
            ("pl", "polish polski 폴란드어 波兰语"),
            ("cs", "czech čeština"),
            ("el", "greek ελληνικά"),
            ("tr", "turkish türkçe 土耳其语 터키어 türkisch 튀르키예어"),
            ("ar", "arabic العربية 阿拉伯语 아랍어 arabisch"),
            ("he", "hebrew עברית"),
            ("hi", "hindi हिन्दी 印地语 힌디어"),
            ("vi", "vietnamese tiếngviệt 越南语 베트남어 ベトナム語 tiengviet 월남어"),
            ("th", "thai ไทย ภาษาไทย 泰语 태국어 タイ語"),
            ("id", "indonesian bahasaindonesia 印尼语 인도네시아어"),
            ("ms", "malay bahasamelayu 马来语 말레이어"),
            ("fil", "filipino"),
            ("tl", "tagalog"),
            ("sv", "swedish svenska"),
            ("no", "norwegian norsk"),
            ("da", "danish dansk"),
            ("fi", "finnish suomi"),
            ("hu", "hungarian magyar"),
            ("ro", "romanian română"),
            ("kk", "kazakh қазақша 카자흐어 哈萨克语"),
            ("uz", "uzbek 우즈베크어 우즈벡어 乌兹别克语"),
            ("km", "khmer cambodian ខ្មែរ 크메르어 캄보디아어"),
            ("my", "burmese myanmar မြန်မာ 미얀마어 缅甸语"),
            ("ne", "nepali नेपाली 네팔어 尼泊尔语"),
            ("lo", "ລາວ 라오스어 老挝语"),
            ("bn", "bengali বাংলা 벵골어 孟加拉语"),
            ("si", "sinhala සිංහල 싱할라어"),
            ("ta", "tamil தமிழ் 타밀어"),
            ("ur", "urdu اردو 우르두어"),
            ("fa", "persian farsi فارسی 페르시아어"),
            ("mn", "mongolian монгол 몽골어 蒙古语 蒙古語"),
        ] {
            for word in words.split(' ') {
                assert_eq!(code_of(word), Some(code), "{word}");
            }
        }
        assert_eq!(code_of("Simplified Chinese"), Some("zh-Hans"));
        assert_eq!(code_of("Chinese (Traditional)"), Some("zh-Hant"));
        assert_eq!(code_of("klingon"), None);
    }
}
