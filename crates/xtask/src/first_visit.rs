//! Which files of a built page a first visit loads.

use std::path::Path;

use crate::failure::{Doing, Failure};
use crate::workspace::shown;

/// What can name further files.
const TEXT: [&str; 4] = ["html", "css", "js", "mjs"];

/// A file of the built page: its path in the page's folder, with `/`, and its bytes.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// Splits the files into those a first visit loads, in the order they are found, and the others:
/// index.html, and whatever a loaded text names by its path.
pub(crate) fn split(mut files: Vec<File>) -> (Vec<File>, Vec<File>) {
    let mut loaded: Vec<File> = files.extract_if(.., |file| file.path == "index.html").collect();
    let mut next = 0;
    while next < loaded.len() {
        let file = &loaded[next];
        next += 1;
        let ending = file.path.rsplit('.').next().unwrap_or_default();
        if TEXT.contains(&ending) {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            loaded.extend(files.extract_if(.., |other| names(&text, &other.path)));
        }
    }
    (loaded, files)
}

/// All files below a folder, by path.
pub(crate) fn read(folder: &Path) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        for entry in std::fs::read_dir(&current).doing(&shown(&current))? {
            let path = entry.doing(&shown(&current))?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).doing(&shown(&path))?;
            let inner = path.strip_prefix(folder).unwrap_or(&path);
            let path = shown(inner).replace('\\', "/");
            files.push(File { path, bytes });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Whether a text has this path in it, not as the end or the start of another name.
fn names(text: &str, path: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    text.match_indices(path).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + path.len()..].chars().next();
        !before.is_some_and(part_of_name) && !after.is_some_and(part_of_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn follows_references_from_the_page() {
        let html = "<link rel=\"stylesheet\" href=\"/style-1.css\"/><script>import init from '/app.js'; \
                    init({ module_or_path: '/app_bg.wasm' })</script>";
        let files = vec![
            file("app.js", "import './snippets/inline0.js'"),
            file("app_bg.wasm", "style.css"),
            file("index.html", html),
            file("p.js", ""),
            file("snippets/inline0.js", ""),
            file("style-1.css", "@font-face { src: url(inter.woff2) }"),
            file("inter.woff2", ""),
            file("style.css", ""),
        ];
        let paths = |files: &[File]| -> Vec<String> { files.iter().map(|file| file.path.clone()).collect() };
        let (loaded, others) = split(files);
        assert_eq!(
            paths(&loaded),
            ["index.html", "app.js", "app_bg.wasm", "style-1.css", "snippets/inline0.js", "inter.woff2"]
        );
        assert_eq!(paths(&others), ["p.js", "style.css"]);
    }
}
