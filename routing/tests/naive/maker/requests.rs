//! Requests, and the customers who make them.

use serde_json::{Map, Value, json};

use super::{AGENTS, Maker, PLATFORMS, USERS};
use crate::clock::{at, instant};
use crate::world::Request;

impl Maker {
    fn customer(&mut self, user: &str, zone: &str, now: i64) -> Value {
        let mut row = Map::new();
        row.insert("ClientUserId".into(), user.into());
        let segments = self.dice.some(&["VIP", "early bird", "other"]);
        let segments = if self.dice.percent(40) {
            let ends = segments.iter().map(|name| ((*name).into(), self.date().to_string().into()));
            Value::Object(ends.collect())
        } else {
            json!(segments)
        };
        row.insert("Segments".into(), segments);
        if self.dice.percent(70) {
            let language = self.dice.one(&["ko", "zh-TW", "zh_CN", "en", "en-US"]);
            row.insert("Language".into(), language.into());
        }
        if self.dice.percent(60) {
            row.insert("Owner".into(), self.dice.one(&AGENTS).into());
        }
        if self.dice.percent(60) {
            let plans = [json!("Pro"), json!("free"), json!(["free", "business"])];
            row.insert("Plan".into(), plans[self.dice.below(3)].clone());
        }
        if self.dice.percent(60) {
            row.insert("Country".into(), self.dice.one(&["KR", "DE"]).into());
        }
        if self.dice.percent(60) {
            let spent = [json!(1200), json!("1200"), json!(999.5), json!("a lot"), json!(1000)];
            row.insert("Spend".into(), spent[self.dice.below(5)].clone());
        }
        if self.dice.percent(30) {
            let end = instant(zone, at(self.date(), 0)).max(now + 1);
            row.insert("ExpiresAt".into(), (end * 60).into());
        }
        row.into()
    }

    pub(crate) fn request(&mut self, zone: &str) -> Request {
        // At any minute, or just at or before a quarter.
        let minute = match self.dice.below(3) {
            0 => self.dice.below(1440),
            1 => self.dice.below(96) * 15,
            _ => (self.dice.below(24) * 60 + 1439) % 1440,
        };
        let now = instant(zone, at(self.date(), i64::try_from(minute).unwrap()));
        // Also in the repeated hour.
        let now = now + if self.dice.percent(10) { 60 } else { 0 };
        let user = self.dice.one(&USERS);
        let addresses = [
            "203.0.113.9",
            "::ffff:203.0.113.200",
            "198.51.100.7",
            "2001:db8::1",
            "203.127.0.1",
            "?",
        ];
        Request {
            now,
            user: user.to_owned(),
            platform: self.dice.percent(80).then(|| self.dice.one(&PLATFORMS)),
            address: self.dice.percent(70).then(|| self.dice.one(&addresses)),
            account: self.dice.percent(70).then(|| self.dice.one(&["acc1", "acc2", "acc3"])),
            app: 1_400_000_001 + self.dice.below(3) as u64,
            customer: match self.dice.below(10) {
                0 => Err(()),
                1 => Ok(None),
                _ => Ok(Some(self.customer(user, zone, now))),
            },
        }
    }
}
