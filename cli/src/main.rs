//! `desk`: desk-router for people at a terminal.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use desk_cli::{serve, sign};

/// desk-router for people at a terminal: try the webhook here, and sign callbacks.
#[derive(Parser)]
#[command(name = "desk", bin_name = "cargo desk", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the webhook on this machine, over an embedded DynamoDB with sample rows
    Serve(serve::Options),
    /// Print the query string of a callback, signed for this moment
    Sign(sign::Options),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(options) => serve::run(&options),
        Command::Sign(options) => sign::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("desk: {error:#}");
            ExitCode::FAILURE
        }
    }
}
