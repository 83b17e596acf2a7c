//! What the pure crates depend on. They run in a page, in a terminal and in a test alike, so nothing of the browser
//! may reach them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The lock file names every package that any build of the workspace can use, on every platform and for tests too,
/// and reading it needs nothing to be installed.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let text = std::fs::read_to_string(path).expect("the lock file");
    let mut packages = BTreeMap::<String, BTreeSet<String>>::new();
    for package in text.split("[[package]]").skip(1) {
        let quoted = |line: &str| line.split('"').nth(1).map(str::to_owned);
        let name = package.lines().find_map(|line| line.strip_prefix("name = ").and_then(quoted)).expect("a name");
        let dependencies = package.split_once("dependencies = [").map_or("", |(_, rest)| rest);
        let dependencies = dependencies.lines().take_while(|line| !line.starts_with(']')).filter_map(quoted);
        // Two versions of one package count as one here: `name version` becomes `name`.
        let names = dependencies.filter_map(|of| of.split_whitespace().next().map(str::to_owned));
        packages.entry(name).or_default().extend(names);
    }
    packages
}

/// Everything that a package depends on, however indirectly.
fn closure(packages: &BTreeMap<String, BTreeSet<String>>, of: &str) -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), vec![of.to_owned()]);
    while let Some(package) = open.pop() {
        for dependency in packages.get(&package).unwrap_or_else(|| panic!("no package {package} in the lock file")) {
            if found.insert(dependency.clone()) {
                open.push(dependency.clone());
            }
        }
    }
    found
}

fn of_the_browser(package: &str) -> bool {
    let families = ["web-sys", "js-sys", "wasm-bindgen", "yew", "gloo", "serde-wasm-bindgen", "implicit-clone"];
    families.iter().any(|family| package == *family || package.starts_with(&format!("{family}-")))
}

const PURE: [&str; 3] = ["cutline-core", "cutline-diagram", "cutline-session"];

/// What only the tests of a pure crate use. A generator of random cases may draw its seed from a browser.
fn for_tests(package: &str) -> BTreeSet<String> {
    let folder = package.trim_start_matches("cutline-");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates").join(folder).join("Cargo.toml");
    let manifest = std::fs::read_to_string(path).expect("a manifest");
    let names = |section: &str| {
        let lines = manifest.lines().skip_while(move |line| *line != section).skip(1);
        let lines = lines.take_while(|line| !line.starts_with('['));
        lines.filter_map(|line| line.split(['.', ' ', '=']).next()).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    &names("[dev-dependencies]") - &names("[dependencies]")
}

#[test]
fn the_pure_crates_know_nothing_of_the_browser() {
    let mut packages = locked();
    for pure in PURE {
        let tests = for_tests(pure);
        packages.entry(pure.to_owned()).or_default().retain(|name| !tests.contains(name));
    }
    assert!(packages["cutline-session"].contains("cutline-diagram"), "what is used outside of tests stays");
    for pure in PURE {
        let found: Vec<String> = closure(&packages, pure).into_iter().filter(|name| of_the_browser(name)).collect();
        assert_eq!(found, Vec::<String>::new(), "{pure} depends on the browser");
    }
}

#[test]
fn the_core_depends_on_nothing() {
    assert_eq!(closure(&locked(), "cutline-core"), BTreeSet::new());
}

/// The page does, so looking for it in this way finds it.
#[test]
fn the_page_knows_the_browser() {
    let found = closure(&locked(), "cutline-web");
    for package in ["web-sys", "wasm-bindgen", "js-sys", "yew", "gloo-timers", "cutline-core"] {
        assert!(found.contains(package), "{package} is not among {found:?}");
    }
    assert!(of_the_browser("gloo-timers") && of_the_browser("wasm-bindgen-macro") && !of_the_browser("serde"));
}

/// Every file that the documentation points to is there.
#[test]
fn every_local_link_of_the_documents_leads_somewhere() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let documents = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/scenario-format.md",
        "docs/predicates.md",
        "docs/command-line.md",
        "docs/benchmarks.md",
        "tests/browser/README.md",
    ];
    let mut found = 0;
    for document in documents {
        let path = root.join(document);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{document}: {error}"));
        let ends = [("](", ')'), ("src=\"", '"'), ("srcset=\"", '"')];
        for (begin, end) in ends {
            for link in text.split(begin).skip(1).filter_map(|rest| rest.split(end).next()) {
                if link.starts_with("http") || link.starts_with('#') {
                    continue;
                }
                found += 1;
                let file = link.split('#').next().unwrap_or(link);
                let there = path.parent().is_some_and(|folder| folder.join(file).exists());
                assert!(there, "{document} points to {link}, which is not there");
            }
        }
    }
    assert!(found > 5, "only {found} links found");
}
