//! The native figures, as tables of Markdown.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a program that measures time and prints what it found"
)]

use std::time::Instant;

fn main() {
    let start = Instant::now();
    let clock = || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    print!("{}", cutline_bench::report::event_rows("native", &clock, 3_000_000));
    print!("{}", cutline_bench::report::explore_rows(&clock));
    print!("{}", cutline_bench::report::seek_row("native", &clock, 1_000_000));
}
