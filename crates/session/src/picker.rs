//! The scenarios of the picker, and their names in links.

use crate::catalogue::groups::GroupText;
use crate::gallery::{self, Listed};
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

    /// The titles of all in the order of the picker, by groups: what those of a group have in common, and the place of each
    /// among all with its title.
    #[must_use]
    pub fn grouped_titles(&self) -> Vec<(String, Vec<(usize, &str)>)> {
        let mut groups: Vec<(GroupText, Vec<(usize, &str)>)> = Vec::new();
        for ((at, title), listed) in self.titles().enumerate().zip(&self.scenarios) {
            let group = gallery::group_of(&listed.name).unwrap_or(GroupText::Own);
            match groups.last_mut() {
                Some((last, titles)) if *last == group => titles.push((at, title)),
                _ => groups.push((group, vec![(at, title)])),
            }
        }
        groups.into_iter().map(|(group, titles)| (self.say(group, &[]), titles)).collect()
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
