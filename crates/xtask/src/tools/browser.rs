//! Chromium and its driver: found, or installed where apt is at hand and we may use it.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{answer, quietly, which};
use crate::workspace::shown;

const CHROMIUMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// The fonts are those that screenshots are compared in.
const PACKAGES: [&str; 4] = ["chromium", "chromium-driver", "fonts-noto-cjk", "fonts-inter"];

/// The two programs that browser tests are run with.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds both programs: the environment's choice first, then PATH's.
pub(crate) fn find() -> Result<Browser, Failure> {
    match candidates()? {
        (Some(chromium), Some(driver)) => Ok(Browser { chromium, driver }),
        (None, _) => Err(missing("Chromium")),
        (_, None) => Err(missing("chromedriver")),
    }
}

/// Makes sure that [`find`] succeeds.
pub(crate) fn install() -> Result<(), Failure> {
    // A wrong choice in the environment is not mended by an installation: it is an error here.
    let there = matches!(candidates()?, (Some(_), Some(_)));
    let root = || answer("id", &["-u"]).is_some_and(|user| user == "0");
    if !there && which(&["apt-get"]).is_some() && root() {
        apt("Reading apt's package lists", &["update"])?;
        let mut arguments = vec!["install", "-y", "--no-install-recommends"];
        arguments.extend(PACKAGES);
        apt("Installing Chromium (once, about a minute)", &arguments)?;
    }
    find().map(drop)
}

fn candidates() -> Result<(Option<PathBuf>, Option<PathBuf>), Failure> {
    let chromium = chosen("CUTLINE_CHROMIUM", &CHROMIUMS)?;
    let driver = chosen("CHROMEDRIVER", &["chromedriver"])?;
    Ok((chromium, driver))
}

fn chosen(variable: &str, names: &[&str]) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = std::env::var_os(variable).map(PathBuf::from) else {
        return Ok(which(names));
    };
    if path.is_file() {
        return Ok(Some(path));
    }
    let what = format!("{variable} names {}, which is not there", shown(&path));
    let advice = format!("correct {variable}, or unset it to have PATH searched.");
    Err(Failure::new(what, advice))
}

fn missing(program: &str) -> Failure {
    let packages = PACKAGES.join(" ");
    let advice = match which(&["apt-get"]) {
        Some(_) => format!("run `sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}`."),
        None => "install Chromium or Chrome and the chromedriver of the same version, \
                 then put both in PATH or name them in CUTLINE_CHROMIUM and CHROMEDRIVER."
            .to_owned(),
    };
    Failure::new(format!("{program} is not there: browser tests run in it"), advice)
        .tried(format!("looking for {program} in PATH"))
}

fn apt(title: &str, arguments: &[&str]) -> Result<(), Failure> {
    let mut command = Command::new("apt-get");
    command.args(["-o", "DPkg::Lock::Timeout=120"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    quietly(title, command, "check the network connection and /etc/apt/sources.list, then run the same command again.")
}
