//! Rules as keyboards and spreadsheets change them: whatever was typed, no rule matches more than
//! its good original, and every finding says what to write. `TYPED_ROWS` sets how many.

use chrono::DateTime;
use testing_basics::Dice;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::hours::{Interner, Zone};
use crate::rows::Patterns;
use crate::rows::{Context, Defaults, Fact, Read, Row, Severity, Value, rule};
use crate::session::Session;

/// Rows tried, unless the variable says otherwise.
const ROWS: u64 = 20_000;

/// Attributes with good values, and whether they are names (ids otherwise).
const GOOD: &[(&str, &[&str], bool)] = &[
    ("Platforms", &["iOS", "Web"], true),
    ("Segments", &["vip", "Night Shift", "서울"], true),
    ("Languages", &["ko", "zh-TW"], true),
    ("ClientUserIds", &["u1", "u2"], false),
    ("ClientUserIdPrefixes", &["corp-", "u2"], false),
    ("CustomerServiceIds", &["acc1", "acc2"], false),
    ("SdkAppIds", &["1400000001", "1400000002"], false),
    ("ClientIps", &["203.0.113.0/24", "198.51.100.7"], false),
];

fn widened(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
            ' ' => '\u{3000}',
            other => other,
        })
        .collect()
}

/// One text as somebody types it.
fn typed(text: &str, is_name: bool, dice: &mut Dice) -> String {
    match dice.below(if is_name { 9 } else { 8 }) {
        0 => format!("{text} "),
        1 => format!("\u{a0}{text}\u{3000}"),
        2 => format!("\u{feff}{text}"),
        3 => text.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        4 => format!("\"{text}\""),
        5 => text.to_owned(),
        6 => text.nfd().collect::<String>().replace(' ', " \u{a0} "),
        7 => widened(text),
        _ => text.to_uppercase(),
    }
}

/// A good list as somebody types it.
fn mutated(entries: &[&str], is_name: bool, dice: &mut Dice) -> Value {
    let texts: Vec<String> = entries.iter().map(|entry| typed(entry, is_name, dice)).collect();
    let list = |texts: &[String]| texts.iter().cloned().map(Value::Text).collect::<Vec<_>>();
    let separator = dice.one(&[",", "，", ";", "；", "、", "\n", "\r\n", ", ", ",\n", "\t"]);
    match dice.below(14) {
        0 => Value::Set(list(&texts)),
        1 => Value::Text(texts.join(separator)),
        2 => Value::Text(format!("{}{separator}", texts.join(separator))),
        3 => Value::Text(serde_json::to_string(&texts).unwrap()),
        4 => Value::List(vec![Value::Text(texts.join(separator))]),
        5 => Value::Text(format!("[{}]", texts.join(separator))),
        6 => Value::List(vec![Value::List(list(&texts))]),
        7 => Value::Map([(texts.join(separator), Value::Bool(true))].into()),
        8 => Value::List([list(&texts), vec![Value::Null]].concat()),
        9 => Value::Text(String::new()),
        10 => Value::Null,
        11 => Value::Text(texts.join(&format!("{separator}{separator}"))),
        12 => (0..dice.below(80)).fold(Value::List(list(&texts)), |v, _| Value::List(vec![v])),
        _ => Value::List(list(&texts)),
    }
}

fn row(conditions: &[(String, Value)]) -> Row {
    let number = |n: &str| Value::Number(n.to_owned());
    let mut row = Row::from([
        ("RuleId".to_owned(), Value::Text("r".to_owned())),
        ("Priority".to_owned(), number("1")),
        ("AgentGroupId".to_owned(), number("1")),
    ]);
    row.extend(conditions.iter().cloned());
    row
}

fn sessions() -> Vec<(Session, Fact<Option<super::super::Customer>>)> {
    let mut all = Vec::new();
    for user in ["u1", "u2", "u22", "corp-1", "U1", "u3"] {
        for (platform, ip, account, app) in [
            (Some("iOS"), Some("203.0.113.9"), Some("acc1"), 1_400_000_001),
            (Some("web"), Some("198.51.100.7"), Some("acc2"), 1_400_000_002),
            (None, None, None, 7),
        ] {
            for (segment, language) in
                [("vip", "ko"), ("night shift", "zh-tw"), ("서울", "zh"), ("other", "de")]
            {
                let session = Session::new("s", user, 1, app)
                    .on_platform(platform)
                    .from_ip(ip)
                    .with_customer_service(account.map(str::to_owned));
                let customer = super::super::Customer {
                    segments: vec![(segment.to_owned(), None)],
                    language: Some(language.to_owned()),
                    ..Default::default()
                };
                all.push((session, Fact::Is(Some(customer))));
            }
        }
    }
    all
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long to try is set from outside")]
fn no_row_matches_more_than_its_good_original() {
    let rows = std::env::var("TYPED_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROWS);
    let now = DateTime::from_timestamp(1_795_608_000, 0).unwrap();
    let defaults = Defaults {
        time_zone: Zone::utc(),
        holiday_country: None,
        customers: true,
        assignments: true,
    };
    let sessions = sessions();
    let mut dice = Dice::new(1);
    let mut hours = Interner::new(now.date_naive());
    let mut read = |row: &Row| {
        let mut context =
            Context { defaults: &defaults, hours: &mut hours, patterns: &mut Patterns::default() };
        let (_, read, findings) = rule::read(row, &mut context).unwrap();
        let conditions = match read {
            Read::Good(rule) => Some(rule.conditions),
            _ => None,
        };
        (conditions, findings)
    };
    let matches = |conditions: &[Condition], place: usize| {
        let (session, customer) = &sessions[place];
        let asked = Asked { session, now, customer };
        conditions.iter().all(|condition| condition.holds(&asked) == Holds::Yes)
    };
    let (mut used, mut refused) = (0_u64, 0_u64);
    for _ in 0..rows {
        let (mut good, mut changed) = (Vec::new(), Vec::new());
        for _ in 0..=dice.below(2) {
            let (attribute, entries, is_name) = dice.one(GOOD);
            let entries = &entries[..=dice.below(entries.len())];
            let attribute = format!("{}{attribute}", dice.one(&["", "Not"]));
            let texts = entries.iter().map(|entry| Value::Text((*entry).to_owned())).collect();
            good.push((attribute.clone(), Value::List(texts)));
            changed.push((attribute, mutated(entries, is_name, &mut dice)));
        }
        let (original, findings) = read(&row(&good));
        let original = original.unwrap_or_else(|| panic!("{good:?} {findings:?}"));
        let (mutant, findings) = read(&row(&changed));
        for finding in &findings {
            let said = &finding.message;
            let todo = ["write", "remove", "did you mean", "give", "correct"];
            assert!(todo.iter().any(|word| said.contains(word)), "{changed:?} {finding}");
        }
        let Some(mutant) = mutant else {
            assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
            refused += 1;
            continue;
        };
        used += 1;
        // Ids in other letters are somebody else's, if anybody's.
        let is_told = findings.iter().any(|f| f.message.contains("not those of a keyboard"));
        for (place, session) in sessions.iter().enumerate() {
            assert!(
                is_told || !matches(&mutant, place) || matches(&original, place),
                "{changed:?} matches {:?}, and {good:?} does not",
                session
            );
        }
    }
    assert!(used > rows / 10 && refused > rows / 10, "{used} used, {refused} refused");
}
