//! How many tests ran, read from what the test programs print.

use std::ops::AddAssign;

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Adds up every summary in the output: `test result: ok. 3 passed; 1 failed; ...` of cargo and of
/// wasm-bindgen, and the `pass 3`, `fail 1` and `cancelled 0` lines of `node --test`.
pub(crate) fn read(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        let line = plain(line);
        if let Some(rest) = line.trim().strip_prefix("test result: ") {
            counts.passed += before(rest, " passed");
            counts.failed += before(rest, " failed");
        }
        let node = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "));
        match node.and_then(|line| line.split_once(' ')) {
            Some(("pass", number)) => counts.passed += number.trim().parse().unwrap_or(0),
            Some(("fail" | "cancelled", number)) => {
                counts.failed += number.trim().parse().unwrap_or(0);
            }
            _ => {}
        }
    }
    counts
}

/// The number that stands before a word.
fn before(text: &str, word: &str) -> u32 {
    text.split_once(word).and_then(|(head, _)| head.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

/// A line without the escape sequences that colour it.
fn plain(line: &str) -> String {
    let mut parts = line.split('\x1b');
    let first = parts.next().unwrap_or_default();
    std::iter::once(first).chain(parts.map(|part| part.split_once('m').map_or("", |(_, rest)| rest))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_cargo_summaries() {
        let output = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
            test result: \x1b[31mFAILED\x1b[0m. 3 passed; 1 failed; 0 ignored\n\
            # passing by\n";
        let expected = Counts { passed: 5, failed: 1 };
        assert_eq!(read(output), expected);
    }

    #[test]
    fn reads_a_node_summary() {
        let output = "✔ opens (12ms)\n\x1b[34mℹ tests 4\x1b[39m\n\x1b[34mℹ pass 2\x1b[39m\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n";
        let expected = Counts { passed: 2, failed: 2 };
        assert_eq!(read(output), expected);
        assert_eq!(read("# pass 7\n# fail 0\n").passed, 7);
    }
}
