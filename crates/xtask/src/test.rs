//! `cargo xtask test` and `cargo xtask bless`.

use std::process::ExitCode;
use std::time::Instant;

use crate::commands::usage;
use crate::counts::{self, Counts};
use crate::failure::Failure;
use crate::process::{clock, foreground, streamed};
use crate::stages::{SOAK, STAGES, Stage, native_tests};
use crate::tools;
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode, Failure> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let chosen: Vec<&Stage> = match arguments[..] {
        [] => STAGES.iter().collect(),
        ["--quick"] => STAGES.iter().filter(|stage| stage.quick).collect(),
        ["--soak"] => vec![&SOAK],
        ["--only", id] => STAGES.iter().filter(|stage| stage.id == id).collect(),
        [argument, ..] => return Ok(usage("test", argument)),
    };
    if chosen.is_empty() {
        let ids: Vec<&str> = STAGES.iter().map(|stage| stage.id).collect();
        let advice = format!("choose one of {}.", ids.join(", "));
        return Err(Failure::new("there is no such stage", advice));
    }
    let began = Instant::now();
    let needs = chosen.iter().flat_map(|stage| stage.needs).copied();
    if let Err(failure) = tools::ensure(workspace, needs) {
        eprint!("{failure}");
        println!("\n0 passed, 1 failed\ntest: no stage ran, as a tool is missing: see above");
        return Ok(ExitCode::FAILURE);
    }
    let (done, failure) = run_stages(workspace, &chosen);
    if let Some(failure) = &failure {
        eprint!("{failure}");
    }
    let stopped = failure.and(done.last().map(|outcome| outcome.stage));
    println!("\n{}", summary(&done, stopped, &clock(began.elapsed())));
    Ok(match stopped {
        None => ExitCode::SUCCESS,
        Some(_) => ExitCode::FAILURE,
    })
}

/// Runs the native tests with leave to rewrite their goldens.
pub(crate) fn bless(workspace: &Workspace, _: &[String]) -> Result<ExitCode, Failure> {
    let mut command = native_tests(workspace);
    command.env("UPDATE_EXPECT", "1");
    foreground("native tests", command, "mend the tests above.")?;
    println!("The goldens are up to date: read what changed with `git diff` before you commit it.");
    Ok(ExitCode::SUCCESS)
}

/// A stage that ran, and its tests.
struct Outcome<'a> {
    stage: &'a Stage,
    counts: Counts,
}

/// Runs the stages up to the first that fails, which is then the last outcome.
fn run_stages<'a>(workspace: &Workspace, stages: &[&'a Stage]) -> (Vec<Outcome<'a>>, Option<Failure>) {
    let mut done = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        println!("\n== {}/{} {} ==", index + 1, stages.len(), stage.name);
        let began = Instant::now();
        let (mut counts, failure) = run_stage(workspace, stage);
        if failure.is_some() {
            // A stage can fail before or beside its tests: the sum must never look clean then.
            counts.failed = counts.failed.max(1);
        }
        done.push(Outcome { stage, counts });
        if failure.is_some() {
            return (done, failure);
        }
        println!("== {}: passed in {} ==", stage.name, clock(began.elapsed()));
    }
    (done, None)
}

fn run_stage(workspace: &Workspace, stage: &Stage) -> (Counts, Option<Failure>) {
    let mut counts = Counts::default();
    let commands = match (stage.commands)(workspace) {
        Ok(commands) => commands,
        Err(failure) => return (counts, Some(failure)),
    };
    let advice = format!("{}, then run `cargo xtask test --only {}`.", stage.advice, stage.id);
    for command in commands {
        let run = streamed(&format!("stage \"{}\"", stage.name), command, &advice);
        counts += counts::read(&run.text);
        if let Err(failure) = run.result {
            return (counts, Some(failure));
        }
    }
    (counts, None)
}

/// The two closing lines: all tests in figures, then what ran.
fn summary(done: &[Outcome<'_>], stopped: Option<&Stage>, time: &str) -> String {
    let mut sum = Counts::default();
    for outcome in done {
        sum += outcome.counts;
    }
    let figures = format!("{} passed, {} failed", sum.passed, sum.failed);
    if let Some(stage) = stopped {
        return format!(
            "{figures}\ntest: stage \"{}\" failed after {time}; run it again: cargo xtask test --only {}",
            stage.name, stage.id
        );
    }
    let names: Vec<&str> = done.iter().map(|outcome| outcome.stage.name).collect();
    let plural = if done.len() == 1 { "stage" } else { "stages" };
    let head = format!("{figures}\ntest: {} {plural} passed in {time}: {}", done.len(), names.join(", "));
    let kinds: Vec<String> = done
        .iter()
        .filter_map(|outcome| Some((outcome.stage.tests?, outcome.counts.passed)))
        .map(|(kind, passed)| format!("{passed} {kind}"))
        .collect();
    match kinds.split_last() {
        None => head,
        Some((only, [])) => format!("{head}; {only} tests"),
        Some((last, others)) => format!("{head}; {} and {last} tests", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(ids: &[&str], passed: u32) -> Vec<Outcome<'static>> {
        let stages = STAGES.iter().filter(|stage| ids.contains(&stage.id));
        stages
            .map(|stage| {
                let passed = if stage.tests.is_some() { passed } else { 0 };
                let counts = Counts { passed, failed: 0 };
                Outcome { stage, counts }
            })
            .collect()
    }

    #[test]
    fn sums_up_what_ran() {
        let done = outcomes(&["fmt", "native", "browser", "page"], 3);
        assert_eq!(
            summary(&done, None, "1m02s"),
            "9 passed, 0 failed\ntest: 4 stages passed in 1m02s: formatting, native tests, \
             browser tests, page tests; 3 native, 3 browser and 3 page tests"
        );
        let done = outcomes(&["fmt"], 0);
        assert_eq!(summary(&done, None, "1s"), "0 passed, 0 failed\ntest: 1 stage passed in 1s: formatting");
    }

    #[test]
    fn names_the_stage_that_failed() {
        let mut done = outcomes(&["fmt"], 0);
        done[0].counts.failed = 1;
        assert_eq!(
            summary(&done, Some(&STAGES[0]), "1s"),
            "0 passed, 1 failed\ntest: stage \"formatting\" failed after 1s; \
             run it again: cargo xtask test --only fmt"
        );
    }
}
