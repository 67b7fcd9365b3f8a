//! What DynamoDB said to a request that failed, as one sentence for people: no dump of the SDK.

use std::error::Error;
use std::fmt::Debug;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// Longest text of DynamoDB's that is repeated, in characters.
const MAX_SAID: usize = 300;

/// What was said, and what to do.
pub(super) fn said<E, R>(error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
    R: Debug + 'static,
{
    match (error.code(), error) {
        (Some(code), _) => {
            let text = error.message().unwrap_or("no more");
            let text: String = text.chars().take(MAX_SAID).collect();
            format!("DynamoDB says {code}: {}{}", text.trim_end_matches('.'), todo(code))
        }
        (None, SdkError::TimeoutError(_)) => "no answer came in time".to_owned(),
        (None, SdkError::DispatchFailure(failure)) if failure.is_timeout() => {
            "no answer came in time".to_owned()
        }
        (None, SdkError::DispatchFailure(_)) => {
            format!("DynamoDB cannot be reached: {}", innermost(error))
        }
        (None, SdkError::ResponseError(_)) => {
            format!("the answer cannot be read: {}", innermost(error))
        }
        (None, _) => innermost(error),
    }
}

/// What to do, where it is not plain.
fn todo(code: &str) -> &'static str {
    match code {
        "ResourceNotFoundException" => {
            "; the table's name and the region must be those of the stack: look at the variables"
        }
        "AccessDeniedException" => {
            "; the permission is missing: for a function, deploy the template again; for a \
            person, attach `OnCallPolicy` or `EditorsPolicy`"
        }
        "UnrecognizedClientException"
        | "InvalidSignatureException"
        | "ExpiredTokenException"
        | "IncompleteSignatureException" => {
            "; AWS does not accept the credentials; they may have expired"
        }
        "ThrottlingException"
        | "ProvisionedThroughputExceededException"
        | "RequestLimitExceeded"
        | "InternalServerError" => "; wait a moment, and try again",
        _ => "",
    }
}

/// The last cause, which says the most.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::error::ErrorMetadata;
    use aws_sdk_dynamodb::operation::scan::ScanError;

    use super::*;

    fn refused(code: &str, message: &str) -> SdkError<ScanError, ()> {
        let metadata = ErrorMetadata::builder().code(code).message(message).build();
        SdkError::service_error(ScanError::generic(metadata), ())
    }

    #[test]
    fn one_short_sentence() {
        let denied =
            "User: arn:aws:sts::1:assumed-role/r is not authorized to perform: dynamodb:Scan";
        for (error, expected) in [
            (
                refused("AccessDeniedException", denied),
                "DynamoDB says AccessDeniedException: User: arn:aws:sts::1:assumed-role/r is not \
                authorized to perform: dynamodb:Scan; the permission is missing: for a function, \
                deploy the template again; for a person, attach `OnCallPolicy` or `EditorsPolicy`",
            ),
            (
                refused("ResourceNotFoundException", "Requested resource not found"),
                "DynamoDB says ResourceNotFoundException: Requested resource not found; the \
                table's name and the region must be those of the stack: look at the variables",
            ),
            (
                refused("ThrottlingException", "Rate exceeded."),
                "DynamoDB says ThrottlingException: Rate exceeded; wait a moment, and try again",
            ),
            (
                refused("ValidationException", "The item is too large"),
                "DynamoDB says ValidationException: The item is too large",
            ),
            (SdkError::timeout_error("slow"), "no answer came in time"),
            (SdkError::response_error("half a page", ()), "the answer cannot be read: half a page"),
            (SdkError::construction_failure("no region"), "no region"),
        ] {
            assert_eq!(said(&error), expected);
        }
        let long = said(&refused("ValidationException", &"x".repeat(10_000)));
        assert!(long.len() < 400, "{long}");
    }
}
