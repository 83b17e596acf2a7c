//! From a link to the session.

use super::leave::{Chosen, Compared, Ends, Hall, Here, Place, Spoken};
use super::section::tag;
use super::tree::{self, Code, Unreadable};
use super::{Damage, Link, Sections};
use crate::file::FileTrouble;
use crate::gallery::Listed;
use crate::look::Look;
use crate::own_cut::OwnCut;
use crate::session::{Command, Session};
use crate::side::Side;
use crate::traffic::traffic;
use cutline_core::history::{End, NodeId, START};
use cutline_core::scheduler::{Scheduler, oldest_first};
use cutline_core::{Action, History, Method, Scenario};

/// How much work opening a link may take: an event counts 8, a thing looked at 1. A second or so on a slow machine.
const MAX_WORK: usize = 16_000_000;
/// What an event counts.
const EVENT: usize = 8;
/// What going elsewhere in the history counts, beside its depth: up to 256 actions are replayed.
const GOING: usize = 2048;

/// What there is to be said about the link or the file that was opened last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It could not be opened; all is as it was.
    Damaged(Damage),
    /// Some of its actions cannot be done.
    Refused {
        /// The first of them; none where nothing was left to be delivered.
        action: Option<Action>,
        /// How many are left out: those, and all that came after them.
        left_out: usize,
    },
    /// It asks for more work than opening may take.
    TooMuch {
        /// How many actions were done.
        done: usize,
        /// How many it has.
        all: usize,
    },
    /// A file could not be opened; all is as it was.
    File {
        /// Its name.
        file: String,
        /// Why not.
        trouble: FileTrouble,
    },
}

impl Session {
    /// Opens a link: what stands in the fragment of an address, or a whole address. What is wrong with it is told by
    /// [`Session::notice_words`]; where it cannot be read at all, everything stays as it is.
    ///
    /// Takes bounded time and room, whatever the text.
    pub fn open_link(&mut self, text: &str) -> Vec<Command> {
        let (was_playing, spoken) = (self.is_playing(), self.lang);
        self.time.stop();
        (self.menu, self.notice) = (None, None);
        self.arrival = self.arrive(text).unwrap_or_else(|damage| Some(Arrival::Damaged(damage)));
        self.notices = self.notices.wrapping_add(u32::from(self.arrival.is_some()));
        let stopped = was_playing.then_some(Command::StopTicking);
        let speaks = (self.lang != spoken).then_some(Command::SpokenLanguage(self.lang));
        stopped.into_iter().chain(speaks).collect()
    }

    /// Nothing is changed where this fails.
    fn arrive(&mut self, text: &str) -> Result<Option<Arrival>, Damage> {
        let link = Link::read(text)?;
        let tree = [tag::TREE, tag::LONG_TREE].into_iter().find_map(|tag| Some((tag, link.sections.bytes_of(tag)?)));
        let codes = match tree {
            None => None,
            Some((tag, (bytes, from))) => Some(tree::read(tag, bytes).map_err(|why| match why {
                Unreadable::At(at) => link.sections.damage_at(from + at),
                Unreadable::TooMany => Damage::TooManyActions,
            })?),
        };
        let place: Place = link.sections.get()?;
        let compared: Compared = link.sections.get()?;
        let ends: Ends = link.sections.get()?;
        let settings = Settings::of(&link.sections)?;
        let at = self.place_in_picker(&link)?;
        self.open(at);
        let (replay, arrival) = match codes {
            Some(codes) => {
                let mut replay = Replay::default();
                replay.all(&mut self.history, &codes);
                self.go_to(&replay, &ends, place.0.unwrap_or_default());
                let told = replay.told(&codes);
                (replay, told)
            }
            None => {
                let replay = Replay::over(&self.history);
                if place != Place::default() || ends != Ends::default() {
                    let opens = Here { step: Some(self.step()), ..Here::default() };
                    self.go_to(&replay, &ends, place.0.unwrap_or(opens));
                }
                (replay, None)
            }
        };
        self.settle(settings);
        self.look.compare(compared.0.and_then(|back| replay.moment(back)));
        Ok(arrival)
    }

    /// The place of the link's scenario in the picker, where it is put if it comes with the link.
    fn place_in_picker(&mut self, link: &Link) -> Result<usize, Damage> {
        if let Some((bytes, from)) = link.sections.bytes_of(tag::SCENARIO) {
            let text = std::str::from_utf8(bytes).map_err(|why| link.sections.damage_at(from + why.valid_up_to()))?;
            let scenario = Scenario::parse(text).map_err(Damage::Scenario)?;
            return Ok(self.list(Listed::of_text(text.into(), scenario)));
        }
        self.place_of(&link.name).ok_or_else(|| Damage::NoSuchScenario { name: link.name.clone() })
    }

    /// To the link's place in the history.
    fn go_to(&mut self, replay: &Replay, ends: &Ends, here: Here) {
        let history = &mut self.history;
        let last = replay.nodes.len() - 1;
        history.seek(0);
        let last_ways: Vec<NodeId> =
            tree::forks(history).filter_map(|node| history.children(node).last().copied()).collect();
        last_ways.into_iter().for_each(|way| history.prefer(way));
        let ways = here.other_ways.into_iter().filter_map(|back| replay.moment(back));
        ways.for_each(|way| history.prefer(way));
        for end in &ends.0 {
            if let (Some(node), Some(newest)) = (replay.moment(end.node), replay.moment(end.newest)) {
                history.add_end(End { node, newest });
                if end.is_way {
                    history.prefer_end(node);
                }
            }
        }
        let tip = replay.number(here.tip).unwrap_or(last);
        let (end, depth) = replay.nearest(tip);
        history.switch_to(end);
        let whole = replay.nodes[tip].is_some() && !replay.is_spent();
        history.seek(here.step.map_or(depth, |step| if whole { step } else { step.min(depth) }));
    }

