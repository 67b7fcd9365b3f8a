//! What a row's editor reads next to the row: that it is good and what its hours and dates mean, or
//! what is wrong.

use chrono::{DateTime, Utc};

use crate::rows::json::print_value;
use crate::rows::{
    Context, Finding, Read, Row, Severity, Table, Value, agent, calendar, customer, rule,
    without_underscores,
};

/// Longest `_Check`, in characters.
const MAX_CHARACTERS: usize = 1_000;

/// What to write into a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// `_Check`: one line.
    pub check: String,
    /// `_LastGood`.
    pub last_good: LastGood,
}

/// What becomes of a row's `_LastGood`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastGood {
    /// The row is good: it needs none.
    Remove,
    /// The row has turned bad: this is what it was, as plain JSON.
    Set(String),
    /// The row was bad before: what is there stays.
    Keep,
}

/// Judges a row that was `before`.
pub fn verdict(
    table: Table,
    row: &Row,
    before: Option<&Row>,
    context: &mut Context<'_>,
    now: DateTime<Utc>,
) -> Verdict {
    let judged = judge(table, row, context, now);
    if judged.is_good {
        return Verdict { check: cut(judged.line), last_good: LastGood::Remove };
    }
    let last_good = match before {
        Some(before) if judge(table, before, context, now).is_good => {
            LastGood::Set(print_value(&Value::Map(without_underscores(before))))
        }
        _ => LastGood::Keep,
    };
    Verdict { check: cut(judged.line), last_good }
}

struct Judged {
    is_good: bool,
    line: String,
}

fn judge(table: Table, row: &Row, context: &mut Context<'_>, now: DateTime<Utc>) -> Judged {
    let zone = context.defaults.time_zone;
    let at = |instant: DateTime<Utc>| zone.local(instant).format("%a %Y-%m-%d %H:%M").to_string();
    match table {
        Table::Rules => conclude(rule::read(row, context), |rule| {
            let mut facts = Vec::new();
            for condition in &rule.conditions {
                if let Some(meaning) = condition.test.kind().meaning(now, zone) {
                    facts.push(format!("`{}`: {meaning}", condition.attribute));
                }
            }
            // The words of `check`.
            for condition in &rule.conditions {
                if let Some(why) = condition.test.kind().never_holds(condition.negated, now) {
                    facts.push(format!("but `{}`: {why}", condition.attribute));
                }
            }
            facts
        }),
        Table::Agents => conclude(agent::read(row, context), |agent| {
            let mut facts = Vec::new();
            if let Some(shifts) = &agent.shifts {
                facts.push(format!("`Shifts`: {}", shifts.open_now(now)));
                let names: Vec<_> = shifts.calendars().map(|name| format!("`{name}`")).collect();
                if !names.is_empty() {
                    facts.push(format!("as calendar {} says", names.join(", ")));
                }
            }
            if agent.is_away(now) {
                facts.push("`Away`: on leave now".to_owned());
            }
            facts
        }),
        Table::Calendars => conclude(calendar::read(row, context), |hours| {
            vec![format!("`Hours`: {}", hours.open_now(now))]
        }),
        Table::Customers => conclude(customer::read(row, context.defaults, now), |customer| {
            let segments = customer.segments.iter().filter_map(|(name, until)| {
                Some(format!("segment `{name}` before {} {zone}", at((*until)?)))
            });
            segments
                .chain(customer.expires_at.map(|end| format!("the row ends {} {zone}", at(end))))
                .collect()
        }),
    }
}

fn conclude<T>(
    read: Result<(&str, Read<T>, Vec<Finding>), Finding>,
    facts: impl Fn(&T) -> Vec<String>,
) -> Judged {
    let (read, findings) = match read {
        Ok((_, read, findings)) => (read, findings),
        Err(finding) => (Read::Bad, vec![finding]),
    };
    let said = |severity| {
        let of = findings.iter().filter(move |finding| finding.severity == severity);
        of.map(|finding| match &finding.attribute {
            Some(attribute) => format!("`{attribute}`: {}", finding.message),
            None => finding.message.clone(),
        })
        .collect::<Vec<_>>()
    };
    let (errors, warnings) = (said(Severity::Error), said(Severity::Warning));
    let list = |mut line: String, entries: Vec<String>, before: &str| {
        for entry in entries {
            line.push_str("; ");
            line.push_str(before);
            line.push_str(&entry);
        }
        line
    };
    match read {
        Read::Good(row) => Judged {
            is_good: true,
            line: list(list("ok".to_owned(), facts(&row), ""), warnings, "but "),
        },
        Read::Disabled(_) => Judged {
            is_good: true,
            line: list("disabled".to_owned(), warnings, "before enabling: "),
        },
        Read::Bad => {
            let problems =
                if errors.is_empty() { vec!["the row cannot be used".to_owned()] } else { errors };
            Judged { is_good: false, line: format!("NOT USED: {}", problems.join("; ")) }
        }
    }
}

