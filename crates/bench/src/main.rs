//! The native figures, as rows of tables: all, or those of the part that is named (events, explore, cores, seek). In a browser the same is measured by `tests/browser.rs`.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a program that measures time and prints what it found"
)]

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use cutline_bench::report;
    use peak_alloc::PeakAlloc;
    use std::time::Instant;

    #[global_allocator]
    static ALLOCATOR: PeakAlloc = PeakAlloc;

    pub(crate) fn print_figures() {
        let start = Instant::now();
        let clock = || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let memory = || ALLOCATOR.current_usage() as u64;
        let wanted = std::env::args().nth(1);
        let is_wanted = |part: &str| wanted.as_ref().is_none_or(|wanted| wanted == part);
        if is_wanted("events") {
            print!("{}", report::event_rows("native", &clock, 1_000_000));
        }
        if is_wanted("explore") {
            print!("{}", report::explore_rows(&clock, Some(&memory)));
        }
        if is_wanted("cores") {
            print!("{}", report::core_rows(&clock));
        }
        if is_wanted("seek") {
            print!("{}", report::seek_rows("native", &clock, Some(&memory), 1_000_000));
        }
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    native::print_figures();
}
