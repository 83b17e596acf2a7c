//! What is said about links.

use super::{Arrival, Damage, Extent, MAX_ACTIONS, MAX_CHARACTERS, VERSION};
use crate::catalogue::{LinkText, Text};
use crate::session::Session;
use crate::words::list;

impl Session {
    /// What the reader has to be told, in words, with a number that is another for each time: why something was refused, or
    /// what is wrong with a link.
    #[must_use]
    pub fn notice_words(&self) -> Option<(u32, String)> {
        let refused = self.notice.map(|notice| (notice.number, self.refusal(notice.why)));
        refused.or_else(|| self.arrival.as_ref().map(|arrival| (self.notices, self.arrival_words(arrival))))
    }

    /// What went wrong with a link, in the reader's language.
    #[must_use]
    pub(crate) fn arrival_words(&self, arrival: &Arrival) -> String {
        match arrival {
            Arrival::Damaged(damage) => self.damage_words(damage),
            Arrival::Refused { action, left_out } => {
                let refused = action.map_or_else(String::new, |action| match self.world().check(action) {
                    Err(why) => self.refusal(why),
                    Ok(()) => String::new(),
                });
                let why = if action.is_none() { self.say(Text::NoneUnderWay, &[]) } else { refused };
                let said = self.say(LinkText::LeftOut, &[("n", &left_out.to_string()), ("why", &why)]);
                said.trim_end().into()
            }
            Arrival::File { file, trouble } => self.trouble_words(file, trouble),
            Arrival::TooMuch { done, all } => {
                self.say(LinkText::TooMuch, &[("n", &done.to_string()), ("all", &all.to_string())])
            }
        }
    }

    fn damage_words(&self, damage: &Damage) -> String {
        let known = VERSION.to_string();
        let place = |text, at: usize| self.say(text, &[("at", &at.to_string()), ("known", &known)]);
        match damage {
            Damage::NotALink => {
                let example = format!("{VERSION}.{}", self.scenario_names().next().unwrap_or_default());
                self.say(LinkText::NotALink, &[("example", &example)])
            }
            Damage::Newer { version } => self.say(LinkText::Newer, &[("n", &version.to_string()), ("known", &known)]),
            Damage::NeedsNewer => self.say(LinkText::NeedsNewer, &[]),
            Damage::TooLong { characters } => {
                let values = [("n", &*characters.to_string()), ("most", &MAX_CHARACTERS.to_string())];
                self.say(LinkText::TooLong, &values)
            }
            Damage::Sign { at, sign } => {
                let sign = if sign.is_ascii_graphic() { sign.to_string() } else { format!("U+{:04X}", *sign as u32) };
                self.say(LinkText::Sign, &[("at", &at.to_string()), ("sign", &sign)])
            }
            Damage::EndsEarly { at } => place(LinkText::EndsEarly, *at),
            Damage::Check => self.say(LinkText::Changed, &[]),
            Damage::Section { at } => place(LinkText::Section, *at),
            Damage::TooManyActions => self.say(LinkText::TooManyActions, &[("most", &MAX_ACTIONS.to_string())]),
            Damage::NoSuchScenario { name } => {
                let names: Vec<String> = self.scenario_names().map(Into::into).collect();
                self.say(LinkText::NoSuchScenario, &[("name", name), ("list", &list(self.lang(), &names))])
            }
            Damage::Scenario(why) => self.say(LinkText::Scenario, &[("why", &why.to_string())]),
        }
    }

    /// What a link that was copied leaves out; none if nothing.
    #[must_use]
    pub fn extent_words(&self, extent: Extent) -> Option<String> {
        match extent {
            Extent::Whole => None,
            Extent::Branch => Some(self.say(LinkText::BranchOnly, &[])),
            Extent::Past => Some(self.say(LinkText::PastOnly, &[])),
        }
    }

    /// What of the run the page's address does not hold, so that a reload loses it; none if nothing.
    #[must_use]
    pub fn unkept_words(&self, kept: Result<Extent, super::TooLong>) -> Option<String> {
        match kept {
            Ok(Extent::Whole) => None,
            Ok(Extent::Branch) => Some(self.say(LinkText::UnkeptBranches, &[])),
            Ok(Extent::Past) => Some(self.say(LinkText::UnkeptFuture, &[])),
            Err(_) => Some(self.say(LinkText::Unkept, &[])),
        }
    }

    /// That there can be no link, and what to do.
    #[must_use]
    pub fn no_link_words(&self, why: super::leave::TooLong) -> String {
        let values = [("n", &*why.characters.to_string()), ("most", &MAX_CHARACTERS.to_string())];
        self.say(LinkText::CannotCopy, &values)
    }
}
