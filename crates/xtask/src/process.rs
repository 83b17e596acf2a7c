//! Running other programs: with named progress when they are long, with their output let through
//! when that output is the point.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;

const POLL: Duration = Duration::from_millis(50);

/// How a streamed command ended, and all that it printed.
pub(crate) struct Streamed {
    pub(crate) text: String,
    pub(crate) result: Result<(), Failure>,
}

/// Runs a long step in silence but for its title and the time it has taken so far.
pub(crate) fn quietly(title: &str, mut command: Command, advice: &str) -> Result<(), Failure> {
    let shown = shown(&command);
    let mut child = spawn(&mut command, &shown, advice)?;
    let text = Mutex::new(String::new());
    let mut progress = Progress::start(title);
    let status = thread::scope(|scope| {
        forward(scope, child.stdout.take(), &text, |_| {});
        forward(scope, child.stderr.take(), &text, |_| {});
        wait(&mut child, || progress.tick())
    });
    let good = status.as_ref().is_ok_and(ExitStatus::success);
    progress.end(good);
    verdict(title, &shown, status, advice).map_err(|failure| {
        let text = text.into_inner().unwrap_or_default();
        failure.printed(&text)
    })
}

/// Runs a step whose output is shown as it comes, and kept as well.
pub(crate) fn streamed(title: &str, mut command: Command, advice: &str) -> Streamed {
    let shown = shown(&command);
    println!("$ {shown}");
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let text = Mutex::new(String::new());
    let status = match spawn(&mut command, &shown, advice) {
        Ok(mut child) => thread::scope(|scope| {
            forward(scope, child.stdout.take(), &text, |line| print!("{line}"));
            forward(scope, child.stderr.take(), &text, |line| eprint!("{line}"));
            wait(&mut child, || {})
        }),
        Err(failure) => {
            return Streamed { text: String::new(), result: Err(failure) };
        }
    };
    Streamed { text: text.into_inner().unwrap_or_default(), result: verdict(title, &shown, status, advice) }
}

/// Runs a command in the foreground: its input and output are ours.
pub(crate) fn foreground(title: &str, mut command: Command, advice: &str) -> Result<(), Failure> {
    let shown = shown(&command);
    verdict(title, &shown, command.status(), advice)
}

/// What a short command prints, or nothing if it cannot be run or fails.
pub(crate) fn answer(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// The first of the named programs that PATH holds.
pub(crate) fn which(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&name)).find(|program| program.is_file())
    })
}

/// A command line as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .map(|word| match word.contains(' ') {
            true => format!("'{word}'"),
            false => word.into_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// `1m05s`, or `5s` below a minute.
pub(crate) fn clock(time: Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds}s"),
        (minutes, seconds) => format!("{minutes}m{seconds:02}s"),
    }
}

/// PATH with these folders before all others.
pub(crate) fn path_with(folders: &[&Path]) -> std::ffi::OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().map(|folder| folder.to_path_buf()).chain(std::env::split_paths(&old));
    std::env::join_paths(all).unwrap_or(old)
}

fn spawn(command: &mut Command, shown: &str, advice: &str) -> Result<Child, Failure> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("cannot start: {error}"), advice).tried(shown))
}

/// Reads one of the child's pipes to its end on a thread of its own, as a full pipe stops the child.
fn forward<'scope, 'env>(
    scope: &'scope thread::Scope<'scope, 'env>,
    pipe: Option<impl Read + Send + 'scope>,
    text: &'env Mutex<String>,
    show: impl Fn(&str) + Send + 'scope,
) {
    let Some(pipe) = pipe else { return };
    scope.spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let part = String::from_utf8_lossy(&line);
            show(&part);
            if let Ok(mut text) = text.lock() {
                text.push_str(&part);
            }
            line.clear();
        }
    });
}

fn wait(child: &mut Child, mut tick: impl FnMut()) -> std::io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        tick();
        thread::sleep(POLL);
    }
}

fn verdict(title: &str, shown: &str, status: std::io::Result<ExitStatus>, advice: &str) -> Result<(), Failure> {
    let what = match status {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("{title}: {status}"),
        Err(error) => format!("{title}: cannot run: {error}"),
    };
    Err(Failure::new(what, advice).tried(shown))
}

/// The title of a long step and its time: one line kept up to date on a terminal, else a line now
/// and then.
struct Progress<'a> {
    title: &'a str,
    began: Instant,
    said: Duration,
    terminal: bool,
}

impl<'a> Progress<'a> {
    fn start(title: &'a str) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let end = if terminal { "" } else { "\n" };
        eprint!("{title} ...{end}");
        Self { title, began: Instant::now(), said: Duration::ZERO, terminal }
    }

    fn tick(&mut self) {
        let pause = Duration::from_secs(if self.terminal { 1 } else { 15 });
        let now = self.began.elapsed();
        if now - self.said < pause {
            return;
        }
        self.said = now;
        match self.terminal {
            true => eprint!("\r\x1b[2K{} ... {}", self.title, clock(now)),
            false => eprintln!("{} ... {}", self.title, clock(now)),
        }
        // Nobody can be told when the standard error output itself is closed.
        let _ = std::io::stderr().flush();
    }

    fn end(&self, good: bool) {
        let verb = if good { "done in" } else { "failed after" };
        let start = if self.terminal { "\r\x1b[2K" } else { "" };
        eprintln!("{start}{}: {verb} {}", self.title, clock(self.began.elapsed()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_reads_like_a_stopwatch() {
        assert_eq!(clock(Duration::from_millis(900)), "0s");
        assert_eq!(clock(Duration::from_secs(59)), "59s");
        assert_eq!(clock(Duration::from_secs(185)), "3m05s");
    }

    #[test]
    fn a_shown_command_can_be_typed() {
        let mut command = Command::new("cargo");
        command.args(["doc", "a b"]);
        assert_eq!(shown(&command), "cargo doc 'a b'");
    }
}
