//! The command line of Cutline: plays scenarios, explores systems, counts cuts, draws pictures.
//!
//! Results go to stdout, progress and complaints to stderr. The exit status is the verdict ([`Outcome`]).
#![expect(clippy::print_stderr, reason = "progress and complaints; results are written by `say`")]

mod args;
mod clocks;
mod clocks_text;
mod compare;
mod compare_text;
mod crew;
mod cuts;
mod cuts_text;
mod draw;
mod explore;
mod explore_json;
mod explore_text;
mod explore_whole;
mod input;
mod progress;
mod run;
mod run_json;
mod run_keeping;
mod run_meters;
mod run_mishaps;
mod run_report;
mod schedulers;
mod theorem;
mod undone;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// What a command found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing wrong.
    Fine,
    /// It ended before the answer was known.
    Unknown,
    /// Something wrong, or the answer is no.
    Wrong,
}

/// Why a command could not do what was asked, in a sentence.
#[derive(Debug)]
struct Failure(String);

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self(message)
    }
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(args) => run::run(&args),
        Command::Compare(args) => compare::compare(&args),
        Command::Explore(args) => explore::explore(&args),
        Command::Cuts(args) => cuts::cuts(&args),
        Command::Clocks(args) => clocks::clocks(&args),
        Command::Draw(args) => draw::draw(&args),
    };
    match done {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Wrong) => ExitCode::from(1),
        Ok(Outcome::Unknown) => ExitCode::from(3),
        Err(Failure(message)) => {
            eprintln!("cutline: {message}");
            ExitCode::from(2)
        }
    }
}

/// Writes to stdout. A reader that has seen enough, such as `head`, is no failure.
fn say(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// The same for JSON, laid out for people too.
fn say_json(value: &serde_json::Value) {
    say(&format!("{value:#}\n"));
}
