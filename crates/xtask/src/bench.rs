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
    let mut browser = workspace.cargo(&["test", "--release", "--package", "cutline-bench"]);
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
         Nanoseconds an event, every event recorded, against a bare loop that does what no recording can do without: draw\n\
         a random number, put a message into one of as many queues as there are channels or take one out, and write a\n\
         line that tells the same and is as large as an event. The world is at work under the algorithm of Chandy and\n\
         Lamport and begins with a snapshot.\n\n\
         In *new memory* both logs go where nothing was written before, as a log that grows does: the system hands the\n\
         pages out while the clock runs, natively and in Chromium. In *used memory* both are written over earlier logs;\n\
         that leaves the work alone, and the world in the worst light.\n\n\
         Both sides are built natively like the command line, with generic code such as `World`, which is compiled where\n\
         it is used, at `opt-level` 3, and for Chromium like the page, with all that for size (before `wasm-opt`).\n\n\
         | where | processes | new memory: bare loop, ns | world, ns | ratio | events a second \
         | used memory: bare loop, ns | world, ns | ratio |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n{}\n\
         ## Opening a step of a long run\n\n\
         A thousand steps all over the run.\n\n\
         | where | actions | median | slowest | bytes an event of history |\n\
         | --- | --- | --- | --- | --- |\n{}\n\
         ## Exploring every run\n\n\
         One core, against the same system written as a model for Stateright 0.31, which finds the same states.\n\n\
         | system | states | states a second | Stateright | ratio | bytes a state | Stateright |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n{}",
        rustc.trim(),
        rows("events: "),
        rows("seek: "),
        rows("explore: "),
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
