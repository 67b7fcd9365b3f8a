//! Numbers for CloudWatch.

/// Where all numbers are found.
pub const NAMESPACE: &str = "desk-router";
