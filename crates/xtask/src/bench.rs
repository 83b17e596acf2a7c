//! `cargo xtask bench`: how fast the core is, natively and in Chromium, and with `--page` how fast the page is with long
//! runs, as tables in docs/benchmarks.md.

use std::process::ExitCode;

use crate::failure::{Doing, Failure};
use crate::process::{answer, streamed};
use crate::stages::in_browser;
use crate::tools::{self, Need};
use crate::workspace::Workspace;
use crate::{dist, page};

const NEEDS: [Need; 3] = [Need::WasmTarget, Need::WasmBindgen, Need::Browser];
const TABLES: &str = "docs/benchmarks.md";
const ADVICE: &str = "see above what went wrong";

/// What drives the page.
const LONG_RUNS: &str = "tests/browser/long-runs.mjs";
/// From here to the end of the document are the figures of the page; what comes before are those of the core.
const PAGE_HEADING: &str = "## Long runs on the page\n";

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode, Failure> {
    if arguments.iter().any(|argument| argument == "--page") {
        return run_page(workspace);
    }
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
    let (_, page) = parts(&std::fs::read_to_string(workspace.root.join(TABLES)).unwrap_or_default());
    write(workspace, &tables(&native.text, &browser.text), &page)
}

/// Measures the release page, whatever it weighs.
fn run_page(workspace: &Workspace) -> Result<ExitCode, Failure> {
    tools::ensure(workspace, page::DRIVE_NEEDS)?;
    let folder = dist::build(workspace)?;
    let mut node = page::node(workspace)?;
    node.arg(LONG_RUNS).env("CUTLINE_DIST", folder);
    let driven = streamed("figures of the page", node, ADVICE);
    driven.result?;
    let (core, _) = parts(&std::fs::read_to_string(workspace.root.join(TABLES)).unwrap_or_default());
    write(workspace, &core, &page_table(&driven.text))
}

fn write(workspace: &Workspace, core: &str, page: &str) -> Result<ExitCode, Failure> {
    let text = format!("{}\n\n{page}", core.trim_end());
    std::fs::write(workspace.root.join(TABLES), format!("{}\n", text.trim_end())).doing(TABLES)?;
    println!("The tables are in {TABLES}.");
    Ok(ExitCode::SUCCESS)
}

/// The figures of the core, and those of the page.
fn parts(text: &str) -> (String, String) {
    let at = text.find(PAGE_HEADING).unwrap_or(text.len());
    (text[..at].to_owned(), text[at..].to_owned())
}

fn page_table(printed: &str) -> String {
    let rows: String =
        printed.lines().filter_map(|line| line.strip_prefix("page: ")).map(|row| format!("{row}\n")).collect();
    format!(
        "{PAGE_HEADING}\n\
         Measured by `cargo xtask bench --page`: the release page in Chromium without a graphics card, in a window of\n\
         1440 x 900, with random traffic between three processes and two snapshots. Half of the steps send a\n\
         message: 10,032 of the first 20,057. Opened by its address in a fresh page, to the painting of the frame that\n\
         shows its marks, counted from when the browser has compiled the program and from when it began to load the page,\n\
         which this machine serves, and the main thread's processor time from nothing: median and slowest of seven. One step\n\
         by key, to the frame that shows it, median and slowest of forty (the browser's event timing: steps of 8 ms, 16 ms\n\
         or less as 16), and in brackets processor time a step, in milliseconds; and frames a second while the diagram\n\
         moves by 2,400 pixels a second, the longest wait for a frame, and in brackets processor time a frame and the\n\
         number of elements. What else the machine does makes all of these longer but the processor time.\n\n\
         | steps | opened, from program | opened, from nothing | processor | a step back | a step on | panning \
         | panning, narrow columns | whole run in sight, elements |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n{rows}"
    )
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
         A thousand steps all over the run, each the best of three rounds. The run of the first line sends and receives in\n\
         turn, so that next to nothing is under way; in the others so many of ten attempts are to send, and hundreds of\n\
         thousands of messages are under way in the end. A step is replayed from a copy of the world before it; what all\n\
         copies weigh is limited (256 MiB), so that they lie further apart where worlds are large. A frame lasts 16 ms: what\n\
         is slower than that makes one wait for a second one.\n\n\
         | where | run | actions | median | 99 of 100 within | slowest | bytes an event of history |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n{}\n\
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
    fn each_kind_of_figures_leaves_the_other_as_it_was() {
        let core = tables("events: | native | 3 |\n", "");
        let page = page_table("noise\npage: | 2000 | 1 ms |\n");
        assert!(page.ends_with("| 2000 | 1 ms |\n") && !page.contains("noise"), "{page}");
        assert_eq!(parts(&format!("{core}\n{page}")), (format!("{core}\n"), page));
        assert_eq!(parts(&core), (core, String::new()));
    }

    #[test]
    fn rows_come_under_their_headings() {
        let text = tables("noise\nevents: | native | 3 |\nseek: | native | 5 |\n", "   events: | Chromium | 3 |\n");
        let events = text.split("## Opening").next().unwrap();
        assert!(events.contains("| native | 3 |\n| Chromium | 3 |\n"), "{events}");
        assert!(text.split("## Opening").nth(1).unwrap().contains("| native | 5 |"));
        assert!(!text.contains("noise"));
    }
}
