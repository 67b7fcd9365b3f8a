//! `desk`: desk-router for people at a terminal.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use desk_cli::command::{
    check, coverage, explain, export, history, hold, import, publish, releases, replay, rollback,
    secret, send, serve, sign,
};
use desk_cli::terminal;

/// desk-router for people at a terminal: try the webhook here, check rows, ask why, sign callbacks.
#[derive(Parser)]
#[command(name = "desk", bin_name = "cargo desk", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the webhook and the operator function on this machine, over an embedded DynamoDB with
    /// sample rows
    Serve(serve::Options),
    /// Find errors in the rows, and what is allowed but probably a mistake
    Check(check::Options),
    /// Show who would be answered and why: every rule asked, every agent. Nothing is written
    Explain(explain::Options),
    /// Show a week to the minute: who answers, who is on duty, where nobody is
    Coverage(coverage::Options),
    /// Decide many past or made-up requests: hits, shares, and what other rows would change
    Replay(replay::Options),
    /// Show what is live, was live, or waits, and what differs between two releases
    Releases(releases::Options),
    /// Publish what the rows say and end a hold, or make an earlier release live again
    Publish(publish::Options),
    /// Keep the live release while people edit
    Hold(hold::Options),
    /// Write row files into the tables: shows what changes, asks, then writes only that
    Import(import::Options),
    /// Write the tables into row files, always in the same order, so that a diff shows only real
    /// changes
    Export(export::Options),
    /// Show what rows were before, change by change
    History(history::Options),
    /// Put rows back to what they were at a moment: shows what changes, asks, then writes only that
    Rollback(rollback::Options),
    /// Send a signed callback to a real deployment, and say what to check if it fails
    Send(send::Options),
    /// Print the query string of a callback, signed for this moment
    Sign(sign::Options),
    /// Print a new path secret for the webhook's URL, and its hash for the deployment
    Secret,
}

fn main() -> ExitCode {
    let success = |()| ExitCode::SUCCESS;
    let done = match Cli::parse().command {
        Command::Serve(options) => serve::run(&options).map(success),
        Command::Check(options) => block_on(check::run(&options)),
        Command::Explain(options) => block_on(explain::run(&options)).map(success),
        Command::Coverage(options) => block_on(coverage::run(&options)).map(success),
        Command::Replay(options) => block_on(replay::run(&options)).map(success),
        Command::Releases(options) => block_on(releases::run(&options)),
        Command::Publish(options) => block_on(publish::run(&options)),
        Command::Hold(options) => block_on(hold::run(&options)),
        Command::Import(options) => block_on(import::run(&options)).map(success),
        Command::Export(options) => block_on(export::run(&options)).map(success),
        Command::History(options) => block_on(history::run(&options)).map(success),
        Command::Rollback(options) => block_on(rollback::run(&options)).map(success),
        Command::Send(options) => block_on(send::run(&options))
            .map(|good| if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        Command::Sign(options) => sign::run(&options).map(success),
        Command::Secret => secret::run().map(success),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            terminal::note(&format!("desk: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
