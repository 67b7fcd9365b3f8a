//! Opening hours: when a rule, a calendar or an agent's shift is open.

mod calendar;
mod country;
mod country_locales;
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
mod zone_places;
mod zone_tables;

pub use country::Country;
pub(crate) use dates::{
    Closed, Interval, closed_to_write, end_meant, in_next_year, intervals_to_write, is_reversed,
    last_minute, parse_day, parse_first_week,
};
pub use dates::{parse_end, parse_start};
pub use interner::Interner;
pub(crate) use weeks::EveryWeeks;
pub use when::Hours;
pub(crate) use when::{Exceptions, HoursSource};
pub(crate) use written::Written;
pub use zone::Zone;

#[cfg(test)]
mod tests;
