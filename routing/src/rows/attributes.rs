//! The attributes of each table, beside its key. The conditions of rules are listed in `condition`.

/// Attributes of a calendar row, beside its key.
pub(super) const CALENDAR: [&str; 7] = [
    "Hours",
    "TimeZone",
    "HolidayCountry",
    "ClosedDates",
    "SpecialDates",
    "EveryWeeks",
    "FirstWeek",
];

/// Attributes of an agent row, beside its key.
pub(super) const AGENT: [&str; 13] = [
    "Rosters",
    "Enabled",
    "Tier",
    "Weight",
    "Skills",
    "Shifts",
    "SpecialDates",
    "EveryWeeks",
    "FirstWeek",
    "TimeZone",
    "HolidayCountry",
    "Away",
    "OnlyWithGroups",
];

/// Attributes of a customer row, beside its key. Every other one is the customer's own.
pub(super) const CUSTOMER: [&str; 4] = ["Segments", "Language", "Owner", "ExpiresAt"];

/// Attributes of a rule row beside its key and its conditions.
pub(super) const RULE: [&str; 15] = [
    "Priority",
    "Enabled",
    "TimeZone",
    "HolidayCountry",
    "PercentKey",
    "AgentGroupId",
    "AgentIds",
    "Rosters",
    "ExceptAgents",
    "NeedSkills",
    "Strategy",
    "MaxAgents",
    "Prefer",
    "LastAgentDays",
    "IfNobody",
];
