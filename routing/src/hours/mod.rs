//! Opening hours: when a rule, a calendar or an agent's shift is open.

mod calendar;
mod country;
mod country_names;
mod dates;
mod holidays;
mod interner;
mod names;
mod pattern;
mod said;
mod stretches;
mod text;
mod weeks;
mod when;
mod why;
mod written;
mod zone;
mod zone_data;
mod zone_names;

pub use country::Country;
pub use dates::{Closed, Interval, parse_end, parse_start};
pub(crate) use dates::{
    closed_to_write, end_meant, intervals_to_write, is_reversed, parse_day, parse_first_week,
};
pub use holidays::Holiday;
pub use interner::{Interner, Wrong};
pub use pattern::Pattern;
pub use stretches::Stretch;
pub use weeks::EveryWeeks;
pub use when::{Exceptions, Hours, HoursSource};
pub use written::Written;
pub use zone::Zone;

#[cfg(test)]
mod tests;
