//! Time zones, which are no words of hours.

/// Short names of time zones, which have an attribute of their own.
pub(in crate::hours::text) const ZONES: &[&str] = &[
    "kst", "jst", "cst", "hkt", "sgt", "ist", "utc", "gmt", "bst", "cet", "cest", "mez", "est",
    "asia", "europe", "america", "edt", "cdt", "mst", "mdt", "pst", "pdt", "et", "pt", "ct",
    "aest", "aedt",
];
