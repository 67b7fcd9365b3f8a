//! "Did you mean …?": right, or absent. A wrong suggestion sends people to the wrong person.

use super::clean::name_key;

/// Longest name for which a suggestion is looked for, in characters.
const LONGEST: usize = 64;

/// The candidate that `name` certainly is another spelling or a typing mistake of: the same but for
/// case, white space, `-`, `_` and `.`; or, in a name of four letters at least, one letter away, of
/// eight, two; of three, two neighbours swapped. Digits must be the same, and only one candidate
/// may be that near.
///
/// ```
/// use routing::text::closest;
/// assert_eq!(closest("nigth", ["night", "day"]), Some("night"));
/// assert_eq!(closest("night-shift", ["Night Shift"]), Some("Night Shift"));
/// assert_eq!(closest("group-12", ["group-13"]), None);
/// assert_eq!(closest("KST", ["EST"]), None);
/// ```
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(&squeezed(&name_key(name)), candidates, |candidate| squeezed(&name_key(candidate)))
}

/// The attribute that `name` certainly is another spelling or a typing mistake of. As [`closest`];
/// letters of other alphabets that look like ours count as ours.
pub(crate) fn closest_attribute<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let key = |name: &str| squeezed(&name_key(name)).chars().map(latin).collect::<String>();
    nearest(&key(name), known, key)
}

/// The id that `id` certainly is a slip of. People's ids are alike although the people are not, so
/// only this counts: other case or white space, `-`, `_` or `.`; two neighbouring letters swapped
/// or one letter doubled, in a part of eight letters at least; or one slip in what stands behind
/// `@`.
pub(crate) fn closest_id<'a>(
    id: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if id.chars().nth(LONGEST).is_some() {
        return None;
    }
    let (name, domain) = parts(id);
    let mut found: Option<&'a str> = None;
    for candidate in candidates {
        if candidate == id || candidate.len().abs_diff(id.len()) > LONGEST {
            continue;
        }
        let (other, other_domain) = parts(candidate);
        let same_domain = domain == other_domain;
        let slip = if name == other {
            same_domain || is_slip(&domain, &other_domain)
        } else {
            same_domain && is_slip(&name, &other)
        };
        if slip && digits(&name).eq(digits(&other)) {
            if found.is_some_and(|found| found != candidate) {
                return None;
            }
            found = Some(candidate);
        }
    }
    found
}

/// An id's part before `@` and behind it, as compared.
fn parts(id: &str) -> (String, String) {
    let key = name_key(id);
    let (name, domain) = key.split_once('@').unwrap_or((&key, ""));
    (squeezed(name), squeezed(domain))
}

/// Whether two names of eight letters at least differ by two neighbours swapped, or by one letter
/// typed twice.
fn is_slip(a: &str, b: &str) -> bool {
    const LONG: usize = 8;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < LONG {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    if short.len() == long.len() {
        let swapped = matches!(
            (short.get(same..same + 2), long.get(same..same + 2)),
            (Some([a, b]), Some([c, d])) if a == d && b == c
        );
        return swapped && short.get(same + 2..) == long.get(same + 2..);
    }
    long.len() == short.len() + 1
        && same > 0
        && long.get(same) == long.get(same - 1)
        && long.get(same + 1..) == short.get(same..)
}

/// The only candidate that is nearest to `name`, if it is near enough. Both as compared by `key`.
fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    key: impl Fn(&str) -> String,
) -> Option<&'a str> {
    let length = name.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let allowed = allowed(name, length);
    let mut best: Option<(usize, &'a str)> = None;
    let mut only = true;
    for candidate in candidates {
        if candidate.len() > 6 * LONGEST {
            continue;
        }
        let other = key(candidate);
        if other.chars().count().abs_diff(length) > allowed || !digits(name).eq(digits(&other)) {
            continue;
        }
        let distance = strsim::osa_distance(name, &other);
        if distance > allowed && !(length == 3 && is_swapped(name, &other)) {
            continue;
        }
        match best {
            Some((nearest, _)) if nearest < distance => {}
            Some((nearest, known)) if nearest == distance => only &= known == candidate,
            _ => (best, only) = (Some((distance, candidate)), true),
        }
    }
    best.filter(|_| only).map(|(_, candidate)| candidate)
}

/// Whether two names of three letters differ by two neighbours swapped.
fn is_swapped(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    matches!((a, b), ([a, b, c], [d, e, f]) if (a, b, c) == (e, d, f) || (a, b, c) == (d, f, e))
}

/// How many letters may differ. A syllable of Hangul or a Chinese character is more than a letter.
fn allowed(name: &str, length: usize) -> usize {
    match (name.is_ascii(), length) {
        (true, 0..4) | (false, 0..6) => 0,
        (true, 4..8) | (false, _) => 1,
        (true, _) => 2,
    }
}

