//! The list of commands.

use std::process::ExitCode;

use crate::failure::Failure;
use crate::process::foreground;
use crate::tools::{self, Need};
use crate::workspace::{Workspace, shown};
use crate::{bench, cache, dist, page, serve, test};

/// Exit code for a command line that makes no sense.
pub(crate) const USAGE: u8 = 2;

type Run = fn(&Workspace, &[String]) -> Result<ExitCode, Failure>;

struct Command {
    name: &'static str,
    arguments: &'static str,
    help: &'static str,
    run: Run,
}

const COMMANDS: [Command; 9] = [
    Command {
        name: "serve",
        arguments: "[--port N]",
        help: "build the page, serve it at http://127.0.0.1:8080 and rebuild on changes",
        run: serve::run,
    },
    Command {
        name: "test",
        arguments: "[--quick | --soak | --only STAGE]",
        help: "run every check; --quick: formatting, native clippy and native tests; --soak: 100,000 random runs",
        run: test::run,
    },
    Command {
        name: "bless",
        arguments: "",
        help: "run the native tests and accept what they produce as the new goldens",
        run: test::bless,
    },
    Command {
        name: "dist",
        arguments: "",
        help: "build the release page into dist/ and hold it to its size budget",
        run: dist::run,
    },
    Command {
        name: "shots",
        arguments: "[--existing] [ARGS]",
        help: "take screenshots of the page; --existing: without building it again",
        run: page::shots,
    },
    Command {
        name: "bench",
        arguments: "[--page]",
        help: "measure the core natively and in Chromium, or the page with long runs, and write docs/benchmarks.md",
        run: bench::run,
    },
    Command { name: "fmt", arguments: "", help: "format all Rust code", run: fmt },
    Command {
        name: "clean-tools",
        arguments: "",
        help: "remove the tools that these commands installed",
        run: clean_tools,
    },
    Command { name: "help", arguments: "", help: "print this list", run: help },
];

/// Runs the command of this name.
pub(crate) fn run(name: &str, arguments: &[String]) -> Result<ExitCode, Failure> {
    let name = match name {
        "--help" | "-h" => "help",
        name => name,
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("There is no command `{name}`. These are there:\n\n{}", list());
        return Ok(ExitCode::from(USAGE));
    };
    if command.arguments.is_empty()
        && let Some(argument) = arguments.first()
    {
        return Ok(usage(name, argument));
    }
    (command.run)(&Workspace::find()?, arguments)
}

/// Says that an argument is not understood.
pub(crate) fn usage(name: &str, argument: &str) -> ExitCode {
    eprintln!("`cargo xtask {name}` does not understand `{argument}`.\n\n{}", list());
    ExitCode::from(USAGE)
}

fn list() -> String {
    COMMANDS
        .iter()
        .map(|command| {
            let call = format!("{} {}", command.name, command.arguments);
            format!("  cargo xtask {call:<31} {}\n", command.help)
        })
        .collect()
}

fn help(_: &Workspace, _: &[String]) -> Result<ExitCode, Failure> {
    print!("Cutline's development commands:\n\n{}", list());
    Ok(ExitCode::SUCCESS)
}

fn fmt(workspace: &Workspace, _: &[String]) -> Result<ExitCode, Failure> {
    tools::ensure(workspace, [Need::Components])?;
    let command = workspace.cargo(&["fmt", "--all"]);
    foreground("formatting", command, "mend the syntax error above.")?;
    Ok(ExitCode::SUCCESS)
}

fn clean_tools(workspace: &Workspace, _: &[String]) -> Result<ExitCode, Failure> {
    let folder = cache::clean(workspace)?;
    // Goes only when it is empty: a shared target folder may be in it.
    let _ = std::fs::remove_dir(&folder);
    println!("The tools in {} are removed.", shown(&folder));
    Ok(ExitCode::SUCCESS)
}
