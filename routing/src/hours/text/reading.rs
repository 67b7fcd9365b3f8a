//! A text as hours; or what to write instead, by all that it may mean.

use chrono::NaiveDate;

use super::super::Country;
use super::super::pattern::{Part, Pattern};
use super::meant::{
    check_school_holidays, days_as_a_list, days_first, has_hours_twice, has_whole_hours,
    hours_of_days,
};
use super::parser::{self, Fill, Outcome, Problem, Reading};
use super::token::{self, Tokens};
use super::words::ZONES;
use super::{
    asides, beside, clean, ends, holidays, left_out, look_alikes, month_days, over_days, tongues,
    warn, zoned,
};

/// Longest text, in characters.
pub(in crate::hours) const MAX_CHARACTERS: usize = 1_000;

const EXAMPLE: &str = "expected opening hours such as `Mo-Fr 09:00-18:00, Sa 10:00-14:00`";

/// Why a text is no hours.
enum Told {
    /// What to write instead, each way that it may be meant, and what else may help.
    Write(Vec<String>, &'static str),
    /// A sentence that says what to write.
    Says(String),
    /// It cannot be read in this language; a sentence that says so.
    Stuck(String),
}

/// Reads `text`; what is told to write is good from `today` on.
///
/// # Errors
/// What is wrong with the text, and what to write instead.
pub(super) fn read_on(
    text: &str,
    country: Option<Country>,
    today: NaiveDate,
) -> Result<Pattern, String> {
    if text.chars().count() > MAX_CHARACTERS {
        return Err("is longer than 1000 characters; write less, or use several rows".to_owned());
    }
    let mut cleaned = clean::clean(text);
    let mut in_quotes = false;
    let mut tokens = token::tokens(&cleaned);
    // `"Mo-Fr 09:00-18:00"`, with the quotation marks of another text.
    if let Some(inside) = quoted(&cleaned) {
        let of_inside = tongues::readings(&inside);
        let readable = |tokens: &Tokens| tokens.unreadable.is_none() && !tokens.tokens.is_empty();
        if let Some(first) = of_inside.into_iter().next().filter(readable) {
            (cleaned, tokens, in_quotes) = (inside, first, true);
        }
    }
    if tokens.unreadable.is_none() && !tokens.translated && !in_quotes {
        let read = one(&cleaned, tokens, country, today);
        if let Ok(pattern) = read {
            return Ok(pattern);
        }
    }
    let mut told = Vec::new();
    for mut tokens in tongues::readings(&cleaned) {
        tokens.translated |= in_quotes;
        match one(&cleaned, tokens, country, today) {
            Ok(pattern) => return Ok(pattern),
            Err(why) => told.push(why),
        }
    }
    Err(in_all(told))
}

/// What is told of a text that may be of several languages.
fn in_all(mut told: Vec<Told>) -> String {
    let is_stuck = |told: &Told| matches!(told, Told::Stuck(_));
    if !told.iter().all(is_stuck) {
        told.retain(|told| !is_stuck(told));
    }
    let several = told.len() > 1;
    let mut texts: Vec<String> = Vec::new();
    let mut hint = "";
    for told in told {
        match told {
            Told::Write(write, other) => {
                texts.extend(write);
                hint = other;
            }
            Told::Says(sentence) | Told::Stuck(sentence) if !several => return sentence,
            Told::Says(_) | Told::Stuck(_) => {
                return format!(
                    "names days that are others in another language; write `Mo`, `Tu`, `We`, `Th`, \
                    `Fr`, `Sa` and `Su`; {EXAMPLE}"
                );
            }
        }
    }
    let mut once: Vec<String> = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    match once.as_slice() {
        [] => EXAMPLE.to_owned(),
        [only] => format!("is not written as opening hours are; write `{only}`{hint}"),
        [one, other] => format!("may mean two things; write `{one}`, or `{other}`"),
        [.., last] => {
            let others: String =
                once.iter().take(once.len() - 1).map(|text| format!("`{text}`, ")).collect();
            format!("may mean several things; write {others}or `{last}`")
        }
    }
}

/// Reads a text of one language.
fn one(
    cleaned: &[char],
    mut tokens: Tokens,
    country: Option<Country>,
    today: NaiveDate,
) -> Result<Pattern, Told> {
    asides::move_behind_hours(&mut tokens);
    if let Some((place, word)) = &tokens.unreadable {
        if ZONES.contains(&word.as_str()) {
            return Err(Told::Says(zoned::has_zone(cleaned, *place, word)));
        }
        if let Some(says) = look_alikes::of_another_alphabet(cleaned, *place) {
            return Err(Told::Says(says));
        }
        return Err(Told::Stuck(format!("`{}` cannot be read; {EXAMPLE}", shown(word.chars()))));
    }
    if left_out::days_of_no_month(&tokens.tokens, cleaned) {
        return Err(Told::Says(
            "names days of no month; write each month, such as `Jan 01-15,Feb 01-15 09:00-18:00`"
                .to_owned(),
        ));
    }
    tokens.tokens = left_out::in_order(&tokens, cleaned);
    change(&mut tokens, |tokens| over_days::split(&tokens.tokens));
    tokens.tokens = ends::resolve(&tokens.tokens);
    change(&mut tokens, |tokens| beside::without_weekdays(tokens, cleaned, today));
    let mut other = month_days::with_dates(&mut tokens, cleaned);
    if let Err(Problem::At(_) | Problem::Say(_)) = parser::read(&tokens.tokens, Reading::default())
        && let Some(dates) = other.take()
    {
        tokens.tokens = dates;
    }
    if other.is_none()
        && parser::read(&tokens.tokens, Reading::default()).is_ok_and(|outcome| !outcome.ambiguous)
    {
        other = left_out::with_saturday(&tokens.tokens, cleaned);
    }
    let translated = tokens.translated;
    let read = |second, fill| {
        let tokens = other.as_ref().filter(|_| second).unwrap_or(&tokens.tokens);
        parser::read(tokens, Reading { second, fill, translated })
    };
    let suggestion = |parts: Vec<Part>| {
        let parts = left_out::on_other_days(parts, &tokens.tokens, cleaned);
        warn::without_doubts(Pattern { parts, country }, today).to_string()
    };
    let write = |outcome: Outcome| suggestion(outcome.parts);
    let outcome = match read(false, None) {
        Ok(outcome) => outcome,
        Err(Problem::Say(sentence)) => return Err(Told::Says(sentence)),
        Err(Problem::At(at)) => {
            let rest = shown(cleaned.iter().skip(at).copied());
            return Err(Told::Stuck(match rest.as_str() {
                "" => EXAMPLE.to_owned(),
                _ => format!("cannot be read from `{rest}` on; {EXAMPLE}"),
            }));
        }
        Err(Problem::NoHours(_)) if other.is_some() => {
            return Err(Told::Says(
                "has days without hours, and numbers that can be read as a date or as hours; write \
                `Sa off` or `Sa 10:00-14:00`, dates such as `Dec 24`, and hours such as \
                `12:00-24:00`".to_owned(),
            ));
        }
        Err(Problem::NoHours(days)) => {
            let all_day = read(false, Some(Fill::AllDay)).ok();
            if let Some(both) = all_day.and_then(|all_day| left_out::days_twice(&all_day.parts)) {
                return Err(Told::Write(both.map(suggestion).to_vec(), ""));
            }
            return Err(Told::Says(
                match (read(false, Some(Fill::AllDay)), read(false, Some(Fill::Off))) {
                    (Ok(all_day), Ok(off)) => {
                        let has =
                            if days.is_empty() { "says".into() } else { format!("`{days}` has") };
                        let mut these = days_as_a_list(&tokens.tokens);
                        these.extend(hours_of_days(&all_day.parts));
                        let mut write_these = these.into_iter().map(suggestion);
                        if days_first(&all_day.parts)
                            && let Some(text) = write_these.next()
                        {
                            return Err(Told::Says(format!(
                                "{has} neither hours nor `off`; write `{text}` for these hours"
                            )));
                        }
                        let these: String =
                            write_these.map(|text| format!("`{text}` for these hours, ")).collect();
                        format!(
                            "{has} neither hours nor `off`; write {these}`{}` for open all day, or \
                            `{}` for closed",
                            write(all_day),
                            write(off)
                        )
                    }
                    _ => EXAMPLE.to_owned(),
                },
            ));
        }
    };
    if outcome.ambiguous || other.is_some() {
        return Err(match read(true, None) {
            Ok(_) if has_hours_twice(&outcome.parts) => Told::Stuck(EXAMPLE.to_owned()),
            // `上午8:30-11:30，下午1:30-5:30`: until 23:30 cannot be meant.
            Ok(second) if has_hours_twice(&second.parts) => Told::Write(vec![write(outcome)], ""),
            Ok(second) => Told::Write(vec![write(outcome), write(second)], ""),
            Err(_) => Told::Stuck(EXAMPLE.to_owned()),
        });
    }
    let one_end = outcome.open_end || outcome.open_start;
    let as_typed = !(one_end || outcome.translated || tokens.translated);
    if !as_typed {
        check_school_holidays(&outcome.parts).map_err(Told::Says)?;
    }
    // `closed 9-18`: a text that never opens is no better.
    if !as_typed && outcome.parts.iter().all(|part| part.off && !part.spans.is_empty()) {
        return Err(Told::Says(format!(
            "only says when it is closed; in a rule, write closed hours into `NotHours`; {EXAMPLE}"
        )));
    }
    // `Mo-Fr 9-18, Fr until 16:00` does not begin at midnight.
    if outcome.open_start && has_whole_hours(&outcome.parts) {
        return Err(Told::Says(format!("does not say when all of the hours begin; {EXAMPLE}")));
    }
    if one_end {
        let (what, meaning) = match (outcome.open_start, outcome.open_end) {
            (true, false) => ("it opens", "from midnight, or another beginning"),
            (true, true) => ("it opens or closes", "until and from midnight, or other times"),
            _ => ("it closes", "until midnight, or another end"),
        };
        let form = if outcome.open_start { "" } else { "an open end (`18:00+`) " };
        return Err(Told::Says(format!(
            "{form}does not say when {what}; write `{}` for {meaning}",
            write(outcome)
        )));
    }
    if !as_typed && has_hours_twice(&outcome.parts) {
        return Err(Told::Says(
            "has hours within other hours; write a break as in `Mo-Fr 09:00-18:00; 12:00-13:00 \
            off`, and all other hours once"
                .to_owned(),
        ));
    }
    if !as_typed {
        let hint = if tokens.iso_date {
            "; single dates may also stand in a calendar's `ClosedDates` or `SpecialDates`"
        } else {
            ""
        };
        return Err(Told::Write(vec![write(outcome)], hint));
    }
    let pattern = Pattern { parts: outcome.parts, country };
    holidays::are_known(&pattern).map_err(Told::Says)?;
    Ok(pattern)
}

/// Changes tokens; where they differ then, they are not as typed.
fn change(tokens: &mut Tokens, change: impl FnOnce(&Tokens) -> Vec<token::Token>) {
    let changed = change(tokens);
    tokens.translated |= changed.len() != tokens.tokens.len();
    tokens.tokens = changed;
}

/// What stands in quotation marks, where these are around the whole text.
fn quoted(text: &[char]) -> Option<Vec<char>> {
    let is_mark = |c: &char| *c == '"';
    let begin = text.iter().position(|c| *c != ' ')?;
    let end = text.iter().rposition(|c| *c != ' ')? + 1;
    let text = text.get(begin..end)?;
    let inside = text.strip_prefix(&['"'])?.strip_suffix(&['"'])?;
    (!inside.iter().any(is_mark)).then(|| inside.to_vec())
}

/// The beginning of a text, for a finding.
fn shown(text: impl Iterator<Item = char>) -> String {
    let text: String = text.take(30).map(|c| if c == '`' { '\'' } else { c }).collect();
    text.trim().to_owned()
}
