//! How long the random suites run.

/// How many cases a random test tries: `usual`, or as many times that as the environment variable `CUTLINE_SOAK`
/// says. `CUTLINE_SOAK=100 cargo test --package cutline-tests` is for a night.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "how long the tests go on is no part of any run")]
pub fn cases(usual: u32) -> u32 {
    let factor = std::env::var("CUTLINE_SOAK").ok().and_then(|factor| factor.parse().ok());
    usual.saturating_mul(factor.unwrap_or(1))
}
