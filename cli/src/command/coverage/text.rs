//! The week in the terminal, 80 columns wide.

use std::fmt::Write as _;
use std::sync::Arc;

use super::week::{Week, WeekPart, overlap, said};
use crate::terminal::clock;

/// Widest line.
const COLUMNS: usize = 80;
/// Above the hours of a day.
const SCALE: &str = "0     3     6     9     12    15    18    21";

/// The week in numbers, and its holes.
pub(super) fn week(week: &Week) -> String {
    let mut text = String::new();
    // Writing to memory does not fail.
    let _ = writeln!(text, "{}, {}, for a user without a customer row,", week.span(), week.zone);
    let _ = writeln!(text, "platform unknown.");
    for what in week.first() {
        let _ = writeln!(text, "\n{}", wrapped(&what, 0));
    }
    let _ = writeln!(text, "\nThe fewest agents to choose among at any minute of each hour.");
    let _ = writeln!(text, "`g` = a group alone, `!` = a hole, `+` = ten or more.\n");
    let _ = writeln!(text, "{:<11}{SCALE}", "");
    grid(&mut text, week, &|hour| answers(week, hour));
    for (roster, stretches) in &week.coverage.rosters {
        let _ = writeln!(text, "\nroster {roster}: agents on duty");
        grid(&mut text, week, &|hour| {
            let there = stretches.iter().filter(|s| overlap(hour, (s.from, s.until)).is_some());
            there.map(|s| s.agents.len()).min().map_or('.', digit)
        });
    }
    let _ = writeln!(text, "\nwho answers a plain user:");
    for (rule, sum) in week.by_rule() {
        let rule = rule.as_deref().unwrap_or("(no rule)");
        let _ = writeln!(text, "  {:>12}  {rule}", clock::length(sum));
    }
    let (holes, groups) = (week.holes(), week.groups_instead());
    let _ = writeln!(text, "\n{}", if holes.is_empty() { "no holes" } else { "holes:" });
    listed(&mut text, week, &holes);
    if !groups.is_empty() {
        let _ = writeln!(text, "\ngroups in place of agents:");
        listed(&mut text, week, &groups);
    }
    text
}

/// Stretches, how long each is, and what is said of it.
fn listed(text: &mut String, week: &Week, all: &[(WeekPart, String)]) {
    for ((from, until), what) in all {
        let length = clock::length(*until - *from);
        let _ = writeln!(text, "  {} ({length})", clock::stretch(week.zone, *from, *until));
        let _ = writeln!(text, "    {}", wrapped(what, 4));
    }
}

/// Who answers and who is on duty, by name.
pub(super) fn who(week: &Week) -> String {
    let mut text = "\nwho answers a plain user, by name:\n".to_owned();
    for answered in &week.coverage.answers {
        let rule = answered.rule.as_deref().unwrap_or("(no rule)");
        let who = match (answered.hole, answered.group_instead) {
            (Some(why), _) => format!("HOLE, {}", said(answered, why)),
            (None, Some(why)) => said(answered, why),
            (None, None) if answered.agents.is_empty() => format!("{rule}: its group alone"),
            (None, None) => format!("{rule}: {}", names(&answered.agents)),
        };
        entry(&mut text, week, (answered.from, answered.until), &who);
    }
    for (roster, stretches) in &week.coverage.rosters {
        let _ = writeln!(text, "\nroster {roster}, on duty by name:");
        for on in stretches {
            entry(&mut text, week, (on.from, on.until), &names(&on.agents));
        }
    }
    text
}

fn entry(text: &mut String, week: &Week, (from, until): WeekPart, what: &str) {
    let _ = writeln!(text, "  {}", clock::stretch(week.zone, from, until));
    let _ = writeln!(text, "    {}", wrapped(what, 4));
}

fn names(agents: &[Arc<str>]) -> String {
    match agents {
        [] => "nobody".to_owned(),
        [one] => format!("{one}, alone"),
        _ => agents.join(", "),
    }
}

/// Each day with a character an hour.
fn grid(text: &mut String, week: &Week, of: &dyn Fn(WeekPart) -> char) {
    for day in &week.days {
        let shown = |hour: &WeekPart| if hour.0 < hour.1 { of(*hour) } else { ' ' };
        let cells: Vec<String> = day.hours.iter().map(|hour| shown(hour).to_string()).collect();
        let _ = writeln!(text, "{:<11}{}", day.name(), cells.join(" "));
    }
}

/// The worst of what answers in an hour.
fn answers(week: &Week, hour: WeekPart) -> char {
    let of_hour = || {
        let all = week.coverage.answers.iter();
        all.filter(move |answered| overlap(hour, (answered.from, answered.until)).is_some())
    };
    if of_hour().any(|answered| answered.hole.is_some()) {
        return '!';
    }
    match of_hour().map(|answered| answered.agents.len()).min() {
        None | Some(0) => 'g',
        Some(count) => digit(count),
    }
}

fn digit(count: usize) -> char {
    match count {
        0 => '.',
        1..=9 => u32::try_from(count).ok().and_then(|n| char::from_digit(n, 10)).unwrap_or('+'),
        _ => '+',
    }
}

/// Text broken at spaces, its further lines indented.
fn wrapped(text: &str, indent: usize) -> String {
    let mut lines = String::new();
    let mut column = indent;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > indent && column + 1 + length > COLUMNS {
            lines.push('\n');
            lines.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else if column > indent {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines
}
