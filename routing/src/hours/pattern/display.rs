//! A pattern as text: what a finding tells people to write, and what reads as the same pattern.

use std::fmt::{Display, Formatter, Result};

use super::days::list_weekdays;
use super::{DAY, DateRange, Days, Holiday, HolidayKind, Joint, Nth, Part, Pattern, Span, YearDay};
use super::{Weeks, Years, is_doubtful_night};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                f.write_str(match part.joint {
                    Joint::Replace => "; ",
                    Joint::Add => ", ",
                    Joint::Fallback => " || ",
                })?;
            }
            write!(f, "{part}")?;
            // Hours alone after a comma would be hours of this part.
            let hours_follow = self.parts.get(index + 1).is_some_and(|next| {
                next.joint == Joint::Add && next.days.is_every_day() && !next.spans.is_empty()
            });
            if hours_follow && !part.off {
                f.write_str(" open")?;
            }
        }
        Ok(())
    }
}

impl Display for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut words = Vec::new();
        if !self.days.is_every_day() {
            words.push(self.days.to_string());
        }
        if self.days.is_every_day()
            && matches!(self.spans.as_slice(), [all_day] if *all_day == (0..DAY))
        {
            words.push("24/7".to_owned());
        } else if !self.spans.is_empty() {
            words.push(self.spans.iter().map(time_range).collect::<Vec<_>>().join(","));
        }
        if self.off {
            words.push("off".to_owned());
        }
        f.write_str(&words.join(" "))
    }
}

/// `09:00-18:00`; an end on the next day below 24 hours is written as the clock shows it, and 24
/// hours are written `09:00-33:00`, as are nights that may be taken for afternoons.
fn time_range(span: &Span) -> String {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let wraps = span.end > DAY && span.end - DAY < span.start && !is_doubtful_night(span);
    format!("{}-{}", time(span.start), time(if wraps { span.end - DAY } else { span.end }))
}

impl Display for Days {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut words = Vec::new();
        if !self.years.is_empty() {
            words.push(join(&self.years));
        }
        if !self.dates.is_empty() {
            words.push(join(&self.dates));
        }
        if !self.weeks.is_empty() {
            words.push(format!("week {}", join(&self.weeks)));
        }
        if !self.and_holidays.is_empty() {
            let all = self.and_holidays.iter().map(Holiday::to_string);
            words.push(all.collect::<Vec<_>>().join(" "));
        }
        if self.has_weekdays() {
            let mut items: Vec<String> = self.or_holidays.iter().map(Holiday::to_string).collect();
            if self.weekdays != 0 {
                items.push(list_weekdays(self.weekdays));
            }
            items.extend(self.nths.iter().map(Nth::to_string));
            words.push(items.join(","));
        }
        f.write_str(&words.join(" "))
    }
}

fn join<T: Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(",")
}

impl Display for Years {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.to {
            None => write!(f, "{}+", self.from)?,
            Some(to) if to == self.from => write!(f, "{to}")?,
            Some(to) => write!(f, "{}-{to}", self.from)?,
        }
        if self.step > 1 { write!(f, "/{}", self.step) } else { Ok(()) }
    }
}

impl Display for Weeks {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{:02}", self.from)?;
        if self.to != self.from {
            write!(f, "-{:02}", self.to)?;
        }
        if self.step > 1 { write!(f, "/{}", self.step) } else { Ok(()) }
    }
}

impl Display for Nth {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}[{}]{}", list_weekdays(1 << self.weekday), self.nth, offset(self.offset))
    }
}

impl Display for Holiday {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let name = match self.kind {
            HolidayKind::Public => "PH",
            HolidayKind::School => "SH",
        };
        write!(f, "{name}{}", offset(self.offset))
    }
}

/// ` +1 day`, ` -2 days`, or nothing.
fn offset(days: i16) -> String {
    match days {
        0 => String::new(),
        1 | -1 => format!(" {days:+} day"),
        _ => format!(" {days:+} days"),
    }
}

fn month(number: u8) -> &'static str {
    MONTHS.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or_default()
}

impl Display for YearDay {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Day { month: number, day } => write!(f, "{} {day:02}", month(*number)),
            Self::Easter { offset: days } => write!(f, "easter{}", offset(*days)),
            Self::Nth { month: number, nth } => write!(f, "{} {nth}", month(*number)),
        }
    }
}

impl Display for DateRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let write_year = |f: &mut Formatter<'_>, year: Option<i32>| match year {
            Some(year) => write!(f, "{year} "),
            None => Ok(()),
        };
        match *self {
            Self::Months { from, to } if from == to => f.write_str(month(from)),
            Self::Months { from, to } => write!(f, "{}-{}", month(from), month(to)),
            Self::Days { year, from, to_year, to, step } => {
                write_year(f, year)?;
                write!(f, "{from}")?;
                if from == to && to_year == year {
                    return Ok(());
                }
                match (from, to) {
                    (
                        YearDay::Day { month: first, day: start },
                        YearDay::Day { month: last, day: end },
                    ) if first == last && start < end && to_year == year => write!(f, "-{end:02}")?,
                    _ => {
                        f.write_str("-")?;
                        write_year(f, to_year)?;
                        write!(f, "{to}")?;
                    }
                }
                if step > 1 { write!(f, "/{step}") } else { Ok(()) }
            }
        }
    }
}
