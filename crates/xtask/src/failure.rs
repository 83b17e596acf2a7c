//! What a person needs to know when a step fails.

use std::fmt::{self, Display, Formatter};

/// Enough lines to hold a compiler's last error.
const TAIL_LINES: usize = 25;

/// A step that did not work out: what was tried, what that printed and what to do now.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    tried: Option<String>,
    printed: Option<String>,
    advice: String,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), tried: None, printed: None, advice: advice.into() }
    }

    /// Names the command that was run.
    pub(crate) fn tried(mut self, command: impl Into<String>) -> Self {
        self.tried = Some(command.into());
        self
    }

    /// Keeps the end of what the command printed.
    pub(crate) fn printed(mut self, output: &str) -> Self {
        self.printed = Some(tail(output));
        self
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nerror: {}", self.what)?;
        if let Some(tried) = &self.tried {
            writeln!(f, "  tried:   {tried}")?;
        }
        if let Some(printed) = self.printed.as_deref().filter(|text| !text.is_empty()) {
            writeln!(f, "  printed:")?;
            for line in printed.lines() {
                writeln!(f, "    | {line}")?;
            }
        }
        writeln!(f, "  now:     {}", self.advice)
    }
}

fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.trim_end().lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

/// Says what a failed file operation was about.
pub(crate) trait Doing<T> {
    fn doing(self, what: &str) -> Result<T, Failure>;
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, what: &str) -> Result<T, Failure> {
        self.map_err(|error| {
            Failure::new(
                format!("{what}: {error}"),
                "check that the path exists, that its disk has room and that you may write there.",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_tried_printed_and_what_to_do() {
        let output: String = (1..=30).map(|line| format!("line {line}\n")).collect();
        let text = Failure::new("It broke", "mend it.").tried("make it").printed(&output).to_string();
        assert!(text.contains("error: It broke") && text.contains("tried:   make it"));
        assert!(text.contains("| line 30\n") && !text.contains("| line 5\n"));
        assert!(text.ends_with("now:     mend it.\n"));
    }
}
