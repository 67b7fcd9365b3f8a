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
        "japanese" | "日本語" | "日语" | "日文" | "日語" | "일본어" | "일어" | "nihongo" => {
            "ja"
        }
        "korean" | "한국어" | "한국말" | "韩语" | "韓語" | "韩文" | "韓国語" | "조선어"
        | "hangul" => "ko",
        "chinese" | "中文" | "中国語" | "汉语" | "漢語" | "중국어" | "mandarin" | "普通话" => {
            "zh"
        }
        "simplifiedchinese" | "简体中文" | "简体" | "중국어간체" | "chinesesimplified" => {
            "zh-Hans"
        }
        "traditionalchinese" | "繁體中文" | "繁体中文" | "繁體" | "중국어번체"
        | "chinesetraditional" => "zh-Hant",
        "cantonese" | "粤语" | "粵語" | "광둥어" => "yue",
        "english" | "英語" | "英语" | "英文" | "영어" => "en",
        "french" | "français" | "francais" | "フランス語" | "法语" | "法語" | "프랑스어" => {
            "fr"
        }
        "german" | "deutsch" | "ドイツ語" | "德语" | "德語" | "독일어" => "de",
        "spanish" | "español" | "espanol" | "スペイン語" | "西班牙语" | "스페인어" => {
            "es"
        }
        "portuguese" | "português" | "葡萄牙语" | "포르투갈어" => "pt",
        "italian" | "italiano" | "意大利语" | "이탈리아어" => "it",
        "dutch" | "nederlands" | "荷兰语" => "nl",
        "russian" | "русский" | "ロシア語" | "俄语" | "러시아어" => "ru",
        "ukrainian" | "українська" => "uk",
        "polish" | "polski" => "pl",
        "czech" | "čeština" => "cs",
        "greek" | "ελληνικά" => "el",
        "turkish" | "türkçe" | "土耳其语" | "터키어" => "tr",
        "arabic" | "العربية" | "阿拉伯语" | "아랍어" => "ar",
        "hebrew" | "עברית" => "he",
        "hindi" | "हिन्दी" | "印地语" | "힌디어" => "hi",
        "vietnamese" | "tiếngviệt" | "越南语" | "베트남어" | "ベトナム語" => "vi",
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
        "mongolian" | "монгол" => "mn",
        _ => return None,
    };
    Some(code)
}
