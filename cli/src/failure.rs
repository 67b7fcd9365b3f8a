//! What went wrong with a table, as one sentence that says what to do.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// The sentence for an error of DynamoDB while `doing` something (`reading`) with a table.
pub fn sentence<E, R>(doing: &str, table: &str, error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    let said = error.as_service_error().and_then(ProvideErrorMetadata::message);
    let what = match (code, error) {
        (Some("ResourceNotFoundException"), _) => {
            "there is no such table here; look at the table's name, at AWS_REGION and at AWS_PROFILE".to_owned()
        }
        (Some("AccessDeniedException"), _) => {
            "these AWS credentials may not do that; the managed policies `EditorsPolicy` and `OnCallPolicy` of the stack allow it".to_owned()
        }
        (
            Some(
                "UnrecognizedClientException"
                | "InvalidSignatureException"
                | "ExpiredTokenException"
                | "IncompleteSignatureException",
            ),
            _,
        ) => "AWS does not accept these credentials, or no longer; log in again, such as with `aws sso login`".to_owned(),
        (
            Some("ProvisionedThroughputExceededException" | "ThrottlingException" | "RequestLimitExceeded"),
            _,
        ) => "the table is throttled; wait a moment, and repeat the command".to_owned(),
        (Some(code), _) => format!("DynamoDB says {code}: {}", said.unwrap_or("no more")),
        (None, SdkError::TimeoutError(_)) => {
            "no answer came in time; look at the network here, and at AWS_REGION".to_owned()
        }
        (None, SdkError::DispatchFailure(failure)) if failure.is_io() || failure.is_timeout() => {
            match std::env::var("AWS_ENDPOINT_URL_DYNAMODB") {
                Ok(endpoint) => format!(
                    "nothing answers at {endpoint} (AWS_ENDPOINT_URL_DYNAMODB); is `cargo desk serve` running?"
                ),
                Err(_) => {
                    "DynamoDB cannot be reached; look at the network here, and at AWS_REGION".to_owned()
                }
            }
        }
        (None, _) => innermost(error),
    };
    format!("{doing} the table `{table}`: {what}")
}

/// The last cause of an error, which says the most.
pub(crate) fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
