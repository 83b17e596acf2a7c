//! The same figures in a browser. Run by `cargo xtask bench`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::print_stdout, reason = "a program that prints what it measured")]

use cutline_bench::{report, seek};
use peak_alloc::PeakAlloc;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// How long the runs are in which steps are opened.
const ACTIONS: usize = 1_000_000;

/// Lets whoever drives the browser get a word in: it gives up on one that is silent for long.
async fn rest() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window.set_timeout_with_callback(&resolve).expect("a timer");
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.expect("it comes");
}

#[wasm_bindgen_test]
async fn figures() {
    let performance = web_sys::window().and_then(|window| window.performance()).expect("a clock");
    let clock = || (performance.now() * 1_000_000.0) as u64;
    for processes in report::SIZES {
        console_log!("{}", report::event_row("Chromium", &clock, 1_000_000, processes).trim_end());
        rest().await;
    }
    let memory = || ALLOCATOR.current_usage() as u64;
    for load in seek::LOADS {
        let mut seeking = seek::Seeking::new(load, ACTIONS, Some(&memory));
        while !seeking.grow(ACTIONS / 20, Some(&memory)) {
            rest().await;
        }
        for _ in 0..seek::ROUNDS {
            seeking.round(&clock);
            rest().await;
        }
        console_log!("{}", report::seek_figures("Chromium", ACTIONS, load, seeking.figures()).trim_end());
        rest().await;
    }
}
