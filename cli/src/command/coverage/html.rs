//! The week as one page that needs nothing else: to read at a desk or on a phone, and to print.
//!
//! A day is a bar as wide as the page, each stretch as long as it is; a tap on the day opens its
//! list of times, rules and names.

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::week::{Day, Week, WeekPart, said};
use crate::terminal::clock;
use crate::terminal::{counted, on_one_line, sentence};

const STYLE: &str = include_str!("style.css");
/// The deepest colour is for so many agents, and more.
const DEEPEST: usize = 6;
/// Least part of a bar, in percent, in which a number fits on a phone.
const ROOM: f64 = 3.5;

/// One stretch of a bar and a line of the list under it.
struct Cell {
    stretch: WeekPart,
    class: String,
    count: String,
    title: String,
    names: String,
}

/// The week as one HTML page that needs no other files.
pub(super) fn page(week: &Week) -> String {
    let mut html = String::new();
    // Writing to memory does not fail.
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
        content=\"width=device-width, initial-scale=1\"><title>Coverage, \
        {0}</title>\n<style>\n{STYLE}</style></head><body>\n<h1>Coverage, {0}</h1>\n<p>By the \
        clock of {1}, for a user without a customer row, platform unknown. Tap a day for its times \
        and names.</p>\n",
        escape(&week.span()),
        escape(&week.zone.to_string()),
    );
    for note in &week.notes {
        let _ = writeln!(html, "<p class=\"alert\" id=\"live\">{}</p>", escape(&sentence(note)));
    }
    for (id, rows, what) in [
        ("broken", &week.in_error.broken, "in error and not used"),
        ("kept", &week.in_error.kept, "in error and used as in the live release"),
    ] {
        if !rows.is_empty() {
            let _ = writeln!(
                html,
                "<p class=\"alert\" id=\"{id}\"><strong>{} {what}</strong> (<code>cargo desk \
                check</code> says why): {}</p>",
                counted(rows.len(), "row"),
                escape(&rows.join(", ")),
            );
        }
    }
    holes(&mut html, week);
    html.push_str("<h2>Who answers</h2>\n");
    key(&mut html);
    let answers: Vec<Cell> = week.coverage.answers.iter().map(answered).collect();
    days(&mut html, week, "answers", &answers);
    for (roster, stretches) in &week.coverage.rosters {
        let _ = writeln!(html, "<h2>Roster {}: on duty</h2>", escape(roster));
        let on = |on: &routing::inspect::OnDuty| Cell {
            stretch: (on.from, on.until),
            class: class(on.agents.len()),
            count: on.agents.len().to_string(),
            title: String::new(),
            names: names(&on.agents),
        };
        let cells: Vec<Cell> = stretches.iter().map(on).collect();
        days(&mut html, week, "roster", &cells);
    }
    agents(&mut html, week);
    html.push_str("</body></html>\n");
    html
}

fn holes(html: &mut String, week: &Week) {
    html.push_str("<h2>Holes</h2>\n");
    let holes = week.holes();
    if holes.is_empty() {
        html.push_str("<p>None: somebody or a group answers at every minute.</p>\n");
    } else {
        listed(html, week, "holes", &holes);
    }
    let groups = week.groups_instead();
    if !groups.is_empty() {
        html.push_str("<h2>Groups in place of agents</h2>\n");
        listed(html, week, "groups", &groups);
    }
}

/// Stretches, how long each is, and what is said of it.
fn listed(html: &mut String, week: &Week, id: &str, all: &[(WeekPart, String)]) {
    let _ = writeln!(html, "<ul id=\"{id}\">");
    for ((from, until), what) in all {
        let _ = writeln!(
            html,
            "<li><strong>{}</strong> ({}): {}</li>",
            clock::stretch(week.zone, *from, *until),
            clock::length(*until - *from),
            escape(what)
        );
    }
    html.push_str("</ul>\n");
}

/// What the colours mean.
fn key(html: &mut String) {
    html.push_str("<div class=\"key\"><span class=\"scale\">");
    for n in 1..=DEEPEST {
        let more = if n == DEEPEST { "+" } else { "" };
        let _ = write!(html, "<i class=\"n{n}\">{n}{more}</i>");
    }
    html.push_str(
        "</span> agents to choose among <i class=\"group\">g</i> a group alone <i \
        class=\"hole\">!</i> a hole</div>\n",
    );
}

fn answered(answered: &routing::inspect::Answered) -> Cell {
    let count = answered.agents.len();
    let rule = answered.rule.as_deref().unwrap_or("no rule").to_owned();
    let group = || ("group".to_owned(), "g".to_owned());
    let (class, count, title, names) = match (answered.hole, answered.group_instead) {
        (Some(why), _) => ("hole".to_owned(), "!".to_owned(), said(answered, why), String::new()),
        (None, Some(why)) => {
            let (class, sign) = group();
            (class, sign, said(answered, why), String::new())
        }
        (None, None) if count == 0 => {
            let (class, sign) = group();
            (class, sign, rule, "its group alone".to_owned())
        }
        (None, None) => (class(count), count.to_string(), rule, names(&answered.agents)),
    };
    Cell { stretch: (answered.from, answered.until), class, count, title, names }
}

