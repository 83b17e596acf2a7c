//! `cargo xtask bench`: how fast the core is, natively and in Chromium, as tables in docs/benchmarks.md.

use std::process::ExitCode;

use crate::failure::{Doing, Failure};
use crate::process::{answer, streamed};
use crate::stages::in_browser;
use crate::tools::{self, Need};
use crate::workspace::Workspace;

const NEEDS: [Need; 3] = [Need::WasmTarget, Need::WasmBindgen, Need::Browser];
const TABLES: &str = "docs/benchmarks.md";
const ADVICE: &str = "see above what went wrong";

pub(crate) fn run(workspace: &Workspace, _: &[String]) -> Result<ExitCode, Failure> {
    tools::ensure(workspace, NEEDS)?;
    let native = workspace.cargo(&["run", "--profile", "bench", "--package", "cutline-bench"]);
    let native = streamed("native figures", native, ADVICE);
    native.result?;
    let mut browser = workspace.cargo(&["test", "--profile", "bench", "--package", "cutline-bench"]);
    browser.args(["--target", "wasm32-unknown-unknown", "--test", "browser"]);
    in_browser(workspace, &mut browser)?;
    browser.args(["--", "--nocapture"]);
    let browser = streamed("figures in Chromium", browser, ADVICE);
    browser.result?;
    let text = tables(&native.text, &browser.text);
    let path = workspace.root.join(TABLES);
    std::fs::write(&path, text).doing(TABLES)?;
    println!("The tables are in {TABLES}.");
    Ok(ExitCode::SUCCESS)
}

/// The document: the rows of both runs under their headings.
fn tables(native: &str, browser: &str) -> String {
    let rows = |kind: &str| {
        let rows = native.lines().chain(browser.lines()).filter_map(|line| line.trim().strip_prefix(kind));
        rows.map(|row| format!("{row}\n")).collect::<String>()
    };
    let rustc = answer("rustc", &["--version"]).unwrap_or_default();
    format!(
        "# Benchmarks\n\n\
         Measured by `cargo xtask bench` in one run on one machine, with {}. Each figure is the best of\n\
         several rounds, and what is compared is measured in turn. Run it again before you quote it.\n\n\
         ## Events\n\n\
         Nanoseconds an event, every event recorded, against a bare loop that draws a random number, puts something\n\
         into a queue or takes it out, and writes a line of a log.\n\n\
         | where | processes | bare loop, ns | world, ns | ratio | events a second |\n\
         | --- | --- | --- | --- | --- | --- |\n{}\n\
         ## Opening a step of a long run\n\n\
         A thousand steps all over the run.\n\n\
         | where | actions | median | slowest | bytes an event of history |\n\
         | --- | --- | --- | --- | --- |\n{}\n\
         ## Exploring every run\n\n\
         One core, against the same system written as a model for Stateright 0.31, which finds the same states.\n\n\
         | system | states | states a second | Stateright | ratio | bytes a state | Stateright |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n{}\n\
         Bytes are those allocated when all states are known. Ours can tell a shortest run to each state; Stateright\n\
         keeps fingerprints of 64 bits, and may take two states for one.\n\n\
         ## Exploring on several cores\n\n\
         One view of one system, native. The states, their numbers and all figures are the same.\n\n\
         | system | states | cores | states a second | ratio |\n\
         | --- | --- | --- | --- | --- |\n{}",
        rustc.trim(),
        rows("events: "),
        rows("seek: "),
        rows("explore: "),
        rows("cores: "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_under_their_headings() {
        let text = tables("noise\nevents: | native | 3 |\nseek: | native | 5 |\n", "   events: | Chromium | 3 |\n");
        let events = text.split("## Opening").next().unwrap();
        assert!(events.contains("| native | 3 |\n| Chromium | 3 |\n"), "{events}");
        assert!(text.split("## Opening").nth(1).unwrap().contains("| native | 5 |"));
        assert!(!text.contains("noise"));
    }
}
