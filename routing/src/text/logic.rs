//! Logic that people type into a value: `not vip`, `vip or gold`, `vip and gold`.

use super::clean::plain;

/// What was typed instead of names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Logic {
    /// Not this one, by a sign that no name begins with.
    Unlike(String),
    /// Not this one, by a word.
    Not(String),
    /// Any of these.
    Any(Vec<String>),
    /// `a and b`: all of these.
    All(Vec<String>),
}

const SIGNS: [&str; 5] = ["!=", "<>", "!", "≠", "¬"];
const NOT: [&str; 13] = [
    "not ", "nicht ", "kein ", "keine ", "except ", "without ", "außer ", "ausser ", "ohne ",
    "sauf ", "excepto ", "不是", "除了",
];
/// Behind the name.
const BUT: [&str; 6] = [" 제외", " 아님", " 빼고", "以外", "除外", "を除く"];
const OR: [&str; 11] =
    ["||", "|", " or ", " oder ", " ou ", " 또는 ", " 혹은 ", "或者", "或", "または", " / "];
const AND: [&str; 9] = ["&&", " and ", " und ", " et ", " & ", " + ", " 그리고 ", " 및 ", "かつ"];

/// Words of languages that write them without spaces, or behind the name; between letters of ASCII
/// alone, because elsewhere they are parts of other words.
const OR_JOINED: [&str; 5] = ["또는", "혹은", "이나", "或者", "或"];
const AND_JOINED: [&str; 11] =
    ["하고", "그리고", "및", "와", "과", "랑", "和", "与", "與", "及", "かつ"];

/// How long the word is that joins names at the beginning of a text in small letters, such as
/// ` or `; a lone `|` is none.
pub(crate) fn joining(small: &str) -> Option<usize> {
    let mut words = OR.iter().chain(&AND).filter(|word| **word != "|");
    words.find(|word| small.starts_with(**word)).map(|word| word.len())
}

/// The logic in one entry; `None` = it is a name like others.
///
/// ```ignore
/// assert_eq!(logic("vip or gold"), Some(Logic::Any(vec!["vip".into(), "gold".into()])));
/// ```
pub(crate) fn logic(entry: &str) -> Option<Logic> {
    // Nearly every entry is one word without a sign of logic, and all are looked at.
    if !entry.bytes().any(|b| !b.is_ascii() || b" !<|&".contains(&b)) {
        return None;
    }
    let text = plain(entry.trim());
    // As long as the text itself, so that places in one are places in the other.
    let small = text.to_ascii_lowercase();
    let rest = |length: usize| {
        let rest = text.get(length..)?.trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    if let Some(sign) = SIGNS.iter().find(|sign| small.starts_with(**sign)) {
        return rest(sign.len()).map(Logic::Unlike);
    }
    if let Some(word) = NOT.iter().find(|word| small.starts_with(**word)) {
        return rest(word.len()).map(Logic::Not);
    }
    if let Some(name) = BUT.iter().find_map(|word| text.strip_suffix(word)) {
        let name = name.trim();
        return (!name.is_empty()).then(|| Logic::Not(name.to_owned()));
    }
    if let Some(name) = text.strip_prefix('除').and_then(|rest| rest.strip_suffix('外')) {
        let name = name.strip_suffix('之').unwrap_or(name).trim();
        return (!name.is_empty()).then(|| Logic::Not(name.to_owned()));
    }
    apart(&text, &small, &OR)
        .map(Logic::Any)
        .or_else(|| apart(&text, &small, &AND).map(Logic::All))
        .or_else(|| joined(&text, &OR_JOINED).map(Logic::Any))
        .or_else(|| joined(&text, &AND_JOINED).map(Logic::All))
}

/// The names around the first of these words that stands between letters of ASCII.
fn joined(text: &str, words: &[&str]) -> Option<Vec<String>> {
    let is_plain = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    words.iter().find_map(|word| {
        let parts: Vec<&str> = text.split(word).map(str::trim).collect();
        let last = parts.len().checked_sub(1).filter(|last| *last > 0)?;
        let good = parts.iter().enumerate().all(|(place, part)| {
            (place == 0 || is_plain(part.chars().next()))
                && (place == last || is_plain(part.chars().next_back()))
        });
        // `a와 b과 c`: one that holds another is no name.
        let good = good && parts.iter().all(|part| joined(part, words).is_none());
        good.then(|| parts.into_iter().map(str::to_owned).collect())
    })
}

/// The names around the first of these words that stands between names.
fn apart(text: &str, small: &str, words: &[&str]) -> Option<Vec<String>> {
    words.iter().find_map(|word| {
        let mut names = Vec::new();
        let mut begin = 0;
        let ends = small.match_indices(word).map(|(at, _)| at).chain([text.len()]);
        for end in ends {
            names.push(text.get(begin..end)?.trim().to_owned());
            begin = end + word.len();
        }
        (names.len() > 1 && names.iter().all(|name| !name.is_empty())).then_some(names)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logic_in_an_entry() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        for (typed, expected) in [
            ("!vip", Some(Logic::Unlike("vip".into()))),
            ("！vip", Some(Logic::Unlike("vip".into()))),
            ("!= vip", Some(Logic::Unlike("vip".into()))),
            ("NOT VIP", Some(Logic::Not("VIP".into()))),
            ("nicht vip", Some(Logic::Not("vip".into()))),
            ("vip 제외", Some(Logic::Not("vip".into()))),
            ("vip以外", Some(Logic::Not("vip".into()))),
            ("不是会员", Some(Logic::Not("会员".into()))),
            ("金卡或银卡", Some(Logic::Any(names(&["金卡", "银卡"])))),
            ("vip or gold", Some(Logic::Any(names(&["vip", "gold"])))),
            ("vip OR gold or new", Some(Logic::Any(names(&["vip", "gold", "new"])))),
            ("vip | gold", Some(Logic::Any(names(&["vip", "gold"])))),
            ("vip 또는 gold", Some(Logic::Any(names(&["vip", "gold"])))),
            ("vip and gold", Some(Logic::All(names(&["vip", "gold"])))),
            ("vip && gold", Some(Logic::All(names(&["vip", "gold"])))),
            ("vip또는gold", Some(Logic::Any(names(&["vip", "gold"])))),
            ("u1和u2", Some(Logic::All(names(&["u1", "u2"])))),
            ("u1와 u2과 u3", None),
            ("u1와 u2와 u3", Some(Logic::All(names(&["u1", "u2", "u3"])))),
            ("除vip外", Some(Logic::Not("vip".into()))),
            ("除vip之外", Some(Logic::Not("vip".into()))),
            ("和平 vip", None),
            ("사과 vip", None),
            ("사과와 배", None),
            ("notable", None),
            ("r&d", None),
            ("gold-or-vip", None),
            ("or gold", None),
            ("!", None),
            ("서울", None),
        ] {
            assert_eq!(logic(typed), expected, "{typed}");
        }
    }
}