/// A name without what people put between its words.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '.' | '。' | '‐'..='―' | '−')).collect()
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// The Latin letter that a lower-case Cyrillic or Greek one looks like.
fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'ь' => 'b',
        'с' => 'c',
        'е' | 'ε' => 'e',
        'һ' | 'н' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'ν' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'у' => 'y',
        'х' | 'χ' => 'x',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_an_id() {
        assert_eq!(closest_id("Ann@X.com", ["ann@x.com"]), Some("ann@x.com"));
        assert_eq!(closest_id("ann@x.com", ["anna@x.com"]), None);
        assert_eq!(closest_id("minjun.lim@x.com", ["minjun.kim@x.com"]), None);
    }

    #[test]
    fn another_spelling_of_an_attribute() {
        let known = ["AgentGroupId", "Hours", "NotHours"];
        assert_eq!(closest_attribute("agent_group_ID", known), Some("AgentGroupId"));
        assert_eq!(closest_attribute("Ноurs", known), Some("Hours"));
        assert_eq!(closest_attribute("Colour", known), None);
    }

    #[test]
    fn a_suggestion_is_right_or_absent() {
        for (typed, known, near) in [
            ("Platfroms", &["Platforms", "Priority"][..], Some("Platforms")),
            ("suport", &["support"], Some("support")),
            ("seoul_night", &["Seoul Night"], Some("Seoul Night")),
            ("vpi", &["vip"], Some("vip")),
            ("vis", &["vip"], None),
            ("VIP", &["vip"], Some("vip")),
            ("gold", &["cold", "bold"], None),
            ("team-1", &["team-2"], None),
            ("tier2", &["tier22"], None),
            ("billin", &["billing", "billina"], None),
            ("서울", &["서운"], None),
            ("서 울", &["서울"], Some("서울")),
            ("", &["a"], None),
            ("abcdefghijkl", &["abcdefghijxy"], Some("abcdefghijxy")),
            ("abcdefghijkl", &["abcdefghixyz"], None),
            // The nearest, wherever it stands; none of two that are as near.
            ("suport", &["suppart", "support"], Some("support")),
            ("suport", &["support", "suppart"], Some("support")),
            ("suport", &["support", "support"], Some("support")),
            ("gould", &["gold", "could", "gould2"], None),
            ("suport", &["sport", "support"], None),
            ("escalatin", &["escalation", "escalatiox"], Some("escalation")),
            ("escalatin", &["escalatiox", "escalation"], Some("escalation")),
            ("-", &["_"], None),
        ] {
            assert_eq!(closest(typed, known.iter().copied()), near, "{typed}");
        }
        let long = "x".repeat(400_000);
        assert_eq!(closest(&long, ["x"]), None);
        assert_eq!(closest("x", [long.as_str()]), None);
    }

    #[test]
    fn attributes_in_every_spelling() {
        let known = ["AgentGroupId", "ClientUserIds", "Platforms", "NotPlatforms", "TimeZone"];
        for (typed, near) in [
            ("AgentGroupID", Some("AgentGroupId")),
            ("agent group id", Some("AgentGroupId")),
            ("agent-group-id", Some("AgentGroupId")),
            ("ＡgentGroupId", Some("AgentGroupId")),
            ("AgentGroupId\u{200b}", Some("AgentGroupId")),
            ("Рlatforms", Some("Platforms")),
            ("Platform", Some("Platforms")),
            ("notplatforms", Some("NotPlatforms")),
            ("Timezone", Some("TimeZone")),
            ("Zone", None),
            ("Group", None),
        ] {
            assert_eq!(closest_attribute(typed, known), near, "{typed}");
        }
    }

    #[test]
    fn an_id_never_becomes_another_person() {
        for (typed, known, near) in [
            ("ANN@x.com", &["ann@x.com"][..], Some("ann@x.com")),
            ("ann kim", &["ann.kim"], Some("ann.kim")),
            ("ann@x。com", &["ann@x.com"], Some("ann@x.com")),
            ("ann@exmaple.com", &["ann@example.com"], Some("ann@example.com")),
            ("ann@x.com", &["anna@x.com", "ana@x.com"], None),
            ("minji.park@x.com", &["minji.bark@x.com"], None),
            ("jonathan@x.com", &["jonathna@x.com"], Some("jonathna@x.com")),
            ("jonathan@x.com", &["jonathon@x.com"], None),
            ("alexandra@x.com", &["alexandraa@x.com"], Some("alexandraa@x.com")),
            ("alexandra@x.com", &["alexandr@x.com"], None),
            ("agent-0001@x.com", &["agent-0010@x.com"], None),
            ("ann@x.com", &["ann@y.org"], None),
            ("ann", &["ann"], None),
            // The same agent twice is one.
            ("ANN", &["ann", "ann"], Some("ann")),
            ("jonathanx@x.com", &["jonathan@x.com"], None),
            ("aalexandra@x.com", &["alexandra@x.com"], Some("alexandra@x.com")),
            ("xalexandra@x.com", &["alexandra@x.com"], None),
        ] {
            assert_eq!(closest_id(typed, known.iter().copied()), near, "{typed}");
        }
    }
    #[test]
    fn the_longest_names_that_are_compared() {
        let dashes = |count: usize| format!("abcd{}efgh", "-".repeat(count));
        for (count, near) in [(64, true), (65, false)] {
            let name = "x".repeat(count);
            let other = format!("x-{}", "x".repeat(count - 1));
            assert_eq!(closest(&name, [other.as_str()]).is_some(), near, "{count} letters");
            let found = closest_id("abcdefgh", [dashes(count).as_str()]).is_some();
            assert_eq!(found, near, "{count} bytes more");
        }
        for (length, near) in [(384, true), (385, false)] {
            let found = closest("abcdefgh", [dashes(length - 8).as_str()]).is_some();
            assert_eq!(found, near, "{length} bytes");
        }
    }
}
