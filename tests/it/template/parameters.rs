//! What a parameter takes, the settings take.

use std::collections::BTreeSet;

use desk_router::settings::Settings;
use regex::Regex;
use routing::hours::{Country, Zone};

use super::{resource, template, text};

/// The values of a parameter's list.
fn allowed_values(parameter: &str) -> BTreeSet<String> {
    let values = template()["Parameters"][parameter]["AllowedValues"].clone();
    values.as_sequence().unwrap().iter().map(text).collect()
}

/// The lists are those of the code: otherwise a zone or country would be refused that works, or the
/// other way round.
#[test]
fn zones_and_countries_are_those_that_the_code_knows() {
    let zones: BTreeSet<String> = Zone::names().map(str::to_owned).collect();
    assert_eq!(allowed_values("TimeZone"), zones);
    let countries: BTreeSet<String> = Country::codes().chain([""]).map(str::to_owned).collect();
    assert_eq!(allowed_values("HolidayCountry"), countries);
}

/// What a parameter's own rules take, the settings take: a deploy that goes through starts.
#[test]
fn no_parameter_takes_what_the_settings_refuse() {
    let template = template();
    let parameters = template["Parameters"].as_mapping().unwrap();
    let function = resource("WebhookFunction");
    let variables = function["Environment"]["Variables"].as_mapping().unwrap();
    let starts = |name: &str, value: &str| {
        let read = |asked: &str| match asked {
            _ if asked == name => Some(value.to_owned()),
            "RULES_TABLE" | "AGENTS_TABLE" => Some("t".to_owned()),
            "SDK_APP_IDS" => Some("1400000000".to_owned()),
            "CALLBACK_TOKENS" if name != "CALLBACK_TOKENS_PARAMETER" => Some("token".to_owned()),
            "ALLOW_UNAUTHENTICATED" => Some("true".to_owned()),
            _ => None,
        };
        Settings::read(read).map(drop).map_err(|error| error.to_string())
    };
    let fixed = [
        "Asia/Seol",
        "asia/seoul",
        "KR",
        "kr",
        "XX",
        "DE-BY",
        "DE-XX",
        "0.0.0.0/0",
        "::/0",
        "/33",
        "30.5",
        "10.0.0.0/33",
        "10.0.0.0/032",
        "010.0.0.1",
        "1.2.3",
        "256.1.1.1",
        "::ffff:1.2.3.4/96",
        "2001:db8::/32",
        "2001:db8::/129",
        "2001:db8:0:0:0:0:0:0/64",
        "1:2:3:4:5:6:7::",
        "1:2:3:4:5:6:7:8:9",
        "12345678901234567890123",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999",
        "0",
        "1",
        "00",
        "01400000000",
        "-1",
        "+1",
        " ",
        "",
        ",",
        "1,,2",
        "1, 2",
        "a,b",
        "86400",
        "86401",
        "299",
        "300",
        "1700",
        "1701",
        "1200.0",
        "1e3",
        "9223372036854775807",
        "9223372036854775808",
        "true",
        "false",
        "TRUE",
        "yes",
        "/desk-router/tokens",
        "tokens",
        "/a//b",
        "abcdefgh12345678",
        "10.0.0.0/8, 2001:db8::/32",
        "0f",
        "0F",
    ];
    let hash = "0f".repeat(32);
    let mut random = fastrand::Rng::with_seed(20_261_130);
    let letters: Vec<char> = "0123456789abcfF./:,- ".chars().collect();
    let (mut tried, mut taken) = (0, 0);
    for (variable, parameter) in variables {
        let (variable, parameter) = (text(variable), text(parameter));
        let Some(spec) = parameters.get(&parameter) else { continue };
        let pattern = spec.get("AllowedPattern").map(|pattern| Regex::new(&text(pattern)).unwrap());
        let listed = spec.get("AllowedValues").map(|_| allowed_values(&parameter));
        let takes = |value: &str| {
            let is_within = spec
                .get("MaxLength")
                .is_none_or(|most| value.len() <= text(most).parse::<usize>().unwrap());
            pattern.as_ref().is_none_or(|pattern| pattern.is_match(value))
                && listed.as_ref().is_none_or(|listed| listed.contains(value))
                && is_within
        };
        assert!(pattern.is_some() || listed.is_some(), "{parameter} takes anything");
        let mut values: Vec<String> = fixed.iter().map(|value| (*value).to_owned()).collect();
        values.extend([
            hash.clone(),
            hash.to_uppercase(),
            format!("{hash},{hash}"),
            hash.repeat(2),
        ]);
        values.extend(listed.iter().flatten().cloned());
        // Mutations of good values come closest to what a pattern takes wrongly.
        for _ in 0..20_000 {
            let mut value: Vec<char> =
                random.choice(&values[..fixed.len() + 4]).unwrap().chars().collect();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(0..=value.len());
                match random.u8(0..3) {
                    0 if at < value.len() => drop(value.remove(at)),
                    1 if at < value.len() => value[at] = *random.choice(&letters).unwrap(),
                    _ => value.insert(at, *random.choice(&letters).unwrap()),
                }
            }
            values.push(value.into_iter().collect());
        }
        let mut of_this = 0;
        for value in values.iter().filter(|value| takes(value)) {
            let started = starts(&variable, value);
            assert_eq!(started, Ok(()), "{parameter} takes `{value}`");
            of_this += 1;
        }
        assert!(of_this > 0, "nothing of {parameter} was tried");
        (tried, taken) = (tried + values.len(), taken + of_this);
    }
    println!("{tried} values, {taken} taken");
}
