//! Rules with every condition and target.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{AGENTS, GROUPS, Maker, PLATFORMS, ROSTERS, USERS};
use crate::conditions::PATTERNS;
use testing_basics::Dice;

/// Twenty conditions of a seed, each as a rule of its own, and its negation as the next rule.
/// Dates in them are near `base`.
pub(crate) fn pairs(seed: u64, base: NaiveDate) -> Vec<Value> {
    let mut make = Maker { dice: Dice::new(seed), base };
    let mut rules = Vec::new();
    while rules.len() < 40 {
        let mut row = Map::new();
        make.condition(&mut row, true);
        let Some((name, value)) = row.into_iter().next() else { continue };
        let name = name.strip_prefix("Not").unwrap_or(&name).to_owned();
        let mut own = Map::new();
        make.zone_and_country(&mut own);
        for name in [name.clone(), format!("Not{name}")] {
            let n = rules.len();
            let mut row = own.clone();
            row.insert("RuleId".into(), format!("{n:02}").into());
            row.insert("Priority".into(), n.into());
            row.insert("AgentGroupId".into(), 1.into());
            // Else each rule has its own share of users.
            row.insert("PercentKey".into(), "pair".into());
            row.insert(name, value.clone());
            rules.push(row.into());
        }
    }
    rules
}

impl Maker {
    pub(crate) fn rule(&mut self, n: usize) -> Value {
        let mut row = Map::new();
        row.insert("RuleId".into(), format!("rule-{n}").into());
        row.insert("Priority".into(), json!(f64::from(self.dice.below(8) as u32) / 2.0));
        self.zone_and_country(&mut row);
        if self.dice.percent(20) {
            row.insert("PercentKey".into(), "trial".into());
        }
        for _ in 0..self.dice.below(4) {
            self.condition(&mut row, true);
        }
        let names_agents = self.dice.percent(80);
        if !names_agents || self.dice.percent(50) {
            row.insert("AgentGroupId".into(), GROUPS[self.dice.below(3)].into());
        }
        if names_agents {
            let by_id = self.dice.percent(40);
            if by_id {
                row.insert("AgentIds".into(), json!(self.dice.some(&AGENTS)));
            }
            if !by_id || self.dice.percent(50) {
                let mut rosters = self.dice.some(&ROSTERS);
                if self.dice.percent(50) {
                    rosters.reverse();
                }
                row.insert("Rosters".into(), json!(rosters));
            }
            if self.dice.percent(25) {
                row.insert("ExceptAgents".into(), json!(self.dice.some(&AGENTS)));
            }
            match self.dice.below(4) {
                0 => {
                    let skill = self.dice.one(&["billing", "returns>=3", "korean>=2"]);
                    row.insert("NeedSkills".into(), json!([skill]));
                }
                1 => {
                    row.insert("NeedSkills".into(), json!({ "billing": 1 + self.dice.below(4) }));
                }
                _ => {}
            }
            if self.dice.percent(25) {
                row.insert("MaxAgents".into(), (1 + self.dice.below(3)).into());
            }
            if self.dice.percent(30) {
                row.insert("Prefer".into(), json!(["owner"]));
            }
            if self.dice.percent(30) && row.contains_key("AgentGroupId") {
                row.insert("IfNobody".into(), self.dice.one(&["group", "next"]).into());
            }
        }
        self.unused(&mut row);
        row.into()
    }

    fn condition(&mut self, row: &mut Map<String, Value>, outermost: bool) {
        let (name, value) = match self.dice.below(if outermost { 17 } else { 15 }) {
            0 => ("Platforms", json!(self.dice.some(&PLATFORMS))),
            1 => ("ClientUserIds", json!(self.dice.some(&USERS))),
            2 => ("ClientUserIdPrefixes", json!(self.dice.some(&["u", "corp-", "u2", "4"]))),
            3 => ("ClientUserIdPattern", json!(self.dice.one(&PATTERNS))),
            4 => {
                let ranges = [
                    "203.0.113.0/24",
                    "198.51.100.7",
                    "2001:db8::/32",
                    "::ffff:203.0.113.0/121",
                    "203.0.0.0/9",
                ];
                ("ClientIps", json!(self.dice.some(&ranges)))
            }
            5 => ("CustomerServiceIds", json!(self.dice.some(&["acc1", "acc2"]))),
            6 => ("SdkAppIds", json!(self.dice.some(&["1400000001", "1400000002"]))),
            7 => ("Percent", json!([0.0, 12.5, 50.0, 90.0, 100.0][self.dice.below(5)])),
            8 => ("ValidFrom", self.moment().into()),
            9 => ("ValidUntil", self.moment().into()),
            10 | 11 => ("Hours", self.hours(true)),
            12 => ("Segments", json!(self.dice.some(&["vip", "Early Bird", "trial"]))),
            13 => ("Languages", json!(self.dice.some(&["ko", "zh", "zh-TW", "en_US"]))),
            14 => ("Customer", self.customer_condition()),
            _ => {
                let maps: Vec<Value> = (0..1 + self.dice.below(3))
                    .map(|_| {
                        let mut map = Map::new();
                        for _ in 0..1 + self.dice.below(3) {
                            self.condition(&mut map, false);
                        }
                        map.into()
                    })
                    .collect();
                ("AnyOf", maps.into())
            }
        };
        // An end before its beginning is an error.
        let from = |row: &Map<String, Value>| row.contains_key("ValidFrom");
        if name == "ValidUntil" && from(row)
            || name == "ValidFrom" && row.contains_key("ValidUntil")
        {
            return;
        }
        let not = if self.dice.percent(35) { "Not" } else { "" };
        row.insert(format!("{not}{name}"), value);
    }

    fn customer_condition(&mut self) -> Value {
        let mut asked = Map::new();
        for _ in 0..=self.dice.below(2) {
            let (name, value) = match self.dice.below(4) {
                0 => ("Plan", json!(["pro", "business"])),
                1 => ("Country", json!("kr")),
                2 => {
                    let limits = [">= 1000", "< 1000", "> 999.5", "<= 1200"];
                    ("Spend", json!(self.dice.one(&limits)))
                }
                _ => ("Spend", json!(1200)),
            };
            asked.insert(name.into(), value);
        }
        asked.into()
    }
}
