//! Worlds out of numbers.

use chrono::TimeDelta;

use super::clock::{ZONES, day};
use super::maker::{AGENTS, CALENDARS, COUNTRIES, Maker};
use super::world::World;
use testing_basics::Dice;

/// Days near changes of clocks, holidays, and the end of a year of 53 weeks.
const DAYS: [(i32, u32, u32); 11] = [
    (2026, 10, 24),
    (2026, 10, 31),
    (2026, 11, 25),
    (2026, 12, 24),
    (2026, 12, 31),
    (2027, 1, 3),
    (2027, 2, 6),
    (2027, 3, 13),
    (2027, 3, 27),
    (2027, 4, 3),
    (2027, 2, 28),
];

/// The world of a seed.
pub(crate) fn world(seed: u64) -> World {
    let mut dice = Dice::new(seed);
    let (year, month, number) = DAYS[dice.below(DAYS.len())];
    let base = if dice.percent(60) {
        day(year, month, number)
    } else {
        day(2026, 10, 20) + TimeDelta::days(i64::try_from(dice.below(165)).unwrap())
    };
    let mut make = Maker { dice, base };
    let zone = make.dice.one(&ZONES);
    let calendars = CALENDARS.map(|id| make.calendar(id.trim_start_matches('@')));
    let agents = AGENTS[..5].iter().map(|id| make.agent(id)).collect();
    // Now and then so many that rules are left out by the clock.
    let most = if make.dice.percent(10) { 90 } else { 8 };
    let rules = (0..1 + make.dice.below(most)).map(|n| make.rule(n)).collect();
    World {
        zone,
        country: make.dice.one(&COUNTRIES),
        default_group: make.dice.percent(50).then_some(9),
        rules,
        agents,
        calendars: calendars.into(),
        requests: (0..6).map(|_| make.request(zone)).collect(),
    }
}
