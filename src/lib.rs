//! desk-router: one AWS Lambda function that answers Tencent Cloud Desk's agent-assignment
//! callback.
//!
//! ```text
//! Lambda event ─http─▶ RawCallback ─callback─▶ Callback ──────────┐
//!                                                                 ├─decide─▶ Decision ─answer─▶ Response
//! DynamoDB rows ─store─▶ rows ─compile─▶ Snapshot (cached) ───────┘   (now, customer, memory passed in)
//! ```
//!
//! Every arrow is a function from one type to the next. [`decide`] is pure and total; [`http`]
//! alone knows `lambda_http`, [`store`] alone knows `aws_sdk_dynamodb`, and [`webhook`] puts them
//! together under one deadline.

pub mod answer;
mod cache;
pub mod callback;
pub mod check;
pub mod decide;
pub mod explain;
mod facts;
pub mod hours;
pub mod http;
mod index;
pub mod log;
mod memory;
pub mod metrics;
pub mod operator;
mod progress;
pub mod record;
pub mod rows;
pub mod settings;
pub mod snapshot;
pub mod store;
pub mod webhook;