fn cut(line: String) -> String {
    match line.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {

    use chrono::TimeZone;
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::hours::Interner;
    use crate::rows::Defaults;
    use crate::rows::Patterns;
    use crate::rows::row_from_json;

    fn judged(table: Table, row: Json, before: Option<Json>) -> Verdict {
        let row_of = |json: Json| row_from_json(json.as_object().unwrap().clone());
        let defaults = Defaults {
            time_zone: crate::hours::Zone::parse("Asia/Seoul").unwrap(),
            holiday_country: None,
            customers: true,
            assignments: true,
        };
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 1, 30, 0).unwrap();
        let mut hours = Interner::new(now.date_naive());
        verdict(
            table,
            &row_of(row),
            before.map(row_of).as_ref(),
            &mut Context {
                defaults: &defaults,
                hours: &mut hours,
                patterns: &mut Patterns::default(),
            },
            now,
        )
    }

    #[test]
    fn good_rows_are_read_back() {
        let rule = |more: Json| {
            let mut row = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 7 });
            row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            (Table::Rules, row)
        };
        for ((table, row), expected) in [
            (rule(json!({})), "ok"),
            (
                rule(json!({ "Hours": "Mo-Fr 09:00-18:00" })),
                "ok; `Hours`: open, closes Tue 2026-11-24 18:00 Asia/Seoul",
            ),
            (
                rule(json!({ "NotHours": "Mo-Fr 11:00-18:00" })),
                "ok; `NotHours`: closed, opens Tue 2026-11-24 11:00 Asia/Seoul",
            ),
            (
                rule(json!({ "Hours": "24/7" })),
                "ok; `Hours`: open, and does not close in the coming year (Asia/Seoul)",
            ),
            (
                rule(json!({ "ValidUntil": "2026-12-24" })),
                "ok; `ValidUntil`: before Fri 2026-12-25 00:00 Asia/Seoul",
            ),
            (
                rule(json!({ "Percent": 0 })),
                "ok; but `Percent`: means 0 % of users, so the rule never matches; write a higher number, or disable the rule",
            ),
            (
                rule(json!({ "Enabled": false, "Platfroms": 1 })),
                "disabled; before enabling: `Platfroms`: no such attribute; did you mean `Platforms`? (notes of your own go into `Notes` or a name that starts with `_`)",
            ),
            (
                (
                    Table::Agents,
                    json!({ "AgentId": "a", "Shifts": "Mo-Fr 22:00-06:00", "TimeZone": "Europe/Berlin", "Away": ["2026-11-24"] }),
                ),
                "ok; `Shifts`: open, closes Tue 2026-11-24 06:00 Europe/Berlin; `Away`: on leave now",
            ),
            (
                (Table::Agents, json!({ "AgentId": "a", "Shifts": "Mo-Fr 09:00-23:59" })),
                "ok; `Shifts`: open, closes Tue 2026-11-24 23:59 Asia/Seoul; but `Shifts`: the end is not included: `23:59` closes one minute early; write `24:00`, as in `Mo-Fr 09:00-24:00`",
            ),
            (
                (
                    Table::Calendars,
                    json!({ "CalendarId": "c", "Hours": "Mo-Fr 09:00-18:00", "ClosedDates": ["2026-11-24"] }),
                ),
                "ok; `Hours`: closed, opens Wed 2026-11-25 09:00 Asia/Seoul",
            ),
            (
                (
                    Table::Customers,
                    json!({ "ClientUserId": "u", "Segments": { "vip": "2027-06-30" } }),
                ),
                "ok; segment `vip` before Thu 2027-07-01 00:00 Asia/Seoul",
            ),
        ] {
            assert_eq!(
                judged(table, row.clone(), None),
                Verdict { check: expected.to_owned(), last_good: LastGood::Remove },
                "{row}"
            );
        }
    }

    #[test]
    fn a_row_that_turns_bad_keeps_what_it_was() {
        let good = json!({ "RuleId": "r", "Priority": 1.5, "AgentGroupId": 7, "_Check": "ok" });
        let bad = json!({ "RuleId": "r", "Priority": 1.5, "AgentGroupId": 7, "Hours": "9 to 5" });
        let verdict = judged(Table::Rules, bad.clone(), Some(good.clone()));
        assert!(
            verdict
                .check
                .starts_with("NOT USED: `Hours`: may mean two things; write `09:00-17:00`"),
            "{}",
            verdict.check
        );
        assert_eq!(
            verdict.last_good,
            LastGood::Set(r#"{ "AgentGroupId": 7, "Priority": 1.5, "RuleId": "r" }"#.to_owned())
        );
        assert_eq!(
            judged(Table::Rules, bad.clone(), Some(bad.clone())).last_good,
            LastGood::Keep,
            "it was bad before"
        );
        assert_eq!(
            judged(Table::Rules, bad.clone(), None).last_good,
            LastGood::Keep,
            "there was nothing before"
        );
        assert_eq!(judged(Table::Rules, good, Some(bad)).last_good, LastGood::Remove);
        let long = json!({ "RuleId": "r", "Priority": 1, "AgentGroupId": 7, "x".repeat(3_000): 1, "y".repeat(3_000): 1, "Hours": "z".repeat(900) });
        assert!(judged(Table::Rules, long, None).check.chars().count() <= MAX_CHARACTERS + 1);
    }
}
