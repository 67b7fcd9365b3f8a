//! `NeedSkills`: skills, each with the least proficiency.

use std::sync::Arc;

use crate::rows::agent::{MAX_PROFICIENCY, leveled};
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::reader::{Empty, RowReader};
use crate::rows::value::Value;
use crate::text::{Logic, cut, logic, name_key, plain};

/// The skills by compared name. Notes every finding.
pub(super) fn need_skills(reader: &mut RowReader<'_>) -> Vec<(Arc<str>, u32)> {
    const EXPECTED: &str = "expected skills such as `billing` or `billing>=3` (1 to 5)";
    let read: Option<Vec<(&str, i64)>> = match reader.value("NeedSkills", Empty::IsError) {
        Some(Value::Map(_)) => {
            let named =
                reader.names_with_numbers("NeedSkills", Empty::IsError, 1, 1, MAX_PROFICIENCY);
            for (name, _) in named.iter().flatten().filter(|(name, _)| compares(name)) {
                let message = "a map names the skill alone; write such as `{\"billing\": 3}`";
                reader.error_at("NeedSkills", name, message);
            }
            named
        }
        Some(_) => reader.list("NeedSkills", Empty::IsError, MAX_ENTRIES).map(|entries| {
            let mut skills = Vec::with_capacity(entries.len());
            for entry in entries {
                match logic(entry) {
                    Some(Logic::Unlike(_)) => {
                        let message = "a sign for `not` (such as `!`) is not possible here; remove \
                            the entry, or write the skill that is needed";
                        reader.error_at("NeedSkills", entry, message);
                        continue;
                    }
                    Some(Logic::Any(_)) => reader.warn_at(
                        "NeedSkills",
                        entry,
                        "is read as one name, and all skills of the list are needed; for one of \
                        several, write a rule for each",
                    ),
                    Some(Logic::All(names)) => {
                        let quoted: Vec<String> =
                            names.iter().map(|name| format!("\"{}\"", cut(name))).collect();
                        let list = quoted.join(", ");
                        let message =
                            format!("is read as one name; for all of them write `[{list}]`");
                        reader.warn_at("NeedSkills", entry, message);
                    }
                    _ => {
                        if let Some(meant) = at_least(entry) {
                            let message = format!("is read as one name; write `{meant}`");
                            reader.warn_at("NeedSkills", entry, message);
                        }
                    }
                }
                let (name, level) = match entry.split_once(">=") {
                    Some((name, level)) => (name.trim(), level.trim().parse().ok()),
                    // `german:3` would be a skill of that name.
                    None => (entry, leveled(entry).is_none().then_some(1)),
                };
                match level {
                    Some(level)
                        if (1..=MAX_PROFICIENCY).contains(&level)
                            && !name.is_empty()
                            && !compares(name) =>
                    {
                        skills.push((name, level));
                    }
                    _ => {
                        let meant = leveled(entry)
                            .map(|(name, level)| format!("{name}>={level}"))
                            .or_else(|| skill_meant(entry));
                        let message = meant.map(|meant| format!("{EXPECTED}; write `{meant}`"));
                        let message = message.unwrap_or_else(|| format!("{EXPECTED}; write it so"));
                        reader.error_at("NeedSkills", entry, message);
                    }
                }
            }
            skills
        }),
        None => None,
    };
    // The same skill twice asks for the higher proficiency: all must hold.
    let mut skills: Vec<(Arc<str>, u32)> = Vec::new();
    for (name, level) in read.unwrap_or_default() {
        let name: Arc<str> = name_key(name).into();
        let level = u32::try_from(level).unwrap_or(u32::MAX);
        match skills.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = level.max(*known),
            None => skills.push((name, level)),
        }
    }
    skills
}

/// A skill with its least level in words: `billing 3 이상`, `billing 3+`, `billing level 3`.
fn at_least(typed: &str) -> Option<String> {
    const LEVEL: [&str; 6] = [" level ", " lv. ", " lv.", " lv ", " lv", " 레벨 "];
    let small = plain(typed).to_lowercase();
    let in_words = LEVEL.iter().find_map(|word| {
        let (name, level) = small.split_once(word)?;
        let level: i64 = level.trim().parse().ok()?;
        let good = !name.is_empty() && (1..=MAX_PROFICIENCY).contains(&level);
        good.then(|| format!("{name}>={level}"))
    });
    if in_words.is_some() {
        return in_words;
    }
    const WORDS: [&str; 8] =
        ["이상", "以上", "+", "or more", "or higher", "or above", "and up", "oder mehr"];
    let plain = plain(typed);
    let before = WORDS.iter().find_map(|word| plain.trim().strip_suffix(word))?.trim_end();
    let level = before.chars().next_back()?.to_digit(10).map(i64::from)?;
    let name = before.get(..before.len().checked_sub(1)?)?;
    let is_apart = name.ends_with(char::is_whitespace) && !compares(name);
    let name = name.trim();
    let good = is_apart && !name.is_empty() && (1..=MAX_PROFICIENCY).contains(&level);
    good.then(|| format!("{name}>={level}"))
}

/// Whether a skill's name holds a sign of a comparison.
fn compares(name: &str) -> bool {
    name.contains(['<', '>', '=', '＜', '＞', '＝', '≥', '≤', '≧', '≦'])
}

/// A skill as it would be typed, where it is certain: `billing>3` is `billing>=4`.
fn skill_meant(typed: &str) -> Option<String> {
    let plain = plain(typed).replace(['≥', '≧'], ">=").replace("=>", ">=");
    let (name, sign, number) = [">=", ">", "=="].into_iter().chain(["="]).find_map(|sign| {
        let (name, number) = plain.split_once(sign)?;
        Some((name.trim(), sign, number.trim().parse::<i64>().ok()?))
    })?;
    let least = if sign == ">" { number.checked_add(1)? } else { number };
    // `billing!=3`, `billing->3`
    let is_name = name.ends_with(char::is_alphanumeric) && !compares(name);
    let good = (1..=MAX_PROFICIENCY).contains(&least) && is_name;
    good.then(|| format!("{name}>={least}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_as_they_were_meant() {
        for (typed, meant) in [
            ("billing>3", Some("billing>=4")),
            ("billing=3", Some("billing>=3")),
            ("billing ≥ 3", Some("billing>=3")),
            ("billing＞＝３", Some("billing>=3")),
            ("billing=>3", Some("billing>=3")),
            ("billing>5", None),
            ("billing!=3", None),
            ("billing->3", None),
            ("billing<=3", None),
            (">=3", None),
        ] {
            assert_eq!(skill_meant(typed).as_deref(), meant, "{typed}");
        }
        for (typed, meant) in [
            ("billing 3 이상", Some("billing>=3")),
            ("billing 3以上", Some("billing>=3")),
            ("billing 3+", Some("billing>=3")),
            ("level-2 support 4 or more", Some("level-2 support>=4")),
            ("billing level 3", Some("billing>=3")),
            ("billing Lv3", Some("billing>=3")),
            ("level 3", None),
            ("billing 6+", None),
            ("billing 3", None),
            ("C++", None),
            ("A+", None),
            ("3+", None),
        ] {
            assert_eq!(at_least(typed).as_deref(), meant, "{typed}");
        }
    }
}
