//! What of Lambda's API invokes the operator function, for `desk publish` and `desk hold`.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use chrono::Utc;
use desk_router::operator::Operator;
use serde_json::{Value, json};

use crate::local::embedded::OPERATOR_FUNCTION;

/// Where a function is invoked.
pub(super) const PATH: &str = "/2015-03-31/functions/{name}/invocations";

/// Invokes the operator function and waits for its answer, as Lambda's `Invoke` does.
pub(super) async fn invoke(
    State(operator): State<Arc<Operator>>,
    Path(name): Path<String>,
    payload: Bytes,
) -> Response<Body> {
    if name != OPERATOR_FUNCTION {
        let message = json!({ "Message": format!("there is no function `{name}` here") });
        return response(
            StatusCode::NOT_FOUND,
            Some(("x-amzn-errortype", "ResourceNotFoundException")),
            &message,
        );
    }
    let event: Value = serde_json::from_slice(&payload).unwrap_or_default();
    match operator.handle(&event, Utc::now()).await {
        Ok(answer) => response(StatusCode::OK, None, &answer),
        Err(why) => response(
            StatusCode::OK,
            Some(("x-amz-function-error", "Unhandled")),
            &json!({ "errorMessage": why }),
        ),
    }
}

fn response(
    status: StatusCode,
    header: Option<(&'static str, &'static str)>,
    body: &Value,
) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    if let Some((name, value)) = header
        && let Ok(value) = value.parse()
    {
        response.headers_mut().insert(name, value);
    }
    response
}
