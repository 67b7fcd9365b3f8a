//! What a customer's row tells its editor: it is judged by itself.

use chrono::{DateTime, Utc};

use super::text::{RowState, Said, Verdict};
use crate::rows::{Defaults, Read, Row, customer};

/// The verdict on a customer's row, by itself.
pub fn verdict_of_customer(row: &Row, defaults: &Defaults, now: DateTime<Utc>) -> Verdict {
    let zone = defaults.time_zone;
    let at = |instant: DateTime<Utc>| zone.local(instant).format("%a %Y-%m-%d %H:%M").to_string();
    let (read, findings) = match customer::read(row, defaults, now) {
        Ok((_, read, findings)) => (read, findings),
        Err(finding) => (Read::Bad, vec![finding]),
    };
    let mut facts = Said::default();
    let state = match &read {
        Read::Good(customer) => {
            let segments = customer.segments.iter().filter_map(|(name, until)| {
                Some(format!("segment `{name}` before {} {zone}", at((*until)?)))
            });
            facts.meaning.extend(segments);
            let end = customer.expires_at.map(|end| format!("the row ends {} {zone}", at(end)));
            facts.meaning.extend(end);
            RowState::Good
        }
        Read::Disabled(_) => RowState::Disabled,
        Read::Bad => RowState::NotUsed,
    };
    Verdict::new(state, None, &findings.iter().collect::<Vec<_>>(), facts)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use serde_json::{Value as Json, json};

    use super::super::text::MAX_CHARACTERS;
    use super::*;
    use crate::hours::Zone;
    use crate::rows::row_from_json;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 1, 30, 0).unwrap()
    }

    #[test]
    fn customers() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let defaults =
            Defaults { time_zone: zone, holiday_country: None, customers: true, assignments: true };
        for (row, expected) in [
            (json!({ "ClientUserId": "u", "Segments": ["vip"] }), "ok"),
            (
                json!({ "ClientUserId": "u", "Segments": { "vip": "2027-06-30" } }),
                "ok; segment `vip` before Thu 2027-07-01 00:00 Asia/Seoul",
            ),
            (
                json!({ "ClientUserId": "u", "Segmets": ["vip"] }),
                "NOT USED: `Segmets`: is nearly an attribute of ours",
            ),
        ] {
            let row = row_from_json(row.as_object().unwrap().clone());
            let text = verdict_of_customer(&row, &defaults, now()).text(now(), zone);
            assert!(text.starts_with(expected), "{text}");
            assert!(text.ends_with("; checked 2026-11-24 10:30 Asia/Seoul"), "{text}");
        }
        let long = "x".repeat(3_000);
        let row: Json = json!({ "ClientUserId": "u", "Segments": { (long): "2027-06-30" } });
        let row = row_from_json(row.as_object().unwrap().clone());
        let text = verdict_of_customer(&row, &defaults, now()).text(now(), zone);
        assert!(text.chars().count() < 2 * MAX_CHARACTERS);
    }
}
