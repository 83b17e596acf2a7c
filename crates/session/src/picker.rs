//! The scenarios of the picker, and their names in links.

use crate::gallery::Listed;
use crate::session::Session;

impl Session {
    /// The open one.
    pub(crate) fn listed(&self) -> &Listed {
        &self.scenarios[self.current]
    }

    /// By what links know the open scenario; empty for one whose text is in the link.
    #[must_use]
    pub fn scenario_name(&self) -> &str {
        &self.listed().name
    }

    /// The names of those that come with the page.
    pub(crate) fn scenario_names(&self) -> impl Iterator<Item = &str> {
        self.scenarios.iter().filter(|listed| listed.text.is_none()).map(|listed| &*listed.name)
    }

    /// Where in the picker the one of a name is. Without a name it is the first.
    pub(crate) fn place_of(&self, name: &str) -> Option<usize> {
        if name.is_empty() { Some(0) } else { self.scenario_names().position(|known| known == name) }
    }

    /// Puts one that came from elsewhere into the picker and says where. There is room for one: it takes the place of
    /// another.
    pub(crate) fn list(&mut self, listed: Listed) -> usize {
        let elsewhere = self.scenarios.iter().position(|known| known.text.is_some());
        let at = elsewhere.unwrap_or(self.scenarios.len());
        self.scenarios.truncate(at);
        self.scenarios.push(listed);
        at
    }
}
