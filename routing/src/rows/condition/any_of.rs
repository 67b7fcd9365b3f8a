//! The condition that holds other conditions: any of several maps will do.

mod typed;

use std::any::Any;

use chrono::{DateTime, Utc};

use super::entries::is_each_in;
use super::kind::{Asked, Compared, Condition, Holds, Kind};
use super::listed::{FromRow, Listed, RuleContext, ValueKind, read_listed};
use super::reach::Reach;
use super::time::check_validity;
use crate::hours::Zone;
use crate::packed::packed_wrapper;
use crate::rows::reader::{Empty, RowReader};
use crate::rows::value::Value;

/// Most maps.
const MAX_MAPS: usize = 100;

/// `AnyOf`: all conditions of one of these maps hold.
#[derive(Debug, Clone)]
pub(super) struct AnyOf(Vec<Vec<Condition>>);

packed_wrapper!(AnyOf);

impl FromRow for AnyOf {
    const VALUE_KIND: ValueKind = ValueKind::Maps;
    const NAMES_USERS: bool = true;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        const EXPECTED: &str = "expected a list (L) of maps (M) of conditions; write such as \
            `[{\"Platforms\": [\"iOS\"]}, {\"Segments\": [\"vip\"]}]`";
        let maps = match reader.value(attribute, Empty::IsError)? {
            Value::List(maps) if !maps.iter().any(|map| matches!(map, Value::Text(_))) => {
                maps.as_slice()
            }
            other => {
                let told = typed::instead(attribute, other);
                reader.error(attribute, told.unwrap_or_else(|| EXPECTED.to_owned()));
                return None;
            }
        };
        if maps.len() > MAX_MAPS {
            let message =
                format!("has {} maps, and at most {MAX_MAPS} are allowed; write fewer", maps.len());
            reader.error(attribute, message);
            return None;
        }
        let mut any = Vec::with_capacity(maps.len());
        let mut good = true;
        for (place, map) in maps.iter().enumerate() {
            let map = match map {
                Value::Map(map) if !map.is_empty() => map,
                Value::Map(_) | Value::Null => {
                    let message = format!(
                        "map {} is empty, and would hold for everybody; write a condition into it, \
                        or remove it",
                        place + 1
                    );
                    reader.error(attribute, message);
                    good = false;
                    continue;
                }
                other => {
                    reader.error_at(attribute, &other.shown(), EXPECTED);
                    good = false;
                    continue;
                }
            };
            if let Some(nested) = map.keys().find(|name| holds_maps(reading.listed, name)) {
                let message = format!(
                    "map {} holds `{nested}` itself, which is not possible; write its maps into \
                    the list here",
                    place + 1
                );
                reader.error(attribute, message);
                good = false;
                continue;
            }
            let mut inner = reader.inside(attribute, place, map);
            let conditions = read_listed(&mut inner, reading);
            check_validity(&mut inner, reading.zone);
            good &= !conditions.is_empty();
            any.push(conditions);
            reader.take_findings(inner);
        }
        good.then_some(Self(any))
    }
}

impl AnyOf {
    fn all(&self) -> impl Iterator<Item = &Condition> {
        self.0.iter().flatten()
    }

    /// What `say` says of each condition, with its name.
    fn each(&self, say: impl Fn(&dyn Kind) -> Option<String>) -> Option<String> {
        let said = self.all().filter_map(|condition| {
            Some(format!("`{}`: {}", condition.attribute, say(condition.test.kind())?))
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join(", "))
    }
}

/// Whether the attribute holds maps of other conditions.
fn holds_maps(all: &[Listed], attribute: &str) -> bool {
    all.iter().any(|listed| listed.value_kind == ValueKind::Maps && listed.is(attribute))
}

/// Whether all conditions of the map `other` hold whenever all of `own` do.
pub(crate) fn is_map_within<'c>(
    own: impl IntoIterator<Item = &'c Condition> + Clone,
    other: &[Condition],
) -> bool {
    let is_implied =
        |wanted: &Condition| own.clone().into_iter().any(|condition| condition.implies(wanted));
    other.iter().all(is_implied)
}

