//! Makes rows out of numbers: JSON with every attribute.

pub(crate) mod requests;
pub(crate) mod rules;

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};

use super::clock::ZONES;
use testing_basics::Dice;

pub(crate) const COUNTRIES: [&str; 3] = ["KR", "DE", "US"];
const USERS: [&str; 8] = ["u1", "u2", "u22", "corp-7", "corp-8-vip", "ann", "42", "U1"];
const PLATFORMS: [&str; 6] = ["iOS", "Web", "macOS", "ipad", "ANDROID", "Unknown"];
pub(crate) const AGENTS: [&str; 6] = ["a1", "a2", "a3", "a4", "a5", "gone"];
const ROSTERS: [&str; 4] = ["support", "Night Crew", "vip", "nobody-on-it"];
const SKILLS: [&str; 3] = ["billing", "returns", "korean"];
const GROUPS: [i64; 3] = [6521, 6522, 6523];
const HOURS: [&str; 20] = [
    "Mo-Fr 09:00-18:00",
    "Mo-Su 22:00-06:00",
    "Fr,Sa 20:00-26:00",
    "Mo-Fr 09:00-12:00,13:00-18:00; PH off",
    "Mo-Su 08:00-20:00; Sa 10:00-14:00; Su off",
    "24/7",
    "24/7; PH off",
    "Sa,Su,PH 10:00-16:00",
    "PH Mo-Fr 10:00-12:00",
    "00:00-24:00",
    "06:00-14:00",
    "Fr-Mo 14:00-22:00",
    "Nov-Jan 10:00-19:00; Sa-Su off",
    "Mo-Fr 09:00-17:00; week 50-53 10:00-12:00",
    "week 01-08 Mo-Th 09:30-23:30",
    "Mo-Su 23:00-01:30; PH off",
    "Su 01:00-04:00",
    "Tu,Th 00:00-24:00",
    "Mar-Oct Mo-Fr 07:00-19:00; Dec 12:00-15:00",
    "Mo-Th 18:00-08:00; Fr 18:00-24:00; PH 00:00-12:00",
];
const SPECIAL: [&str; 6] =
    ["off", "09:00-22:00", "22:00-06:00", "00:00-24:00", "13:00-14:00", "24/7"];
pub(crate) const CALENDARS: [&str; 3] = ["@c1", "@c2", "@c3"];
/// What rows are made with.
pub(crate) struct Maker {
    pub(crate) dice: Dice,
    /// The day that dates in the rows are near.
    pub(crate) base: NaiveDate,
}

impl Maker {
    fn date(&mut self) -> NaiveDate {
        self.base + TimeDelta::days(i64::try_from(self.dice.below(9)).unwrap() - 4)
    }

    /// `2026-12-24..2026-12-26`
    fn dates(&mut self) -> String {
        let first = self.date();
        let last = first + TimeDelta::days(i64::try_from(self.dice.below(3)).unwrap());
        if first == last { first.to_string() } else { format!("{first}..{last}") }
    }

    fn moment(&mut self) -> String {
        let date = self.date();
        match self.dice.below(4) {
            0 => format!("{date} 13:00"),
            1 => format!("{date} 02:30"),
            2 => format!("{date}T09:30:00+09:00"),
            _ => date.to_string(),
        }
    }

    fn zone_and_country(&mut self, row: &mut Map<String, Value>) {
        if self.dice.percent(40) {
            row.insert("TimeZone".into(), self.dice.one(&ZONES).into());
        }
        if self.dice.percent(30) {
            row.insert("HolidayCountry".into(), self.dice.one(&COUNTRIES).into());
        }
    }

