//! A file as lines of words.

use super::ScenarioError;

/// A line with something on it.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    /// Its words, without the comment.
    pub words: Vec<&'a str>,
    /// All of it, without the comment and the white space around.
    pub text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn error(&self, message: impl Into<String>) -> ScenarioError {
        ScenarioError { line: self.number, message: message.into() }
    }

    /// What follows the first word.
    pub(super) fn after_first_word(&self) -> &'a str {
        self.text.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim())
    }
}

/// The lines of a file that are neither empty nor comment.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().enumerate().map(|(at, line)| {
        let text = without_comment(line).trim();
        Line { number: at + 1, words: text.split_whitespace().collect(), text }
    });
    lines.filter(|line| !line.words.is_empty()).collect()
}

/// A comment runs from a `#` that begins a word to the end of the line.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if c == '#' && before.is_whitespace() {
            return &line[..at];
        }
        before = c;
    }
    line
}
