//! The native figures, as tables of Markdown.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a program that measures time and prints what it found"
)]

use peak_alloc::PeakAlloc;
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() {
    let start = Instant::now();
    let clock = || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let memory = || ALLOCATOR.current_usage() as u64;
    print!("{}", cutline_bench::report::event_rows("native", &clock, 3_000_000));
    print!("{}", cutline_bench::report::explore_rows(&clock, Some(&memory)));
    print!("{}", cutline_bench::report::seek_row("native", &clock, Some(&memory), 1_000_000));
}
