//! `Prefer`: the agent to answer alone, and for how long one is remembered.

use super::closed::{expected, unique};
use crate::packed::packed_enum;
use crate::rows::Context;
use crate::rows::reader::{Empty, RowReader};
use crate::text::name_key;

/// How long `last_agent` remembers, unless `LastAgentDays` says otherwise, in days.
const LAST_AGENT_DAYS: u32 = 30;
/// Longest `LastAgentDays`.
pub(super) const MAX_LAST_AGENT_DAYS: u32 = 3_650;

/// Words behind a number of days.
const DAYS: [&str; 9] = ["days", "day", "d", "tage", "tag", "일", "天", "日", "日間"];

/// What people call the preferred.
const WORDS: [(&str, &str); 9] = [
    ("담당자", "owner"),
    ("담당 상담원", "owner"),
    ("负责人", "owner"),
    ("担当者", "owner"),
    ("last", "last_agent"),
    ("previous", "last_agent"),
    ("최근 상담원", "last_agent"),
    ("이전 상담원", "last_agent"),
    ("前回の担当者", "last_agent"),
];

/// An agent to answer alone, if one of the rule's and eligible now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Preference {
    /// The customer's `Owner`.
    Owner,
    /// The agent who last served the user.
    LastAgent,
}

packed_enum!(Preference { 0 = Owner, 1 = LastAgent });

impl Preference {
    /// The preference of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Owner, Self::LastAgent].into_iter().find(|preference| preference.name() == name)
    }

    /// The name in rows and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::LastAgent => "last_agent",
        }
    }
}

/// Reads `Prefer`. Notes every finding.
pub(super) fn prefer(reader: &mut RowReader<'_>, context: &Context<'_>) -> Vec<Preference> {
    let entries = reader.ordered_list("Prefer", Empty::IsAbsent).unwrap_or_default();
    let mut prefer = Vec::with_capacity(entries.len());
    for entry in entries {
        match Preference::from_name(&name_key(entry)) {
            None => {
                let all = "expected `owner` or `last_agent`";
                let message = expected(all, entry, &["owner", "last_agent"], &WORDS);
                reader.error_at("Prefer", entry, message);
            }
            Some(Preference::Owner) if !context.defaults.customers => {
                reader.error(
                    "Prefer",
                    "`owner` needs the customers table, but CUSTOMERS_TABLE is not set; set it, or \
                    remove `owner`",
                );
            }
            Some(Preference::LastAgent) if !context.defaults.assignments => {
                reader.error(
                    "Prefer",
                    "`last_agent` needs the assignments table, but ASSIGNMENTS_TABLE is not set; \
                    set it, or remove `last_agent`",
                );
            }
            Some(preference) => prefer.push(preference),
        }
    }
    unique(prefer.into_iter())
}

/// Reads `LastAgentDays`. Notes every finding.
pub(super) fn last_agent_days(reader: &mut RowReader<'_>, prefer: &[Preference]) -> u32 {
    if reader.value("LastAgentDays", Empty::IsAbsent).is_none() {
        return LAST_AGENT_DAYS;
    }
    if !prefer.contains(&Preference::LastAgent) {
        reader.warn("LastAgentDays", "has no effect without `last_agent` in `Prefer`");
    }
    let most = i64::from(MAX_LAST_AGENT_DAYS);
    let days = reader.counted("LastAgentDays", Empty::IsAbsent, 1, most, &DAYS);
    days.and_then(|days| u32::try_from(days).ok()).unwrap_or(LAST_AGENT_DAYS)
}