/// Whether all hold. What does not hold decides, whatever else is unknown.
fn all_hold(conditions: &[Condition], asked: &Asked<'_>) -> Holds {
    let mut all = Holds::Yes;
    for condition in conditions {
        match (condition.holds(asked), all) {
            (Holds::No, _) => return Holds::No,
            (Holds::Yes, _) | (Holds::Unknown, Holds::NeedsCustomer) => {}
            (unknown, _) => all = unknown,
        }
    }
    all
}

impl Kind for AnyOf {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        let mut any = Holds::No;
        for conditions in &self.0 {
            match (all_hold(conditions, asked), any) {
                (Holds::Yes, _) => return Holds::Yes,
                (Holds::No, _) | (Holds::Unknown, Holds::NeedsCustomer) => {}
                (unknown, _) => any = unknown,
            }
        }
        any
    }

    /// Which map holds, else which may; a trace shows what is in them.
    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let first = |wanted: &[Holds]| {
            let mut maps = self.0.iter();
            maps.position(|map| wanted.contains(&all_hold(map, asked))).map(|place| place + 1)
        };
        let found = match first(&[Holds::Yes]) {
            Some(place) => format!("map {place}"),
            None => match first(&[Holds::Unknown, Holds::NeedsCustomer]) {
                Some(place) => format!("map {place} unknown"),
                None => "none".to_owned(),
            },
        };
        let expected = match self.0.len() {
            1 => "its map".to_owned(),
            many => format!("one of its {many} maps"),
        };
        Compared { expected, found }
    }

    fn needs_customer(&self) -> bool {
        self.all().any(|condition| condition.test.kind().needs_customer())
    }

    fn needs_address(&self) -> bool {
        self.all().any(|condition| condition.test.kind().needs_address())
    }

    fn splits_users(&self) -> bool {
        self.all().any(|condition| condition.test.kind().splits_users())
    }

    fn may_hold(&self, negated: bool, asked: &Asked<'_>) -> bool {
        let may = |condition: &Condition, opposite: bool| {
            condition.test.kind().may_hold(condition.negated != opposite, asked)
        };
        if negated {
            self.0.iter().all(|map| map.iter().any(|condition| may(condition, true)))
        } else {
            self.0.iter().any(|map| map.iter().all(|condition| may(condition, false)))
        }
    }

    fn is_of_time(&self) -> bool {
        self.all().all(|condition| condition.test.kind().is_of_time())
    }

    fn changes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        self.all().flat_map(|condition| condition.test.kind().changes(from, until)).collect()
    }

    fn reach(&self) -> Reach<'_> {
        let narrowest = |conditions: &'_ [Condition]| -> Option<usize> {
            let widths = conditions.iter().map(|condition| condition.reach().width());
            widths.enumerate().min_by_key(|(_, width)| *width).map(|(place, _)| place)
        };
        let mut reaches = Vec::with_capacity(self.0.len());
        for conditions in &self.0 {
            let Some(place) = narrowest(conditions) else { return Reach::Anyone };
            let Some(reach) = conditions.get(place).map(Condition::reach) else {
                return Reach::Anyone;
            };
            if reach == Reach::Anyone {
                return Reach::Anyone;
            }
            reaches.push(reach);
        }
        Reach::Any(reaches)
    }

    fn maps(&self) -> &[Vec<Condition>] {
        &self.0
    }

    fn never_holds(&self, negated: bool, now: DateTime<Utc>) -> Option<&'static str> {
        let never = |condition: &Condition| {
            condition.test.kind().never_holds(condition.negated, now).is_some()
        };
        let vain = !negated && self.0.iter().all(|conditions| conditions.iter().any(never));
        vain.then_some(
            "can never hold: each of its maps has a condition that never does; change them, or \
            disable the rule",
        )
    }

    fn meaning(&self, zone: Zone) -> Option<String> {
        self.each(|kind| kind.meaning(zone))
    }

    fn at(&self, now: DateTime<Utc>) -> Option<String> {
        self.each(|kind| kind.at(now))
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| {
            is_each_in(&self.0, &other.0, |own, other| is_map_within(own, other))
        })
    }
}

#[cfg(test)]
mod tests;
