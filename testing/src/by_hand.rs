//! Requests to the embedded DynamoDB by hand: it checks no signature, but wants to see one.

use reqwest::{Client, RequestBuilder};

const SIGNATURE: &str = "AWS4-HMAC-SHA256 Credential=local/20261124/us-east-1/dynamodb/\
     aws4_request, SignedHeaders=host, Signature=0";

/// A request for this target (`DynamoDB_20120810.GetItem`).
pub(crate) fn request(
    client: &Client,
    endpoint: &str,
    target: &str,
    body: impl Into<reqwest::Body>,
) -> RequestBuilder {
    client
        .post(endpoint)
        .header("x-amz-target", target)
        .header("content-type", "application/x-amz-json-1.0")
        .header("authorization", SIGNATURE)
        .header("x-amz-date", "20261124T000000Z")
        .body(body)
}
