//! desk-router: answers Tencent Cloud Desk's agent-assignment callback. Three AWS Lambda functions:
//! the webhook answers, the operator function publishes what people edit and looks at all rows
//! every five minutes, and the probe asks a new version before it gets callbacks.
//!
//! ```text
//! Lambda event ─tencent─▶ Callback ──────────┐
//!                                            ├─decide─▶ Decision ─tencent─▶ Response
//! live release ─store─▶ bytes ─▶ Snapshot ───┘   (now, customer, memory passed in)
//! ```
//!
//! Every arrow is a function from one type to the next. What decides is the crate [`routing`]: no
//! network, no clock. Here is what is around it; a room uses only rooms listed before it,
//! `settings`, and `connections` and `service` (to AWS).
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`tencent`] | the wire: query, locks, body, session events, answer |
//! | [`store`] | DynamoDB, alone: nothing else knows `aws_sdk_dynamodb` |
//! | [`tokens`] | the tokens that Parameter Store holds, and when they are read again |
//! | [`report`] | log, decision record, metrics |
//! | [`webhook`] | one callback through all of it, in time: the release in force, what tables say |
//! | [`operator`] | releases published, rows told what became of them, history, daily check |
//! | [`lambda`] | Lambda's events and responses: nothing else knows `lambda_http` |
//! | [`probe`] | a new version asked before traffic comes to it |

// The futures of a callback nest deeper than the default of 128 (the SDK's own among them).
#![recursion_limit = "256"]

mod connections;
pub mod lambda;
pub mod operator;
pub mod probe;
pub mod report;
mod service;
pub mod settings;
pub mod store;
pub mod tencent;
pub mod tokens;
pub mod webhook;
