//! What went wrong at AWS, as one sentence that says what to do.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// A service of AWS.
pub(crate) struct Service {
    /// Its name, for people.
    pub(crate) name: &'static str,
    /// The variable that gives it another address.
    pub(crate) endpoint: &'static str,
}

const DYNAMODB: Service = Service { name: "DynamoDB", endpoint: "AWS_ENDPOINT_URL_DYNAMODB" };

/// The sentence for an error of DynamoDB while `doing` something (`reading`) with a table.
pub fn sentence<E, R>(doing: &str, table: &str, error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let what = match code(error) {
        Some("ResourceNotFoundException") => {
            "there is no such table here; look at the table's name, at AWS_REGION and at \
            AWS_PROFILE"
                .to_owned()
        }
        Some("AccessDeniedException") => {
            "these AWS credentials may not do that; the managed policies `EditorsPolicy` and \
            `OnCallPolicy` of the stack allow it"
                .to_owned()
        }
        Some(
            "ProvisionedThroughputExceededException"
            | "ThrottlingException"
            | "RequestLimitExceeded",
        ) => "the table is throttled; wait a moment, and repeat the command".to_owned(),
        _ => of_any_service(&DYNAMODB, error),
    };
    format!("{doing} the table `{table}`: {what}")
}

/// The code by which the service names the error.
pub(crate) fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}

/// What to say of an error that any service may give, or that is met on the way to it.
pub(crate) fn of_any_service<E, R>(service: &Service, error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let Service { name, endpoint } = service;
    match (code(error), error) {
        (
            Some(
                "UnrecognizedClientException"
                | "InvalidSignatureException"
                | "ExpiredTokenException"
                | "IncompleteSignatureException",
            ),
            _,
        ) => "AWS rejects these credentials; they may have expired: log in again, such as with \
            `aws sso login`"
            .to_owned(),
        (Some(code), _) => {
            let said = error.as_service_error().and_then(ProvideErrorMetadata::message);
            format!("{name} says {code}: {}", said.unwrap_or("no more"))
        }
        (None, SdkError::TimeoutError(_)) => {
            "no answer came in time; look at the network here, and at AWS_REGION".to_owned()
        }
        (None, SdkError::DispatchFailure(failure)) if failure.is_io() || failure.is_timeout() => {
            match std::env::var(endpoint) {
                Ok(address) => format!(
                    "nothing answers at {address} ({endpoint}); is `cargo desk serve` running?"
                ),
                Err(_) => {
                    format!("{name} cannot be reached; look at the network here, and at AWS_REGION")
                }
            }
        }
        (None, _) => innermost(error),
    }
}

/// The last cause of an error, which says the most.
pub(crate) fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
