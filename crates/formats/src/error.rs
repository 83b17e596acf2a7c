//! What is wrong with a file.

use crate::plain::plain;
use serde::de::DeserializeOwned;
use std::fmt;

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Line and column, counted from 1, where it is known.
    pub place: Option<(usize, usize)>,
    /// The field in question, such as `app.initial`; empty if it is the whole.
    pub field: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "line {line}, column {column}: ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for FileError {}

/// Something wrong with the meaning of a field.
pub(crate) fn wrong(field: &str, message: impl Into<String>) -> FileError {
    FileError { place: None, field: field.to_owned(), message: message.into() }
}

/// Reads JSON, and says where it is not as expected.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, FileError> {
    // Some editors begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut source = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        // Where the text is broken off or no JSON the path ends in the dark.
        let field = error.path().to_string();
        from_json(error.inner(), if matches!(field.as_str(), "." | "?") { String::new() } else { field })
    })?;
    source.end().map_err(|error| from_json(&error, String::new()))?;
    Ok(value)
}

fn from_json(error: &serde_json::Error, field: String) -> FileError {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
    let message = plain(message);
    FileError { place: (line > 0).then_some((line, column)), field, message }
}
