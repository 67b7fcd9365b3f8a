//! Conditions on the customer's row.

use std::any::Any;

use super::entries::{doubted, each, is_each_in, is_subset, joined};
use super::kind::{Asked, Compared, Holds, Kind, Reach, Reading};
use crate::language::{self, covers};
use crate::rows::Fact;
use crate::rows::customer::Customer;
use crate::rows::reader::Reader;
use crate::text::name_key;

/// `Segments`: the customer is in one of them, by [`name_key`].
#[derive(Debug, Clone)]
pub(super) struct Segments(pub Vec<Box<str>>);

impl Segments {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        attribute: &str,
        _reading: &mut Reading<'_, '_>,
    ) -> Option<Self> {
        each(reader, attribute, |entry| Ok(name_key(entry).into())).map(Self)
    }
}

impl Kind for Segments {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        of_customer(asked, |customer| {
            self.0.iter().any(|segment| customer.in_segment(segment, asked.now))
        })
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let segments = |customer: &Customer| joined(customer.segments.iter().map(|(name, _)| name));
        Compared { expected: joined(&self.0), found: found(asked, segments) }
    }

    fn needs_customer(&self) -> bool {
        true
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Segments(&self.0)
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_subset(&self.0, &other.0))
    }
}

/// `Languages`: the customer's language is one of them, or is covered by one, by
/// [`language::parse`].
#[derive(Debug, Clone)]
pub(super) struct Languages(pub Vec<String>);

impl Languages {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        attribute: &str,
        _reading: &mut Reading<'_, '_>,
    ) -> Option<Self> {
        doubted(reader, attribute, language::parse, language::doubt).map(Self)
    }
}

impl Kind for Languages {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        of_customer(asked, |customer| {
            let spoken = customer.language.as_deref().unwrap_or_default();
            self.0.iter().any(|language| covers(language, spoken))
        })
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let language =
            |customer: &Customer| customer.language.as_deref().unwrap_or("none").to_owned();
        Compared { expected: joined(&self.0), found: found(asked, language) }
    }

    fn needs_customer(&self) -> bool {
        true
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other
            .downcast_ref::<Self>()
            .is_some_and(|other| is_each_in(&self.0, &other.0, |own, other| covers(other, own)))
    }
}

/// Whether a test of the customer holds. A user without a row is in no segment and speaks no
/// language.
pub(super) fn of_customer(asked: &Asked<'_>, test: impl Fn(&Customer) -> bool) -> Holds {
    match asked.customer {
        Fact::NotRead => Holds::NeedsCustomer,
        Fact::Unknown => Holds::Unknown,
        Fact::Is(customer) => customer.as_ref().is_some_and(test).into(),
    }
}

/// What a trace shows of the customer.
pub(super) fn found(asked: &Asked<'_>, show: impl Fn(&Customer) -> String) -> String {
    match asked.customer {
        Fact::Is(Some(customer)) => show(customer),
        Fact::Is(None) => "no customer row".to_owned(),
        Fact::Unknown | Fact::NotRead => "unknown: the customer could not be read".to_owned(),
    }
}
