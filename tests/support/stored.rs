//! The stored systems.

use cutline_formats::SystemFile;
use std::path::Path;

/// Reads one of the stored systems.
///
/// # Panics
/// If there is no such file or it cannot be read.
#[must_use]
pub fn system(name: &str) -> SystemFile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/systems").join(name).with_extension("json");
    let text = std::fs::read_to_string(&path).expect("a stored system");
    SystemFile::parse(&text).expect("a system that can be read")
}