fn class(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { format!("n{}", count.min(DEEPEST)) }
}

fn names(agents: &[Arc<str>]) -> String {
    if agents.is_empty() { "nobody".to_owned() } else { agents.join(", ") }
}

/// Each day as a bar, and its list under it.
fn days(html: &mut String, week: &Week, id: &str, cells: &[Cell]) {
    let _ = write!(html, "<section class=\"{id}\">");
    if let Some(day) = week.days.first() {
        html.push_str("<div class=\"row\"><span class=\"axis-name\"></span>");
        hours_axis(html, day);
        html.push_str("</div>\n");
    }
    for day in &week.days {
        let of_day: Vec<(&Cell, WeekPart)> =
            cells.iter().filter_map(|cell| Some((cell, day.part(cell.stretch)?))).collect();
        let _ = write!(
            html,
            "<details><summary class=\"row\"><span class=\"name\">{}</span><span class=\"bar\">",
            escape(&day.name())
        );
        for (cell, part) in &of_day {
            let (left, width) = (percent(day.whole, part.0), percent(day.whole, part.1));
            let width = width - left;
            let shown = if width < ROOM { "" } else { &cell.count };
            let _ = write!(
                html,
                "<i class=\"{}\" style=\"left:{left:.3}%;width:{width:.3}%\">{shown}</i>",
                cell.class
            );
        }
        html.push_str("</span></summary><table>");
        for (cell, part) in &of_day {
            let title = if cell.title.is_empty() {
                String::new()
            } else {
                format!("<strong>{}</strong> ", escape(&cell.title))
            };
            let _ = write!(
                html,
                "<tr><td>{}</td><td class=\"count {}\">{}</td><td>{title}{}</td></tr>",
                clock::within(week.zone, part.0, part.1),
                cell.class,
                cell.count,
                escape(&cell.names)
            );
        }
        html.push_str("</table></details>\n");
    }
    html.push_str("</section>\n");
}

/// 0, 6, 12, 18 and 24 o'clock above a day.
fn hours_axis(html: &mut String, day: &Day) {
    html.push_str("<span class=\"axis\">");
    for hour in [0, 3, 6, 9, 12, 15, 18, 21] {
        if let Some((from, _)) = day.hours.get(hour) {
            let _ = write!(html, "<b style=\"left:{:.3}%\">{hour}</b>", percent(day.whole, *from));
        }
    }
    html.push_str("<b class=\"end\" style=\"left:100%\">24</b></span>");
}

/// Each agent's week, below a scale of its days.
fn agents(html: &mut String, week: &Week) {
    html.push_str("<h2>Agents: on duty</h2>\n<section class=\"who\">");
    let Some(whole) = week.days.first().zip(week.days.last()).map(|(a, b)| (a.whole.0, b.whole.1))
    else {
        return;
    };
    html.push_str("<div class=\"row\"><span class=\"axis-name\"></span><span class=\"axis days\">");
    for day in &week.days {
        let left = percent(whole, day.whole.0);
        let _ = write!(html, "<b style=\"left:{left:.3}%\">{}</b>", day.date.format("%a %-d"));
    }
    html.push_str("</span></div>\n");
    for (agent, stretches) in &week.coverage.agents {
        let sum: TimeDelta = stretches.iter().map(|(from, until)| *until - *from).sum();
        let _ = write!(
            html,
            "<div class=\"row\"><span class=\"name\">{} <small>{}</small></span><span \
            class=\"bar\">",
            escape(agent),
            clock::length(sum)
        );
        for (from, until) in stretches {
            let (left, right) = (percent(whole, *from), percent(whole, *until));
            let width = right - left;
            let title = clock::stretch(week.zone, *from, *until);
            let _ = write!(
                html,
                "<i class=\"n4\" style=\"left:{left:.3}%;width:{width:.3}%\" title=\"{title}\"></i>"
            );
        }
        for day in week.days.iter().skip(1) {
            let _ = write!(html, "<u style=\"left:{:.3}%\"></u>", percent(whole, day.whole.0));
        }
        html.push_str("</span></div>\n");
    }
    html.push_str("</section>\n");
}

/// Where an instant is in a stretch, from 0 to 100.
fn percent((from, until): WeekPart, at: DateTime<Utc>) -> f64 {
    let whole = (until - from).num_seconds().max(1) as f64;
    (at - from).num_seconds() as f64 * 100.0 / whole
}

fn escape(text: &str) -> String {
    on_one_line(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
