//! The native figures, as rows of tables. In a browser the same is measured by `tests/browser.rs`.
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
        print!("{}", report::event_rows("native", &clock, 1_000_000));
        print!("{}", report::explore_rows(&clock, Some(&memory)));
        print!("{}", report::seek_row("native", &clock, Some(&memory), 1_000_000));
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    native::print_figures();
}
