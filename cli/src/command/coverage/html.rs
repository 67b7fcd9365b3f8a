//! The week as one page that needs nothing else: to read, and to print.

use std::fmt::Write as _;

use super::Week;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6570; --paper: #ffffff; --line: #d5dae0; --none: #eef1f4; --hole: #b3261e; --hole-ink: #ffffff; --group: #c9b458; --group-ink: #1b1f24; --hue: 210; --low: 92%; --step: -7%; --cell-ink: #0b2545; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa4af; --paper: #14181d; --line: #39424c; --none: #20262d; --hole: #ff6b60; --hole-ink: #2b0400; --group: #7d6f2f; --group-ink: #fff6cf; --low: 20%; --step: 6%; --cell-ink: #e8f1ff; } }
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } p { margin: .25rem 0; color: var(--soft); }
.wide { overflow-x: auto; } table { border-collapse: separate; border-spacing: 2px; }
th { font-weight: 500; text-align: left; white-space: nowrap; padding-right: .6rem; } thead th { color: var(--soft); text-align: center; padding: 0; font-size: 12px; }
td { min-width: 1.7rem; height: 1.6rem; text-align: center; border-radius: 3px; font-size: 12px; font-variant-numeric: tabular-nums; background: var(--none); color: var(--soft); }
td.n { background: hsl(var(--hue) 70% calc(var(--low) + min(var(--n), 6) * var(--step))); color: var(--cell-ink); }
td.group { background: var(--group); color: var(--group-ink); } td.hole { background: var(--hole); color: var(--hole-ink); font-weight: 700; }
.week table { width: 100%; table-layout: fixed; border-spacing: 0 2px; } .week td { min-width: 0; padding: 0; height: 1.1rem; border-radius: 0; font-size: 0; } .week th:first-child { width: 12rem; overflow: hidden; text-overflow: ellipsis; } .week td.day { border-left: 2px solid var(--paper); }
ul { padding-left: 1.2rem; } li { margin: .15rem 0; } .key td { padding: 0 .4rem; }
@media print { body { margin: 0; max-width: none; } td { -webkit-print-color-adjust: exact; print-color-adjust: exact; } h2 { break-after: avoid; } table { break-inside: avoid; } }
";

/// The page.
pub(super) fn page(week: &Week) -> String {
    let mut html = String::new();
    let days = week.days();
    let name = |index: usize| days.get(index).map(|(name, _)| name.as_str()).unwrap_or_default();
    // Writing to memory does not fail.
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Coverage from {0}</title><style>{STYLE}</style></head><body>\n<h1>Coverage, {0} to {1}</h1>\n<p>Hours of {2}. Shown is what a plain user meets: no customer row, platform unknown.</p>\n",
        escape(name(0)),
        escape(name(days.len().saturating_sub(1))),
        escape(week.zone.name()),
    );
    html.push_str("<h2>Who answers</h2>\n<p>Agents whom the winning rule chooses among; point at a cell for the rule.</p>\n<table class=\"key\"><tr><td class=\"n\" style=\"--n:1\">1 agent</td><td class=\"n\" style=\"--n:4\">4 agents</td><td class=\"group\">a group alone</td><td class=\"hole\">a hole</td></tr></table>\n");
    heat_map(&mut html, week, "answers", &|index| {
        let Some(hour) = week.hours.get(index) else { return String::new() };
        let rule = escape(hour.rule.as_deref().unwrap_or("no rule"));
        match hour.hole {
            Some(what) => format!("<td class=\"hole\" title=\"{rule}: {}\">!</td>", escape(what)),
            None if hour.agents == 0 => format!("<td class=\"group\" title=\"{rule}\">g</td>"),
            None => {
                format!("<td class=\"n\" style=\"--n:{0}\" title=\"{rule}\">{0}</td>", hour.agents)
            }
        }
    });
    html.push_str("<h2>Holes</h2>\n");
    let holes = week.holes();
    if holes.is_empty() {
        html.push_str("<p>None: somebody is there at every hour.</p>\n");
    } else {
        html.push_str("<ul id=\"holes\">\n");
        for hole in &holes {
            let _ = writeln!(
                html,
                "<li><strong>{}</strong>: {}</li>",
                escape(&week.span(hole)),
                escape(&hole.what)
            );
        }
        html.push_str("</ul>\n");
    }
    for (roster, counts) in &week.rosters {
        let _ = writeln!(html, "<h2>Roster {}</h2>\n<p>Agents on duty.</p>", escape(roster));
        heat_map(&mut html, week, &format!("roster-{roster}"), &|index| {
            cell(counts.get(index).copied().unwrap_or_default())
        });
    }
    html.push_str("<h2>Agents</h2>\n<p>On duty, hour by hour through the week.</p>\n<div class=\"wide week\"><table id=\"agents\"><thead><tr><th></th>");
    for (name, hours) in &days {
        let _ = write!(html, "<th colspan=\"{}\">{}</th>", hours.len(), escape(name));
    }
    html.push_str("</tr></thead><tbody>\n");
    for (agent, duty) in &week.agents {
        let _ = write!(html, "<tr><th>{}</th>", escape(agent));
        for hours in days.iter().map(|(_, hours)| hours) {
            for (clock, hour) in hours.iter().enumerate() {
                let on_duty = hour.is_some_and(|index| duty.get(index) == Some(&true));
                let class = [("n", on_duty), ("day", clock == 0)]
                    .iter()
                    .filter(|(_, is)| *is)
                    .map(|(name, _)| *name)
                    .collect::<Vec<_>>();
                let _ = write!(
                    html,
                    "<td class=\"{}\" style=\"--n:4\">{}</td>",
                    class.join(" "),
                    u8::from(on_duty)
                );
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></div>\n</body></html>\n");
    html
}

fn heat_map(html: &mut String, week: &Week, id: &str, cell: &dyn Fn(usize) -> String) {
    let days = week.days();
    let _ = write!(html, "<div class=\"wide\"><table id=\"{}\"><thead><tr><th></th>", escape(id));
    for hour in 0..24 {
        let _ = write!(html, "<th>{hour}</th>");
    }
    html.push_str("</tr></thead><tbody>\n");
    for (name, hours) in &days {
        let _ = write!(html, "<tr><th>{}</th>", escape(name));
        for hour in hours {
            html.push_str(&hour.map_or_else(|| "<td></td>".to_owned(), cell));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></div>\n");
}

fn cell(count: usize) -> String {
    if count == 0 {
        "<td>0</td>".to_owned()
    } else {
        format!("<td class=\"n\" style=\"--n:{count}\">{count}</td>")
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
