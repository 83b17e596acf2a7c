//! One run at a time for what two cannot share.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::failure::{Doing, Failure};
use crate::workspace::shown;

/// Waits for a file's lock, and says what another run is doing if that takes a while. The system
/// drops the lock with the process, so a killed run blocks nobody.
pub(crate) fn take(path: &Path, doing: &str) -> Result<File, Failure> {
    let file = File::create(path).doing(&shown(path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            eprintln!("Another run is {doing}; waiting for it ...");
            file.lock().doing(&shown(path))?;
        }
        Err(TryLockError::Error(error)) => Err(error).doing(&shown(path))?,
    }
    Ok(file)
}
