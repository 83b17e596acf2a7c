//! Cutline's development commands: `cargo xtask help` lists them.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool reads its environment, takes the time and prints"
)]

mod bench;
mod cache;
mod commands;
mod counts;
mod dist;
mod failure;
mod first_visit;
mod lock;
mod page;
mod process;
mod serve;
mod sizes;
mod stages;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = arguments.collect();
    match commands::run(&name, &rest) {
        Ok(code) => code,
        Err(failure) => {
            eprint!("{failure}");
            ExitCode::FAILURE
        }
    }
}
