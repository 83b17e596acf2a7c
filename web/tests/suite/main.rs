//! The components in a real browser: what they show, and what they tell when somebody uses them.
//! `cargo xtask test --only browser` runs them; elsewhere there is no browser to mount them in.
#![cfg(target_arch = "wasm32")]

mod app;
mod events;
mod figure;
#[path = "../../../crates/session/tests/suite/fingerprint.rs"]
mod fingerprint;
mod lit;
mod menu;
mod mount;
mod network;
mod panel;
mod transport;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The same run as in the native tests of the session.
#[wasm_bindgen_test::wasm_bindgen_test]
fn a_long_run_has_the_fingerprint_that_it_has_natively() {
    assert_eq!(fingerprint::of_a_long_run(), fingerprint::EXPECTED);
}
