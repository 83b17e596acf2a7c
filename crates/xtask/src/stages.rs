//! The stages of `cargo xtask test`, in the order they run: the quickest to fail come first.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Doing, Failure};
use crate::page;
use crate::tools::{Need, browser, rust};
use crate::workspace::{Workspace, shown};

/// Generous, for a busy machine: seconds.
const BROWSER_TIMEOUT: &str = "120";
/// The same for one page test: milliseconds.
const PAGE_TIMEOUT: &str = "--test-timeout=300000";
const PAGE_TESTS: &str = "tests/browser";

/// The native tests with so many random cases that there are more than 100,000 random runs.
pub(crate) const SOAK: Stage = Stage {
    id: "soak",
    name: "native tests, at length",
    tests: Some("native"),
    quick: false,
    needs: &[],
    commands: |workspace| {
        let mut command = native_tests(workspace);
        command.env("CUTLINE_SOAK", "17");
        Ok(vec![command])
    },
    advice: "mend the tests above",
};

/// One named part of the tests.
pub(crate) struct Stage {
    /// The name for `--only`.
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// What its tests are called in the summary, if it has any.
    pub(crate) tests: Option<&'static str>,
    /// Whether `--quick` runs it.
    pub(crate) quick: bool,
    pub(crate) needs: &'static [Need],
    pub(crate) commands: fn(&Workspace) -> Result<Vec<Command>, Failure>,
    pub(crate) advice: &'static str,
}

pub(crate) const STAGES: [Stage; 7] = [
    Stage {
        id: "fmt",
        name: "formatting",
        tests: None,
        quick: true,
        needs: &[Need::Components],
        commands: |workspace| Ok(vec![workspace.cargo(&["fmt", "--all", "--check"])]),
        advice: "run `cargo xtask fmt`",
    },
    Stage {
        id: "clippy",
        name: "clippy",
        tests: None,
        quick: true,
        needs: &[Need::Components],
        commands: |workspace| Ok(vec![clippy(workspace, &NATIVE)]),
        advice: "mend the warnings above",
    },
    Stage {
        id: "clippy-wasm",
        name: "clippy (wasm32)",
        tests: None,
        quick: false,
        needs: &[Need::Components, Need::WasmTarget],
        commands: |workspace| Ok(vec![clippy(workspace, &WEB)]),
        advice: "mend the warnings above",
    },
    Stage {
        id: "native",
        name: "native tests",
        tests: Some("native"),
        quick: true,
        needs: &[],
        commands: |workspace| Ok(vec![native_tests(workspace)]),
        advice: "mend the tests above, or accept new goldens with `cargo xtask bless`",
    },
    Stage {
        id: "docs",
        name: "documentation",
        tests: None,
        quick: false,
        needs: &[Need::WasmTarget],
        commands: |workspace| Ok(vec![docs(workspace, &NATIVE), docs(workspace, &WEB)]),
        advice: "mend the warnings above",
    },
    Stage {
        id: "browser",
        name: "browser tests",
        tests: Some("browser"),
        quick: false,
        needs: &[Need::WasmTarget, Need::WasmBindgen, Need::Browser],
        commands: |workspace| Ok(vec![browser_tests(workspace)?]),
        advice: "mend the tests above",
    },
    Stage {
        id: "page",
        name: "page tests",
        tests: Some("page"),
        quick: false,
        needs: &page::DRIVE_NEEDS,
        commands: |workspace| Ok(vec![page::build(workspace)?, page_tests(workspace)?]),
        advice: "mend the tests above",
    },
];

/// Everything but the page, which compiles for the browser only.
const NATIVE: [&str; 3] = ["--workspace", "--exclude", "cutline-web"];
const WEB: [&str; 4] = ["--package", "cutline-web", "--target", rust::WASM];

/// All native tests, the failing ones included: one run tells of them all.
pub(crate) fn native_tests(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo(&["test", "--no-fail-fast"]);
    command.args(NATIVE);
    command
}

fn clippy(workspace: &Workspace, packages: &[&str]) -> Command {
    let mut command = workspace.cargo(&["clippy", "--all-targets"]);
    command.args(packages).args(["--", "-D", "warnings"]);
    command
}

fn docs(workspace: &Workspace, packages: &[&str]) -> Command {
    let mut command = workspace.cargo(&["doc", "--no-deps"]);
    command.args(packages).env("RUSTDOCFLAGS", "-D warnings");
    command
}

fn browser_tests(workspace: &Workspace) -> Result<Command, Failure> {
    let mut command = workspace.cargo(&["test", "--no-fail-fast", "--tests"]);
    command.args(WEB);
    in_browser(workspace, &mut command)?;
    Ok(command)
}

/// Lets a `cargo test` for wasm32 run in headless Chromium.
pub(crate) fn in_browser(workspace: &Workspace, command: &mut Command) -> Result<(), Failure> {
    let found = browser::find()?;
    let runner = rust::wasm_bindgen_folder(workspace)?.join("wasm-bindgen-test-runner");
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &found.driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TIMEOUT)
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", BROWSER_TIMEOUT)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(workspace, &found)?);
    Ok(())
}

/// web/webdriver.json with the path of the Chromium that was found, which only this run knows.
fn capabilities(workspace: &Workspace, found: &browser::Browser) -> Result<PathBuf, Failure> {
    let source = workspace.root.join("web/webdriver.json");
    let text = std::fs::read_to_string(&source).doing(&shown(&source))?;
    let path = workspace.target.join("webdriver.json");
    std::fs::create_dir_all(&workspace.target).doing(&shown(&workspace.target))?;
    std::fs::write(&path, with_binary(&text, &shown(&found.chromium))).doing(&shown(&path))?;
    Ok(path)
}

fn with_binary(capabilities: &str, chromium: &str) -> String {
    let options = "\"goog:chromeOptions\": {";
    let chromium = chromium.replace('\\', "\\\\").replace('"', "\\\"");
    capabilities.replacen(options, &format!("{options}\n    \"binary\": \"{chromium}\","), 1)
}

/// `node --test` with each file by name, as what it makes of a folder depends on its version.
fn page_tests(workspace: &Workspace) -> Result<Command, Failure> {
    let folder = workspace.root.join(PAGE_TESTS);
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .doing(PAGE_TESTS)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("{PAGE_TESTS}/{name}"))
        .collect();
    files.sort();
    if files.is_empty() {
        let what = format!("no *.test.mjs in {PAGE_TESTS}");
        return Err(Failure::new(what, "write one; a run without tests proves nothing."));
    }
    let mut command = page::node(workspace)?;
    command.args(["--test", "--test-reporter=spec", PAGE_TIMEOUT]).args(files);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_found_chromium_is_put_into_the_capabilities() {
        let text = with_binary(include_str!("../../../web/webdriver.json"), "/opt/chromium");
        assert!(text.contains("\"goog:chromeOptions\": {\n    \"binary\": \"/opt/chromium\","));
    }
}
