//! The holidays of each country, as `build.rs` unpacked them.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use compact_calendar::CompactCalendar;
use opening_hours::ContextHolidays;
use opening_hours::localization::Country;

static HOLIDAYS: [Data; Country::ALL.len()] = include!(concat!(env!("OUT_DIR"), "/holidays.rs"));
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/holidays.bin"));

/// Where a country's holidays are, and what was read there.
struct Data {
    code: [u8; 2],
    public: Range<usize>,
    school: Range<usize>,
    read: OnceLock<ContextHolidays>,
}

impl Data {
    const fn new(code: [u8; 2], public: Range<usize>, school: Range<usize>) -> Self {
        Self { code, public, school, read: OnceLock::new() }
    }
}

/// The holidays of the country with this code, in capitals; without data, none.
pub(super) fn of(code: [u8; 2]) -> ContextHolidays {
    let read = |range: &Range<usize>| -> Arc<CompactCalendar> {
        Arc::new(
            BYTES
                .get(range.clone())
                .and_then(|bytes| CompactCalendar::deserialize(bytes).ok())
                .unwrap_or_default(),
        )
    };
    let data = HOLIDAYS.iter().find(|data| data.code == code);
    data.map(|data| {
        data.read
            .get_or_init(|| ContextHolidays::new(read(&data.public), read(&data.school)))
            .clone()
    })
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_the_library_s() {
        for country in Country::ALL {
            let code = country.iso_code().as_bytes().try_into().unwrap();
            let (ours, theirs) = (of(code), country.holidays());
            assert_eq!(ours.get_public(), theirs.get_public(), "{country:?}");
            assert_eq!(ours.get_school(), theirs.get_school(), "{country:?}");
        }
        assert_eq!(of(*b"ZZ").get_public().count(), 0);
    }
}
