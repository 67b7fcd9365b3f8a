//! What a row's editor reads next to the row: that it is good and what its hours and dates mean,
//! that it waits, or what is wrong.

use chrono::{DateTime, Utc};

use crate::hours::Zone;
use crate::release::for_people;
use crate::rows::{Finding, Severity, Value};

/// Longest part of `_Check` that stands until something changes, in characters.
pub(super) const MAX_CHARACTERS: usize = 1_000;
/// How the verdict on a row in error begins whose earlier version is in force.
pub(super) const KEPT: &str = "IN ERROR, the version of release ";
/// How it begins where there is no such version.
pub(super) const NOT_USED: &str = "NOT USED: ";
/// What comes after the part that stands: what is said of now, or when it was checked.
const NOW: &str = "; now ";
const CHECKED: &str = "; checked ";

/// What a row tells its editor: a part that stands until a row or a release changes, then what is
/// said of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    stands: String,
    now: Vec<String>,
    /// Whether the number counts of the release of which a version is kept.
    is_of_this_release: bool,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowState {
    /// The row has no error; warnings do not count.
    Good,
    /// `Enabled` is false.
    Disabled,
    /// It is in error, and its version in this release stays in force.
    Kept(u64),
    /// It is in error, and nothing of it is in force.
    NotUsed,
}

/// What there is to say of a row.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What its dates and calendars mean.
    pub(super) meaning: Vec<String>,
    /// What is so now.
    pub(super) now: Vec<String>,
}

impl Verdict {
    /// `waits`: why the row as it stands is not live yet.
    pub(super) fn new(
        state: RowState,
        waits: Option<&str>,
        findings: &[&Finding],
        facts: Said,
    ) -> Self {
        let of = |severity| {
            let of = findings.iter().filter(move |finding| finding.severity == severity);
            of.map(|finding| said(finding)).collect::<Vec<_>>()
        };
        let waits = waits.filter(|_| matches!(state, RowState::Good | RowState::Disabled));
        let waits = waits.map(|why| format!(", WAITS: {why}")).unwrap_or_default();
        let mut parts = Vec::new();
        match state {
            RowState::Good => {
                let warnings = of(Severity::Warning).into_iter();
                let head = format!("ok{waits}");
                match warnings.len() {
                    0 => parts.push(head),
                    _ => parts.extend(warnings.enumerate().map(|(place, warning)| match place {
                        0 if waits.is_empty() => format!("{head}, but {warning}"),
                        0 => format!("{head}; but {warning}"),
                        _ => format!("but {warning}"),
                    })),
                }
                parts.extend(facts.meaning);
            }
            RowState::Disabled => {
                parts.push(format!("disabled{waits}"));
                let warnings = of(Severity::Warning).into_iter();
                parts.extend(warnings.map(|warning| format!("before enabling: {warning}")));
            }
            RowState::Kept(_) | RowState::NotUsed => {
                let head = match state {
                    RowState::Kept(number) => format!("{KEPT}{number} stays in force: "),
                    _ => NOT_USED.to_owned(),
                };
                let mut errors = of(Severity::Error);
                if errors.is_empty() {
                    errors.push("the row cannot be used".to_owned());
                }
                parts.push(format!("{head}{}", errors.join("; ")));
            }
        }
        Self { stands: cut(parts.join("; ")), now: facts.now, is_of_this_release: false }
    }

    /// The same, where the version that is kept may be another one than in the releases before.
    #[must_use]
    pub(super) fn of_this_release(self) -> Self {
        Self { is_of_this_release: true, ..self }
    }

    /// The text for `_Check`, checked at `now`.
    pub fn text(&self, now: DateTime<Utc>, zone: Zone) -> String {
        let mut text = self.stands.clone();
        if !self.now.is_empty() {
            text.push_str(NOW);
            text.push_str(&self.now.join("; "));
        }
        text.push_str(CHECKED);
        text.push_str(&for_people(now, zone));
        text
    }

    /// Whether a row's `_Check` says this already, but for what is said of now. Nor does the
    /// number of the release count of which a version is kept: later ones have the same version,
    /// until an earlier release is live again.
    pub fn is_said_by(&self, check: Option<&Value>) -> bool {
        let Some(Value::Text(check)) = check else { return false };
        let split = |text| if self.is_of_this_release { (false, text) } else { split(text) };
        let ((kept, check), (is_kept, stands)) = (split(check.as_str()), split(&self.stands));
        let rest = check.strip_prefix(stands).filter(|_| kept == is_kept);
        rest.is_some_and(|rest| rest.starts_with(NOW) || rest.starts_with(CHECKED))
    }
}

/// Whether a verdict is on a kept version, and the verdict without the number of its release.
fn split(check: &str) -> (bool, &str) {
    match check.strip_prefix(KEPT) {
        Some(rest) => (true, rest.trim_start_matches(|c: char| c.is_ascii_digit())),
        None => (false, check),
    }
}

