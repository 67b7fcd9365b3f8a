//! Good values as keyboards and spreadsheets change them, and hostile ones.

use routing::rows::Value;
use testing_basics::Dice;
use unicode_normalization::UnicodeNormalization;

/// What texts of an attribute are: only names may be typed in other letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Text {
    Name,
    Id,
    /// A user's id: in another case, it is another user's.
    User,
    /// The key of a row, in any letters.
    Key,
    /// The key of a customer's row, with stray characters alone.
    UserKey,
    /// Hours, dates and zones.
    Time,
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
            ' ' => '\u{3000}',
            other => other,
        })
        .collect()
}

/// One text as somebody types it.
fn text(text: &str, kind: Text, dice: &mut Dice) -> String {
    let ways = match kind {
        Text::UserKey => 4,
        Text::User => 9,
        Text::Id | Text::Key => 10,
        Text::Name | Text::Time => 15,
    };
    match dice.below(ways) {
        0 => format!("{text} "),
        1 => format!("\u{a0}{text}\u{3000}"),
        2 => format!("\u{feff}{text}"),
        3 => text.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        4 => format!("\"{text}\""),
        5 => format!("{text};"),
        6 => text.to_owned(),
        7 => text.nfd().collect::<String>().replace(' ', " \u{a0} "),
        8 => full_width(text),
        9 => text.to_uppercase(),
        10 => text.replace('-', dice.one(&["–", "~", "～", "—", "−", " - "])),
        11 => text.replace(':', dice.one(&[".", "：", ""])),
        12 => text.replace("..", dice.one(&["~", " - ", "...", "…", " to "])),
        13 => text.replace("; ", dice.one(&["\n", ";", ", ", "；"])),
        _ => text.to_lowercase(),
    }
}

/// A value as somebody types it.
pub(crate) fn typed(value: &Value, kind: Text, dice: &mut Dice) -> Value {
    // A key is never of another kind in DynamoDB.
    if let (Text::Key | Text::UserKey, Value::Text(own)) = (kind, value) {
        return Value::Text(text(own, kind, dice));
    }
    if dice.below(12) == 0 {
        return hostile(value, dice);
    }
    match value {
        Value::Text(own) => match dice.below(8) {
            0 => Value::List(vec![Value::Text(text(own, kind, dice))]),
            1 => Value::Set(vec![Value::Text(text(own, kind, dice))]),
            _ => Value::Text(text(own, kind, dice)),
        },
        Value::Bool(own) => match dice.below(4) {
            0 => Value::List(vec![value.clone()]),
            1 => Value::Number(u8::from(*own).to_string()),
            _ => Value::Text(text(&own.to_string(), kind, dice)),
        },
        Value::Number(number) => match dice.below(6) {
            0 => Value::Text(number.clone()),
            1 => Value::Text(text(number, Text::Time, dice)),
            2 => Value::Number(format!("{number}.0")),
            3 => Value::List(vec![value.clone()]),
            4 => Value::Number(format!("-{number}")),
            _ => value.clone(),
        },
        Value::List(entries) | Value::Set(entries) => {
            let each: Vec<Value> = entries.iter().map(|entry| typed(entry, kind, dice)).collect();
            // Whoever leaves an entry out of one text means the others alone.
            let is_there = |text: &&str| !text.trim().is_empty();
            let texts: Vec<&str> =
                each.iter().filter_map(Value::as_text).filter(is_there).collect();
            let separator = dice.one(&[",", "，", ";", "；", "、", "\n", ", ", "\t", "/"]);
            match dice.below(8) {
                0 => Value::Set(each),
                1 if texts.len() == each.len() => Value::Text(texts.join(separator)),
                2 if texts.len() == each.len() => {
                    Value::List(vec![Value::Text(texts.join(separator))])
                }
                3 if texts.len() == each.len() => {
                    Value::Text(serde_json::to_string(&texts).unwrap())
                }
                4 => Value::List([each, vec![Value::Null]].concat()),
                5 => Value::List(vec![Value::List(each)]),
                _ => Value::List(each),
            }
        }
        Value::Map(map) => {
            let mut changed = std::collections::BTreeMap::new();
            for (name, value) in map {
                let name = if dice.below(3) == 0 { text(name, kind, dice) } else { name.clone() };
                let value =
                    if dice.below(2) == 0 { typed(value, kind, dice) } else { value.clone() };
                changed.insert(name, value);
            }
            match dice.below(10) {
                0 => Value::List(vec![Value::Map(changed)]),
                1 => Value::List(changed.into_keys().map(Value::Text).collect()),
                _ => Value::Map(changed),
            }
        }
        other => other.clone(),
    }
}

/// What nobody means.
fn hostile(value: &Value, dice: &mut Dice) -> Value {
    let many = 10_usize.pow(1 + u32::try_from(dice.below(3)).unwrap());
    match dice.below(11) {
        0 => Value::Null,
        1 => Value::Text(String::new()),
        2 => Value::Bool(true),
        3 => Value::Binary,
        4 => (0..many).fold(value.clone(), |inner, _| Value::List(vec![inner])),
        5 => (0..many).fold(value.clone(), |inner, _| Value::Map([("a".to_owned(), inner)].into())),
        6 => Value::List(vec![value.clone(); many]),
        7 => Value::Text("[".repeat(many)),
        8 => Value::Text(format!("{} ", value.shown()).repeat(many)),
        9 => Value::List(vec![]),
        _ => Value::Map(Default::default()),
    }
}
