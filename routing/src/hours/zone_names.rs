//! What people write for a time zone.

/// Text as it is compared.
pub(super) fn cleaned(text: &str) -> String {
    text.trim().replace(' ', "_")
}

/// What to write instead of a text that is no zone.
pub(super) fn explain(_text: &str) -> String {
    "is no IANA time zone: write one such as `Asia/Seoul` or `Europe/London`".to_owned()
}
