//! What of a schedule an algorithm did not go along with, in sentences.

use cutline_core::scenario::sentence;
use cutline_core::scheduler::{Following, Undone};
use cutline_core::{ChannelId, Method, Rejected, World};
use cutline_session::{Lang, Session};
use serde_json::{Value, json};

/// So many are told of each algorithm in text.
const MOST: usize = 5;

/// What was not done, and why.
pub(crate) struct One {
    what: Undone,
    sentence: Option<String>,
    why: Option<Rejected>,
}

/// That in words.
pub(crate) struct Told {
    what: String,
    why: String,
}

/// All that was not done, in a world at the end of what was.
pub(crate) fn of(followed: &Following, world: &World<Method>) -> Vec<One> {
    let one = |(what, why)| {
        let sentence = match what {
            Undone::Action(action) => Some(sentence(world, action)),
            _ => None,
        };
        One { what, sentence, why }
    };
    let missed = followed.missed().iter().map(|what| (*what, None));
    missed.chain(followed.undone(world)).map(one).collect()
}

impl One {
    pub(crate) fn told(self, session: &Session) -> Told {
        let (lang, topology) = (session.lang(), session.topology());
        let name = |channel: ChannelId| topology.channel(channel).name.as_str();
        let (what, otherwise) = match (self.what, lang) {
            (Undone::Action(_), _) => (self.sentence.unwrap_or_default(), String::new()),
            (Undone::Arrival(channel, number), Lang::En) => {
                (format!("message {number} on {} arrives", name(channel)), "it is not there".to_owned())
            }
            (Undone::Arrival(channel, number), Lang::Zh) => {
                (format!("{} 上的第 {number} 条消息到达", name(channel)), "它不在那里".to_owned())
            }
            (Undone::Mishap { channel, number, repeated }, Lang::En) => {
                let item = number.map_or_else(|| "a control message".to_owned(), |number| format!("message {number}"));
                let happens = if repeated { "comes twice" } else { "is lost" };
                (format!("{item} on {} {happens}", name(channel)), "there is none at this point".to_owned())
            }
            (Undone::Mishap { channel, number, repeated }, Lang::Zh) => {
                let item = number.map_or_else(|| "一条控制消息".to_owned(), |number| format!("第 {number} 条消息"));
                let happens = if repeated { "重复" } else { "丢失" };
                (format!("{} 上的{item}{happens}", name(channel)), "此时那里没有".to_owned())
            }
        };
        let is_gone = matches!(self.why, Some(Rejected::NothingThere { .. }) | None);
        let why = match self.why {
            Some(why) if !is_gone || otherwise.is_empty() => session.refusal(why),
            _ => otherwise,
        };
        Told { what, why }
    }
}

impl Told {
    pub(crate) fn json(&self) -> Value {
        json!({ "what": self.what, "why": self.why })
    }
}

/// The first of them, one a line, and how many more there are.
pub(crate) fn notes(undone: &[Told], lang: Lang) -> Vec<String> {
    let one = |Told { what, why }: &Told| match lang {
        Lang::En => format!("not done: {what} ({why})"),
        Lang::Zh => format!("未执行：{what}（{why}）"),
    };
    let more = undone.len().saturating_sub(MOST);
    let more = (more > 0).then(|| match lang {
        Lang::En => format!("not done: {more} more"),
        Lang::Zh => format!("未执行：另有 {more} 项"),
    });
    undone.iter().take(MOST).map(one).chain(more).collect()
}
