//! What changes of a run reach into the session for.

use crate::session::Session;
use cutline_core::{History, Method, ProcessId};

impl Session {
    pub(crate) fn open_menu_of(&mut self, process: ProcessId) {
        self.editing.close();
        self.menu = Some(process).filter(|process| self.topology().has_process(*process));
    }

    pub(crate) fn close_menus(&mut self) {
        self.menu = None;
        self.editing.close();
    }

    /// What has happened, whatever the reader has in hand.
    pub(crate) fn real_history(&self) -> &History<Method> {
        &self.history
    }

    pub(crate) fn real_history_mut(&mut self) -> &mut History<Method> {
        &mut self.history
    }

    /// Another tree in place of the one there was, of which it is a continuation.
    pub(crate) fn put_history(&mut self, history: History<Method>) {
        self.history = history;
    }
}
