//! Whether a condition holds for a session.

use chrono::{DateTime, Utc};

use super::known::Fact;
use super::trace::ConditionTrace;
use crate::callback::Session;
use crate::rows::condition::{Condition, Test};
use crate::rows::customer::Customer;

/// Three values: when something is unknown because a read failed, neither a condition nor its
/// negation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    Unknown,
    /// The customer's row must be read first.
    NeedsCustomer,
}

impl From<bool> for Holds {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// Whether `condition` holds.
pub(super) fn holds(
    condition: &Condition,
    session: &Session,
    now: DateTime<Utc>,
    customer: &Fact<Option<Customer>>,
) -> Holds {
    match (test(&condition.test, session, now, customer), condition.negated) {
        (Holds::Yes, true) => Holds::No,
        (Holds::No, true) => Holds::Yes,
        (holds, _) => holds,
    }
}

fn test(
    test: &Test,
    session: &Session,
    now: DateTime<Utc>,
    customer: &Fact<Option<Customer>>,
) -> Holds {
    let user = session.client_user_id.as_str();
    match test {
        Test::Platforms(platforms) => platforms.contains(&session.platform_key).into(),
        Test::ClientUserIds(ids) => ids.binary_search_by(|id| id.as_ref().cmp(user)).is_ok().into(),
        Test::ClientUserIdPrefixes(prefixes) => {
            prefixes.iter().any(|prefix| user.starts_with(prefix.as_ref())).into()
        }
        Test::ClientUserIdPattern(pattern) => pattern.is_match(user).into(),
        Test::ClientIps(ranges) => session
            .client_ip
            .is_some_and(|ip| ranges.iter().any(|range| range.contains(&ip)))
            .into(),
        Test::CustomerServiceIds(ids) => session
            .customer_service_id
            .as_deref()
            .is_some_and(|id| ids.iter().any(|known| known.as_ref() == id))
            .into(),
        Test::SdkAppIds(ids) => ids.contains(&session.sdk_app_id).into(),
        Test::Percent { below, split } => (split.place(user) < *below).into(),
        Test::ValidFrom(from) => (*from <= now).into(),
        Test::ValidUntil(until) => (now < *until).into(),
        Test::Hours(hours) => hours.hours().is_open(now).into(),
        Test::Segments(segments) => of_customer(customer, |customer| {
            segments.iter().any(|segment| customer.in_segment(segment, now))
        }),
        Test::Languages(languages) => of_customer(customer, |customer| {
            let spoken = customer.language.as_deref().unwrap_or_default();
            languages.iter().any(|language| covers(language, spoken))
        }),
    }
}

fn of_customer(customer: &Fact<Option<Customer>>, test: impl Fn(&Customer) -> bool) -> Holds {
    match customer {
        Fact::NotRead => Holds::NeedsCustomer,
        Fact::Unknown => Holds::Unknown,
        Fact::Is(customer) => customer.as_ref().is_some_and(test).into(),
    }
}

/// Whether `language` (`zh`) is `spoken` (`zh-tw`) or covers it.
fn covers(language: &str, spoken: &str) -> bool {
    spoken.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The values that a failed condition compared. `ClientIP` is personal and is not shown.
pub(super) fn explain(
    condition: &Condition,
    session: &Session,
    now: DateTime<Utc>,
    customer: &Fact<Option<Customer>>,
) -> ConditionTrace {
    let join = |entries: &mut dyn Iterator<Item = &str>| {
        let mut shown = String::new();
        for entry in entries {
            if shown.len() > 100 {
                break;
            }
            if !shown.is_empty() {
                shown.push_str(", ");
            }
            shown.push_str(entry);
        }
        crate::rows::cut(&shown)
    };
    let text = |text: Option<&str>| text.unwrap_or("none").to_owned();
    let with_customer = |show: &dyn Fn(&Customer) -> String| match customer {
        Fact::Is(Some(customer)) => show(customer),
        Fact::Is(None) => "no customer row".to_owned(),
        Fact::Unknown | Fact::NotRead => "unknown: the customer could not be read".to_owned(),
    };
    let at = |instant: &DateTime<Utc>| instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let user = session.client_user_id.clone();
    let (expected, found) = match &condition.test {
        Test::Platforms(platforms) => {
            (join(&mut platforms.iter().map(String::as_str)), session.platform_key.clone())
        }
        Test::ClientUserIds(ids) | Test::ClientUserIdPrefixes(ids) => {
            (join(&mut ids.iter().map(AsRef::as_ref)), user)
        }
        Test::ClientUserIdPattern(pattern) => (pattern.as_str().to_owned(), user),
        Test::ClientIps(ranges) => {
            let found =
                if session.client_ip.is_some() { "the user's address" } else { "no address" };
            let ranges: Vec<String> = ranges.iter().take(10).map(ToString::to_string).collect();
            (join(&mut ranges.iter().map(String::as_str)), found.to_owned())
        }
        Test::CustomerServiceIds(ids) => {
            (join(&mut ids.iter().map(AsRef::as_ref)), text(session.customer_service_id.as_deref()))
        }
        Test::SdkAppIds(ids) => {
            let ids: Vec<String> = ids.iter().take(10).map(ToString::to_string).collect();
            (join(&mut ids.iter().map(String::as_str)), session.sdk_app_id.to_string())
        }
        Test::Percent { below, split } => {
            (format!("below {below}"), format!("{:.4}", split.place(&user)))
        }
        Test::ValidFrom(from) => (format!("from {}", at(from)), at(&now)),
        Test::ValidUntil(until) => (format!("before {}", at(until)), at(&now)),
        Test::Hours(hours) => {
            let zone = hours.hours().zone();
            let local = now.with_timezone(&zone).format("%a %Y-%m-%d %H:%M");
            (
                "open".to_owned(),
                format!(
                    "{} at {local} {zone}",
                    if hours.hours().is_open(now) { "open" } else { "closed" }
                ),
            )
        }
        Test::Segments(segments) => (
            join(&mut segments.iter().map(String::as_str)),
            with_customer(&|customer| {
                join(&mut customer.segments.iter().map(|(name, _)| name.as_str()))
            }),
        ),
        Test::Languages(languages) => (
            join(&mut languages.iter().map(String::as_str)),
            with_customer(&|customer| text(customer.language.as_deref())),
        ),
    };
    let expected = if condition.negated { format!("not ({expected})") } else { expected };
    ConditionTrace { attribute: condition.attribute, expected, found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::hash::SplitKey;

    /// The place on the line is from 0 inclusive: a share ends before the user who stands at its
    /// very end.
    #[test]
    fn a_share_ends_before_its_end() {
        let (session, split) = (Session::new("s", "user-1", 1, 1), SplitKey::new("trial"));
        let place = split.place("user-1");
        for (below, holds_for) in [(place, Holds::No), (place.next_up(), Holds::Yes)] {
            let condition = Condition {
                attribute: "Percent",
                negated: false,
                test: Test::Percent { below, split },
            };
            assert_eq!(
                holds(&condition, &session, DateTime::UNIX_EPOCH, &Fact::Unknown),
                holds_for,
                "{below}"
            );
        }
    }
}
