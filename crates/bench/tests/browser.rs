//! The same figures in a browser. Run by `cargo xtask bench`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::print_stdout, reason = "a program that prints what it measured")]

use peak_alloc::PeakAlloc;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

#[wasm_bindgen_test]
fn figures() {
    let performance = web_sys::window().and_then(|window| window.performance()).expect("a clock");
    let clock = || (performance.now() * 1_000_000.0) as u64;
    console_log!("{}", cutline_bench::report::event_rows("Chromium", &clock, 1_000_000));
    let memory = || ALLOCATOR.current_usage() as u64;
    console_log!("{}", cutline_bench::report::seek_rows("Chromium", &clock, Some(&memory), 1_000_000));
}
