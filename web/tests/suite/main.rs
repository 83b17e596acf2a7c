//! The components in a real browser: what they show, and what they tell when somebody uses them.
//! `cargo xtask test --only browser` runs them; elsewhere there is no browser to mount them in.
#![cfg(target_arch = "wasm32")]

mod app;
mod figure;
mod menu;
mod mount;
mod panel;
mod transport;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