fn said(finding: &Finding) -> String {
    match &finding.attribute {
        Some(attribute) => format!("`{attribute}`: {}", finding.message),
        None => finding.message.clone(),
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::rows::Table;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 1, 30, 0).unwrap()
    }

    fn finding(severity: Severity, attribute: Option<&str>, message: &str) -> Finding {
        Finding::new(severity, Table::Rules, "r", attribute, None, message)
    }

    #[test]
    fn every_state_in_words() {
        let warnings = [
            finding(Severity::Warning, Some("Rosters"), "nobody is on it"),
            finding(Severity::Warning, None, "is odd"),
        ];
        let errors = [finding(Severity::Error, Some("Hours"), "is wrong")];
        let all: Vec<&Finding> = errors.iter().chain(&warnings).collect();
        let warned: Vec<&Finding> = warnings.iter().collect();
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let facts = || Said {
            meaning: vec!["`ValidUntil`: before Fri".to_owned()],
            now: vec!["`Hours`: open".to_owned(), "`Away`: on leave".to_owned()],
        };
        let held = Some("release 41 stays live");
        for (state, waits, findings, facts, expected) in [
            (RowState::Good, None, &[] as &[&Finding], Said::default(), "ok"),
            (
                RowState::Good,
                None,
                &[],
                facts(),
                "ok; `ValidUntil`: before Fri; now `Hours`: open; `Away`: on leave",
            ),
            (
                RowState::Good,
                None,
                &warned,
                facts(),
                "ok, but `Rosters`: nobody is on it; but is odd; `ValidUntil`: before Fri; now \
                `Hours`: open; `Away`: on leave",
            ),
            (RowState::Good, held, &[], Said::default(), "ok, WAITS: release 41 stays live"),
            (
                RowState::Good,
                held,
                &warned,
                Said::default(),
                "ok, WAITS: release 41 stays live; but `Rosters`: nobody is on it; but is odd",
            ),
            (
                RowState::Disabled,
                None,
                &warned,
                Said::default(),
                "disabled; before enabling: `Rosters`: nobody is on it; before enabling: is odd",
            ),
            (
                RowState::Disabled,
                held,
                &[],
                Said::default(),
                "disabled, WAITS: release 41 stays live",
            ),
            (
                RowState::Kept(41),
                held,
                &all,
                Said::default(),
                "IN ERROR, the version of release 41 stays in force: `Hours`: is wrong",
            ),
            (RowState::NotUsed, None, &all, Said::default(), "NOT USED: `Hours`: is wrong"),
            (RowState::NotUsed, None, &[], Said::default(), "NOT USED: the row cannot be used"),
        ] {
            let verdict = Verdict::new(state, waits, findings, facts);
            let text = verdict.text(now(), zone);
            assert_eq!(text, format!("{expected}; checked 2026-11-24 10:30 Asia/Seoul"));
            assert!(verdict.is_said_by(Some(&Value::Text(text))));
        }
    }

    /// Only what is said of now may differ, and which release a version is kept of.
    #[test]
    fn what_is_said_already() {
        let of = |state, messages: &[&str], fact: &str| {
            let errors: Vec<Finding> =
                messages.iter().map(|message| finding(Severity::Error, None, message)).collect();
            let facts = Said { meaning: Vec::new(), now: vec![fact.to_owned()] };
            Verdict::new(state, None, &errors.iter().collect::<Vec<_>>(), facts)
        };
        let said = |verdict: &Verdict, other: &Verdict| {
            let text = other.text(now() + chrono::TimeDelta::hours(9), Zone::utc());
            verdict.is_said_by(Some(&Value::Text(text)))
        };
        let open = of(RowState::Good, &[], "`Hours`: open");
        assert!(said(&open, &of(RowState::Good, &[], "`Hours`: closed")));
        assert!(!said(&open, &of(RowState::Disabled, &[], "")));
        let kept = of(RowState::Kept(41), &["is wrong"], "");
        assert!(said(&kept, &of(RowState::Kept(1_000), &["is wrong"], "")));
        assert!(!said(&kept, &of(RowState::Kept(41), &["is wrong", "is odd"], "")));
        assert!(!said(&of(RowState::Kept(41), &["is wrong", "is odd"], ""), &kept));
        assert!(!said(&kept, &of(RowState::NotUsed, &["is wrong"], "")));
        assert!(!said(&of(RowState::NotUsed, &["is wrong"], ""), &kept));
        // An earlier release that is live again may have another version.
        let back = of(RowState::Kept(42), &["is wrong"], "").of_this_release();
        assert!(!said(&back, &kept) && said(&back, &back) && said(&kept, &back));
        for check in [None, Some(Value::Null), Some(Value::Text("ok".to_owned()))] {
            assert!(!open.is_said_by(check.as_ref()), "{check:?}");
        }
    }
}
