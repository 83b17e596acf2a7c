//! The session as all components see it.

use cutline_session::{Key, Msg, Session};
use std::cell::{Ref, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// A handle on the one session. Two handles are equal if nothing has happened between them.
#[derive(Clone, Debug)]
pub struct Shared {
    session: Rc<RefCell<Session>>,
    revision: u32,
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision && Rc::ptr_eq(&self.session, &other.session)
    }
}

impl Shared {
    /// Shares a session.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self { session: Rc::new(RefCell::new(session)), revision: 0 }
    }

    /// The session, to read from.
    #[must_use]
    pub fn read(&self) -> Ref<'_, Session> {
        self.session.borrow()
    }

    /// Tells the session what happened. Handles made before are then no longer equal to this one.
    pub fn update(&mut self, msg: Msg) -> Vec<cutline_session::Command> {
        self.revision = self.revision.wrapping_add(1);
        self.session.borrow_mut().update(msg)
    }

    /// Opens a link. Handles made before are then no longer equal to this one.
    pub fn open_link(&mut self, text: &str) -> Vec<cutline_session::Command> {
        self.revision = self.revision.wrapping_add(1);
        self.session.borrow_mut().open_link(text)
    }

    /// Opens a file. Handles made before are then no longer equal to this one.
    pub fn open_file(
        &mut self,
        name: &str,
        text: Result<String, cutline_session::FileTrouble>,
    ) -> Vec<cutline_session::Command> {
        self.revision = self.revision.wrapping_add(1);
        self.session.borrow_mut().open_file(name, text)
    }

    /// A string of the catalogue without places.
    #[must_use]
    pub fn text(&self, text: impl Key) -> String {
        self.read().say(text, &[])
    }
}

/// What most components take.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SharedProps {
    /// The session.
    pub session: Shared,
    /// Where to tell what the reader did.
    pub tell: Callback<Msg>,
}
