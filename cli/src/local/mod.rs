//! A deployment on this machine: its DynamoDB inside this process, API Gateway's events, and the
//! sample settings.

pub mod embedded;
pub mod event;

/// The sample settings' token.
pub const SAMPLE_TOKEN: &str = "sample-token";
/// The sample settings' app.
pub const SAMPLE_APP_ID: &str = "1400000000";
