//! A rule's conditions, compared with a request word by word. `None` = nobody can say, because the
//! customer could not be read.

use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, NaiveDate};
use routing::hash::SplitKey;
use serde_json::{Map, Value};

use super::clock::{at, instant};
use super::hours::{is_open_for_rule, minute};
use super::world::{Request, World};

/// Whether all of a map's conditions hold; what is no condition is passed over.
pub(crate) fn all_hold(
    world: &World,
    rule: &Value,
    conditions: &Map<String, Value>,
    request: &Request,
) -> Option<bool> {
    let mut all = Some(true);
    for (name, value) in conditions {
        let (name, negated) = match name.strip_prefix("Not") {
            Some(name) if name != "es" => (name, true),
            _ => (name.as_str(), false),
        };
        let Some(holds) = holds(world, rule, name, value, request) else { continue };
        match holds.map(|holds| holds != negated) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

/// Whether one holds; the outer `None` = it is no condition.
fn holds(
    world: &World,
    rule: &Value,
    name: &str,
    value: &Value,
    request: &Request,
) -> Option<Option<bool>> {
    let zone = rule["TimeZone"].as_str().unwrap_or(world.zone);
    let entries: Vec<String> = value.as_array().into_iter().flatten().map(text).collect();
    let has = |own: &str| entries.iter().any(|entry| entry == own);
    let user = request.user.as_str();
    let of_customer = |test: &dyn Fn(&Value) -> bool| match &request.customer {
        Err(_) => None,
        Ok(None) => Some(false),
        Ok(Some(customer)) => Some(test(customer)),
    };
    Some(match name {
        "Platforms" => {
            let own = platform(request.platform.unwrap_or("Unknown"));
            Some(entries.iter().any(|entry| platform(entry) == own))
        }
        "ClientUserIds" => Some(has(user)),
        "ClientUserIdPrefixes" => Some(entries.iter().any(|entry| user.starts_with(entry))),
        "ClientUserIdPattern" => Some(matches(value.as_str().unwrap(), user)),
        "ClientIps" => {
            let address = request.address.and_then(|text| text.parse().ok());
            Some(address.is_some_and(|own| entries.iter().any(|range| is_in(own, range))))
        }
        "CustomerServiceIds" => Some(request.account.is_some_and(has)),
        "SdkAppIds" => Some(has(&request.app.to_string())),
        "Percent" => {
            let key = rule["PercentKey"].as_str().or(rule["RuleId"].as_str()).unwrap();
            Some(SplitKey::new(key).place(user) < value.as_f64().unwrap())
        }
        "ValidFrom" => Some(moment(value, zone, false) <= request.now),
        "ValidUntil" => Some(request.now < moment(value, zone, true)),
        "Hours" => Some(is_open_for_rule(world, rule, value, request.now)),
        "Segments" => of_customer(&|customer| {
            entries.iter().any(|name| in_segment(world, customer, name, request.now))
        }),
        "Languages" => of_customer(&|customer| {
            let own = language(customer["Language"].as_str().unwrap_or("-"));
            entries
                .iter()
                .map(|entry| language(entry))
                .any(|entry| own == entry || own.starts_with(&format!("{entry}-")))
        }),
        "Customer" => of_customer(&|customer| {
            value.as_object().unwrap().iter().all(|(name, asked)| is_like(asked, &customer[name]))
        }),
        "AnyOf" => {
            let maps = value.as_array().unwrap().iter();
            let each: Vec<Option<bool>> =
                maps.map(|map| all_hold(world, rule, map.as_object().unwrap(), request)).collect();
            if each.contains(&Some(true)) {
                Some(true)
            } else if each.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        _ => return None,
    })
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn platform(typed: &str) -> String {
    match typed.to_lowercase().as_str() {
        "macos" => "mac".to_owned(),
        other => other.to_owned(),
    }
}

fn language(typed: &str) -> String {
    typed.to_lowercase().replace('_', "-")
}

/// The patterns that worlds use, each with what it means.
pub(crate) const PATTERNS: [&str; 6] =
    ["[0-9]+", "corp-.*", "u[12]", ".*-vip", "ann|corp-7", "u.?"];

fn matches(pattern: &str, user: &str) -> bool {
    match pattern {
        "[0-9]+" => !user.is_empty() && user.chars().all(|c| c.is_ascii_digit()),
        "corp-.*" => user.starts_with("corp-"),
        "u[12]" => user == "u1" || user == "u2",
        ".*-vip" => user.ends_with("-vip"),
        "ann|corp-7" => user == "ann" || user == "corp-7",
        "u.?" => user.starts_with('u') && user.chars().count() <= 2,
        other => panic!("{other}"),
    }
}

/// All bits of an address, IPv4 as mapped into IPv6.
fn bits(address: IpAddr) -> u128 {
    u128::from(match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped(),
        IpAddr::V6(v6) => v6,
    })
}

fn is_in(own: IpAddr, range: &str) -> bool {
    let (address, length) = match range.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u32>().unwrap())),
        None => (range, None),
    };
    let address: IpAddr = address.parse().unwrap();
    let length = match (address, length) {
        (IpAddr::V4(_), Some(length)) => length + 96,
        (IpAddr::V6(_), Some(length)) => length,
        (_, None) => 128,
    };
    // `::/0` is all of IPv6 and nothing of IPv4, however written.
    let is_v4 = |address: IpAddr| match address {
        IpAddr::V4(_) => true,
        IpAddr::V6(v6) => Ipv6Addr::to_ipv4_mapped(&v6).is_some(),
    };
    is_v4(own) == is_v4(address)
        && (0..length).all(|bit| (bits(own) ^ bits(address)) >> (127 - bit) & 1 == 0)
}

