//! `cargo xtask serve`: the page, rebuilt and reloaded on every change.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, ExitCode};

use crate::commands::usage;
use crate::failure::Failure;
use crate::page;
use crate::tools;
use crate::workspace::Workspace;

const PORT: u16 = 8080;

pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode, Failure> {
    let port = match arguments {
        [] => PORT,
        [flag, number] if flag == "--port" => match number.parse() {
            Ok(port) => port,
            Err(_) => return Ok(usage("serve", number)),
        },
        [other, ..] => return Ok(usage("serve", other)),
    };
    tools::ensure(workspace, page::BUILD_NEEDS)?;
    free(port)?;
    // dist/ is left to the release page.
    let folder = workspace.target.join("serve-dist");
    let mut command = page::trunk(workspace, "serve", &folder)?;
    command.args(["--port", &port.to_string()]);
    println!("Cutline: http://127.0.0.1:{port} once the build below is done (Ctrl-C stops)");
    replace(command)
}

/// Trunk takes this process's place, so that whoever ends this process ends trunk.
#[cfg(unix)]
fn replace(mut command: Command) -> Result<ExitCode, Failure> {
    use std::os::unix::process::CommandExt;
    let tried = crate::process::shown(&command);
    let what = format!("serving the page: {}", command.exec());
    let advice = "run `cargo xtask clean-tools`, then the same command again.";
    Err(Failure::new(what, advice).tried(tried))
}

#[cfg(not(unix))]
fn replace(command: Command) -> Result<ExitCode, Failure> {
    crate::process::foreground("serving the page", command, "mend the error above.")?;
    Ok(ExitCode::SUCCESS)
}

/// Trunk finds out about a taken port only after its build.
fn free(port: u16) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(
            format!("port {port} cannot be used: {error}"),
            "stop the program that listens there, or choose another: `cargo xtask serve --port 8081`.",
        )),
    }
}