    /// Weeks and special dates, of agents and calendars.
    fn exceptions(&mut self, row: &mut Map<String, Value>) {
        if self.dice.percent(25) {
            row.insert("EveryWeeks".into(), (2 + self.dice.below(3)).into());
            row.insert("FirstWeek".into(), self.date().to_string().into());
        }
        if self.dice.percent(35) {
            let mut special = Map::new();
            for _ in 0..=self.dice.below(2) {
                special.insert(self.date().to_string(), self.dice.one(&SPECIAL).into());
            }
            row.insert("SpecialDates".into(), special.into());
        }
    }

    fn hours(&mut self, with_calendars: bool) -> Value {
        let mut one = || {
            if with_calendars && self.dice.percent(40) {
                self.dice.one(&CALENDARS)
            } else {
                self.dice.one(&HOURS)
            }
        };
        let (first, second) = (one(), one());
        if self.dice.percent(30) && first != second { json!([first, second]) } else { json!(first) }
    }

    pub(crate) fn calendar(&mut self, id: &str) -> Value {
        let mut row = Map::new();
        row.insert("CalendarId".into(), id.into());
        row.insert("Hours".into(), self.hours(false));
        self.zone_and_country(&mut row);
        self.exceptions(&mut row);
        if self.dice.percent(40) {
            let mut closed = Vec::new();
            for _ in 0..=self.dice.below(2) {
                let date = self.date();
                closed.push(match self.dice.below(5) {
                    0 => self.dates(),
                    1 => date.format("%m-%d").to_string(),
                    2 => {
                        let last = date + TimeDelta::days(2);
                        format!("{}..{}", date.format("%m-%d"), last.format("%m-%d"))
                    }
                    3 => format!("{} 13:00..18:00", date.format("%m-%d")),
                    _ => format!("{date} {}", self.dice.one(&["01:00..03:30", "09:00..24:00"])),
                });
            }
            closed.dedup();
            row.insert("ClosedDates".into(), json!(closed));
        }
        row.into()
    }

    pub(crate) fn agent(&mut self, id: &str) -> Value {
        let mut row = Map::new();
        row.insert("AgentId".into(), id.into());
        self.zone_and_country(&mut row);
        let rosters = self.dice.some(&ROSTERS[..3]);
        let rosters = if self.dice.percent(40) {
            let tiers =
                rosters.iter().map(|name| ((*name).into(), (1 + self.dice.below(3)).into()));
            Value::Object(tiers.collect())
        } else {
            json!(rosters)
        };
        row.insert("Rosters".into(), rosters);
        let skills = self.dice.some(&SKILLS);
        let skills = if self.dice.percent(60) {
            let levels =
                skills.iter().map(|name| ((*name).into(), (1 + self.dice.below(5)).into()));
            Value::Object(levels.collect())
        } else {
            json!(skills)
        };
        row.insert("Skills".into(), skills);
        if self.dice.percent(30) {
            row.insert("Tier".into(), (1 + self.dice.below(3)).into());
        }
        if self.dice.percent(30) {
            row.insert("Weight".into(), (self.dice.below(3) * 50).into());
        }
        if self.dice.percent(60) {
            row.insert("Shifts".into(), self.hours(true));
        }
        self.exceptions(&mut row);
        if self.dice.percent(25) {
            let date = self.date();
            let away = match self.dice.below(5) {
                0 => format!("{date} 13:00..18:00"),
                1 => format!("{date}.."),
                2 => format!("{date} 08:00..{} 02:30", date + TimeDelta::days(1)),
                3 => format!("..{date}"),
                _ => self.dates(),
            };
            row.insert("Away".into(), json!([away]));
        }
        if self.dice.percent(20) {
            let group = self.dice.below(2);
            row.insert("OnlyWithGroups".into(), json!(GROUPS[group..]));
        }
        self.unused(&mut row);
        row.into()
    }

    /// Now and then a row that is disabled, or in error.
    fn unused(&mut self, row: &mut Map<String, Value>) {
        match self.dice.below(20) {
            0 => row.insert("Enabled".into(), false.into()),
            1 => row.insert("Bad".into(), "an attribute that nothing knows".into()),
            _ => None,
        };
    }
}
