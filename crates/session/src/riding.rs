//! What rides on a message for the algorithm, in words.

use crate::catalogue::Lang;
use crate::catalogue::riding::RidingText;
use crate::session::Session;
use crate::words::list;
use cutline_core::riding::TagRole;
use cutline_core::{ChannelId, MessageId, SnapshotId};

impl Session {
    /// What a thing is called, and after that what rides on it, if something does.
    pub(crate) fn with_tags(&self, label: String, channel: ChannelId, message: MessageId) -> String {
        let separator = match self.lang() {
            Lang::En => "; ",
            Lang::Zh => "；",
        };
        let chart = self.chart();
        let tags = chart.tag_roles(message).iter().filter_map(|role| self.tag_words(channel, role));
        [label].into_iter().chain(tags).collect::<Vec<_>>().join(separator)
    }

    fn tag_words(&self, channel: ChannelId, role: &TagRole) -> Option<String> {
        let ends = self.topology().channel(channel);
        let (p, q) = (self.process_name(ends.from), self.process_name(ends.to));
        let say = |text, n: &str, list: &str| Some(self.say(text, &[("p", &p), ("q", &q), ("n", n), ("list", list)]));
        match role {
            TagRole::Colours(colours) => {
                let begun = (0..self.world().snapshots().len()).map(SnapshotId::at);
                let red: Vec<String> = begun.filter(|one| colours.is_red(*one)).map(Self::number).collect();
                let text = match red.len() {
                    0 => RidingText::White,
                    1 => RidingText::Red,
                    _ => RidingText::RedForSeveral,
                };
                say(text, &list(self.lang(), &red), "")
            }
            TagRole::Recorded(snapshots) => say(RidingText::Recorded, &snapshots.to_string(), ""),
            TagRole::Number(0) => None,
            TagRole::Number(number) => say(RidingText::Number, &number.to_string(), ""),
            TagRole::Clock(reading) => say(RidingText::Clock, &reading.to_string(), ""),
            TagRole::Vector(events) => {
                let of = events.iter().map(|(of, events)| {
                    self.say(RidingText::Of, &[("p", &self.process_name(*of)), ("n", &events.to_string())])
                });
                say(RidingText::Vector, "", &list(self.lang(), &of.collect::<Vec<_>>()))
            }
            TagRole::After(sent) if sent.is_empty() => say(RidingText::AfterNothing, "", ""),
            TagRole::After(sent) => {
                let by = sent.iter().map(|(from, items)| {
                    self.say(RidingText::By, &[("p", &self.process_name(*from)), ("n", &items.to_string())])
                });
                say(RidingText::After, "", &list(self.lang(), &by.collect::<Vec<_>>()))
            }
        }
    }
}