    /// All state but the run itself.
    fn settle(&mut self, settings: Settings) {
        self.chosen = settings.chosen.0;
        if let Spoken(Some(lang)) = settings.spoken {
            self.lang = lang;
        }
        self.look = settings.look;
        self.side = settings.side;
        self.own_cut = settings.own_cut;
        self.time.set_speed(settings.hall.speed);
        self.presenting = settings.hall.presenting;
    }
}

/// What a link says beside the run, read before anything is changed.
struct Settings {
    chosen: Chosen,
    spoken: Spoken,
    look: Look,
    side: Side,
    own_cut: OwnCut,
    hall: Hall,
}

impl Settings {
    fn of(sections: &Sections) -> Result<Self, Damage> {
        Ok(Self {
            chosen: sections.get()?,
            spoken: sections.get()?,
            look: sections.get()?,
            side: sections.get()?,
            own_cut: sections.get()?,
            hall: sections.get()?,
        })
    }
}

/// The moments of a link in the order of the link: where they are in the history, if they could be reached.
struct Replay {
    nodes: Vec<Option<NodeId>>,
    /// For each the one before it, and how many actions lead there.
    parents: Vec<(usize, usize)>,
    /// The actions in the order of the link, whether they could be done or not.
    tried: Vec<Option<Action>>,
    /// Where the next action is taken.
    at: usize,
    refused: Option<Option<Action>>,
    work: usize,
}

impl Default for Replay {
    fn default() -> Self {
        Self { nodes: vec![Some(START)], parents: vec![(0, 0)], tried: Vec::new(), at: 0, refused: None, work: 0 }
    }
}

impl Replay {
    /// A history that is there already.
    fn over(history: &History<Method>) -> Self {
        let mut replay = Self::default();
        for taken in history.taken() {
            replay.at = taken.parent.index();
            replay.reached(Some(taken.node));
        }
        replay
    }

    fn all(&mut self, history: &mut History<Method>, codes: &[Code]) {
        for code in codes {
            match *code {
                Code::Branch(back) => self.at = (self.nodes.len() - 1).saturating_sub(back),
                Code::Take(action) => self.take(history, Some(action)),
                Code::Oldest(count) => {
                    for _ in 0..count {
                        self.work += tree::cost_of_asking(history.world());
                        if self.is_spent() {
                            return;
                        }
                        let oldest = self.go(history).then(|| oldest_first(history.world())).flatten();
                        self.take(history, oldest);
                    }
                }
                Code::Traffic { count, seed } => {
                    for _ in 0..count {
                        self.work += tree::cost_of_drawing(history.world());
                        if self.is_spent() {
                            return;
                        }
                        let mut traffic = traffic(seed, self.parents[self.at].1);
                        let drawn = self.go(history).then(|| traffic.next(history.world())).flatten();
                        self.take(history, drawn);
                    }
                }
                Code::Again { count, back } => {
                    for _ in 0..count {
                        self.take(history, self.tried[self.tried.len() - back]);
                        if self.is_spent() {
                            return;
                        }
                    }
                }
            }
            if self.is_spent() {
                return;
            }
        }
    }

    fn is_spent(&self) -> bool {
        self.work > MAX_WORK
    }

    /// Takes an action, if there is one and it can be done; what follows one that cannot is not there either.
    fn take(&mut self, history: &mut History<Method>, action: Option<Action>) {
        self.tried.push(action);
        if !self.go(history) {
            return self.reached(None);
        }
        let before = history.event_count();
        let done = action.is_some_and(|action| history.act(action).is_ok());
        if !done {
            self.refused.get_or_insert(action);
        }
        let channels = history.world().topology().channel_count();
        let all_at_once = if matches!(action, Some(Action::Restore { .. })) { channels } else { 1 };
        self.work += (history.event_count() - before) * EVENT + all_at_once * EVENT;
        self.reached(done.then(|| history.here()));
    }

    /// To where the next action is taken, if that could be reached.
    fn go(&mut self, history: &mut History<Method>) -> bool {
        let Some(node) = self.nodes[self.at] else { return false };
        if history.here() != node {
            let depth = self.parents[self.at].1;
            self.work += GOING + depth + history.world().topology().channel_count();
            history.switch_to(node);
            history.seek(depth);
        }
        true
    }

    fn reached(&mut self, node: Option<NodeId>) {
        self.parents.push((self.at, self.parents[self.at].1 + 1));
        self.nodes.push(node);
        self.at = self.nodes.len() - 1;
    }

    /// The number of a moment that is given by how many were reached after it, which means nothing where the end is missing.
    fn number(&self, back: usize) -> Option<usize> {
        (self.nodes.len() - 1).checked_sub(back).filter(|_| !self.is_spent())
    }

    /// That moment in the history.
    fn moment(&self, back: usize) -> Option<NodeId> {
        self.nodes[self.number(back)?]
    }

    /// The last moment on the way to one that could be reached, and how many actions lead there.
    fn nearest(&self, mut at: usize) -> (NodeId, usize) {
        loop {
            if let Some(node) = self.nodes[at] {
                return (node, self.parents[at].1);
            }
            at = self.parents[at].0;
        }
    }

    fn told(&self, codes: &[Code]) -> Option<Arrival> {
        let left_out = self.nodes.iter().filter(|node| node.is_none()).count();
        if self.is_spent() {
            let done = self.nodes.len() - 1 - left_out;
            return Some(Arrival::TooMuch { done, all: codes.iter().map(|code| code.count()).sum() });
        }
        self.refused.map(|action| Arrival::Refused { action, left_out })
    }
}
