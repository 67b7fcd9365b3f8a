//! Comparisons of numbers in words, and as programs name them.

/// Words before and behind the number, with the sign that they stand for.
const IN_WORDS: [(&str, &[&str], &[&str]); 4] = [
    (">=", &["at least ", "from ", "min ", "mindestens ", "ab ", "不少于", "至少", "不低于"], &[]),
    (
        ">",
        &[
            "more than ",
            "over ",
            "above ",
            "greater than ",
            "mehr als ",
            "über ",
            "超过",
            "大于",
            "超過",
        ],
        &["초과"],
    ),
    ("<=", &["at most ", "up to ", "max ", "höchstens ", "bis zu ", "不超过", "最多", "至多"], &[]),
    (
        "<",
        &[
            "less than ",
            "fewer than ",
            "under ",
            "below ",
            "weniger als ",
            "unter ",
            "小于",
            "低于",
            "少于",
        ],
        &["미만", "未满", "未満"],
    ),
];

/// Names that programs have for comparisons.
const OPERATORS: [(&str, &str); 9] = [
    ("gte", ">="),
    ("ge", ">="),
    (">=", ">="),
    ("gt", ">"),
    (">", ">"),
    ("lte", "<="),
    ("<=", "<="),
    ("lt", "<"),
    ("<", "<"),
];

/// The sign and the number of a comparison in words, in small letters; `number` reads the number.
pub(super) fn comparison(
    text: &str,
    number: impl Fn(&str) -> Option<String>,
) -> Option<(&'static str, String)> {
    IN_WORDS.iter().find_map(|(sign, before, behind)| {
        let begun = before.iter().find_map(|word| number(text.strip_prefix(word)?));
        let found =
            begun.or_else(|| behind.iter().find_map(|word| number(text.strip_suffix(word)?)))?;
        Some((*sign, found))
    })
}

/// The sign of a comparison by a program's name for it: `gte`.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    OPERATORS.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_in_words() {
        let number = |text: &str| text.trim().parse::<u32>().ok().map(|n| n.to_string());
        for (typed, meant) in [
            ("at least 1000", Some((">=", "1000"))),
            ("不少于1000", Some((">=", "1000"))),
            ("more than 1000", Some((">", "1000"))),
            ("超过1000", Some((">", "1000"))),
            ("1000 초과", Some((">", "1000"))),
            ("不超过1000", Some(("<=", "1000"))),
            ("under 5", Some(("<", "5"))),
            ("5 미만", Some(("<", "5"))),
            ("over the top", None),
            ("1000", None),
        ] {
            let told = comparison(typed, number);
            let told = told.as_ref().map(|(sign, number)| (*sign, number.as_str()));
            assert_eq!(told, meant, "{typed}");
        }
    }
}