/// A date or time in a row; a date as an end is over with the day.
pub(crate) fn moment(value: &Value, zone: &str, is_end: bool) -> i64 {
    let text = value.as_str().unwrap();
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return exact.timestamp().div_euclid(60);
    }
    let (date, time) =
        text.split_once(' ').unwrap_or((text, if is_end { "24:00" } else { "00:00" }));
    let date: NaiveDate = date.parse().unwrap();
    instant(zone, at(date, minute(time)))
}

fn in_segment(world: &World, customer: &Value, name: &str, now: i64) -> bool {
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    match &customer["Segments"] {
        Value::Array(names) => names.iter().any(|other| same(other.as_str().unwrap())),
        Value::Object(names) => {
            names.iter().any(|(other, until)| same(other) && now < moment(until, world.zone, true))
        }
        _ => false,
    }
}

/// Whether one of a customer's values is one of those asked for.
fn is_like(asked: &Value, own: &Value) -> bool {
    let asked = asked.as_array().cloned().unwrap_or_else(|| vec![asked.clone()]);
    let own = match own {
        Value::Null => Vec::new(),
        Value::Array(values) => values.clone(),
        value => vec![value.clone()],
    };
    asked.iter().any(|asked| own.iter().any(|own| is_same(asked, own)))
}

fn is_same(asked: &Value, own: &Value) -> bool {
    let number = |value: &Value| text(value).parse::<f64>().ok();
    if let Some(asked) = asked.as_str() {
        for (sign, test) in [
            (">= ", (|a, b| a >= b) as fn(f64, f64) -> bool),
            ("<= ", |a, b| a <= b),
            ("> ", |a, b| a > b),
            ("< ", |a, b| a < b),
        ] {
            if let Some(limit) = asked.strip_prefix(sign) {
                return number(own).is_some_and(|own| test(own, limit.parse().unwrap()));
            }
        }
    }
    if asked.is_number() || own.is_number() {
        return number(asked).is_some() && number(asked) == number(own);
    }
    text(asked).to_lowercase() == text(own).to_lowercase()
}
