//! One time of the day: `9`, `09:00`, `오후 6시`.

use super::clock::{Half, Said, Time};
use super::kind::Kind;
use super::parser::{Parser, Problem, say};

impl Parser<'_> {
    /// Reads one time, with the half of the day before or behind it.
    pub(super) fn time(&mut self) -> Result<Time, Problem> {
        let mut said = self.half_of_day();
        let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        let mut time = match self.kind(0) {
            Some(Kind::Sun) => {
                return say(
                    "sun times (`dawn`, `sunrise`, `sunset`, `dusk`) are different in every place; \
                    write times such as `08:00-20:00`",
                );
            }
            Some(Kind::Noon) => Time { hour: 12, ..Time::default() },
            Some(Kind::Midnight) => Time { midnight: true, ..Time::default() },
            Some(Kind::Clock { hour, minute, digits }) => Time {
                hour: small(hour),
                minute: small(minute),
                short: digits < 2,
                ..Time::default()
            },
            // `12-25` is a date.
            Some(Kind::Number { value: 25.., digits: 1..=2 }) => return self.stuck(),
            Some(Kind::Number { value, digits }) => {
                self.translated = true;
                let (hour, minute) =
                    if digits > 2 { (value / 100, value % 100) } else { (value, 0) };
                Time {
                    hour: small(hour),
                    minute: small(minute),
                    short: digits == 1 || digits == 3 || digits == 2 && (10..=12).contains(&value),
                    ..Time::default()
                }
            }
            _ => return self.stuck(),
        };
        if time.minute > 59 || time.hour > 48 {
            return Err(Problem::Say(format!(
                "there is no time `{}:{:02}`; write hours up to `24:00` (`48:00` on the next day), \
                and minutes up to 59",
                time.hour, time.minute
            )));
        }
        self.skip(1);
        if let Some(after) = self.half_of_day() {
            if said.is_some_and(|before| before != after) {
                return self.stuck();
            }
            said = Some(after);
        }
        let half = said.map(|said| said.of(time.hour));
        let by_half = |said: &Said| !matches!(said, Said::AtNight | Said::AroundNoon);
        time.twelve = said.filter(|said| time.hour == 12 && by_half(said));
        // `밤 12시`
        if said == Some(Said::AtNight) && time.hour == 12 && time.minute == 0 {
            (time.hour, time.midnight) = (0, true);
        }
        // `13:00 pm` says twice what it means.
        time.half = half.filter(|_| time.hour <= 12 && !time.midnight);
        if half == Some(Half::Am) && time.hour > 12 {
            return self.stuck();
        }
        Ok(time)
    }

    fn half_of_day(&mut self) -> Option<Said> {
        let said = match self.kind(0) {
            Some(Kind::Am) => Said::Am,
            Some(Kind::Pm) => Said::Pm,
            Some(Kind::BeforeNoon) => Said::BeforeNoon,
            Some(Kind::AfterNoon) => Said::AfterNoon,
            Some(Kind::AtNight) => Said::AtNight,
            Some(Kind::AroundNoon) => Said::AroundNoon,
            _ => return None,
        };
        self.translated = true;
        self.skip(1);
        Some(said)
    }
}
