//! The cache of tools: a folder per tool and version, which is there whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure};
use crate::lock;
use crate::workspace::{Workspace, shown};

/// Which entries of the cache folder are ours to delete.
const PREFIXES: [&str; 3] = ["trunk-", "wasm-bindgen-cli-", "npm-binaryen-"];

/// Installs a tool unless it is there: into a sibling folder under a lock, renamed when whole.
/// `proof` is a file that every whole installation has.
pub(crate) fn install_once(
    workspace: &Workspace,
    name: &str,
    proof: &str,
    install: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let home = workspace.cache.join(name);
    if home.join(proof).exists() {
        return Ok(());
    }
    fs::create_dir_all(&workspace.cache).doing(&shown(&workspace.cache))?;
    let lock = workspace.cache.join(format!(".{name}.lock"));
    let _lock = lock::take(&lock, &format!("installing {name}"))?;
    if home.join(proof).exists() {
        return Ok(());
    }
    let leftovers = format!(".{name}.partial-");
    remove_entries(&workspace.cache, |entry| entry.starts_with(&leftovers))?;
    let partial = workspace.cache.join(format!("{leftovers}{}", std::process::id()));
    fs::create_dir_all(&partial).doing(&shown(&partial))?;
    let done = install(&partial).and_then(|()| match partial.join(proof).exists() {
        true => Ok(()),
        false => Err(Failure::new(
            format!("{name}: the installation ended well but left no {proof}"),
            "this is a fault in crates/xtask/src/tools; please report it.",
        )),
    });
    if let Err(failure) = done {
        // The failure matters more than what it leaves behind; the next run removes that.
        let _ = fs::remove_dir_all(&partial);
        return Err(failure);
    }
    if home.exists() {
        fs::remove_dir_all(&home).doing(&shown(&home))?;
    }
    fs::rename(&partial, &home).doing(&shown(&home))
}

/// Removes every tool from the cache and says where that was. Anything else there stays.
pub(crate) fn clean(workspace: &Workspace) -> Result<PathBuf, Failure> {
    if workspace.cache.exists() {
        remove_entries(&workspace.cache, |entry| {
            let name = entry.strip_prefix('.').unwrap_or(entry);
            PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        })?;
    }
    Ok(workspace.cache.clone())
}

fn remove_entries(folder: &Path, ours: impl Fn(&str) -> bool) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).doing(&shown(folder))? {
        let path = entry.doing(&shown(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !ours(&name) {
            continue;
        }
        if path.is_dir() {
            fs::remove_dir_all(&path).doing(&shown(&path))?;
        } else {
            fs::remove_file(&path).doing(&shown(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::OnceCell;

    use super::*;

    fn workspace(name: &str) -> Workspace {
        let cache = std::env::temp_dir().join(format!("cutline-{name}-{}", std::process::id()));
        Workspace { root: PathBuf::new(), target: PathBuf::new(), cache, page: OnceCell::new() }
    }

    #[test]
    fn a_failed_installation_leaves_nothing_and_a_good_one_is_kept() {
        let workspace = workspace("cache");
        let broken = install_once(&workspace, "trunk-1", "bin", |folder| {
            fs::write(folder.join("half"), "").doing("half")?;
            Err(Failure::new("stopped", "try again."))
        });
        assert!(broken.is_err());
        assert!(!workspace.cache.join("trunk-1").exists());

        let whole = |folder: &Path| fs::write(folder.join("bin"), "").doing("bin");
        install_once(&workspace, "trunk-1", "bin", whole).unwrap();
        install_once(&workspace, "trunk-1", "bin", |_| panic!("it is there")).unwrap();

        fs::write(workspace.cache.join("other"), "").unwrap();
        clean(&workspace).unwrap();
        let left: Vec<_> = fs::read_dir(&workspace.cache).unwrap().collect();
        assert_eq!(left.len(), 1);
        fs::remove_dir_all(&workspace.cache).unwrap();
    }
}
