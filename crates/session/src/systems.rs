//! Which system the reader looks at: its algorithm, what its network does, what its processes do; and the choice of another.

mod carry;

mod declare;
pub(crate) mod offers;

pub(crate) use carry::is_by_each;

use crate::catalogue::systems::SystemText;
use crate::gallery::{self, Listed};
use crate::session::{Msg, Session};
use crate::words::list;
use cutline_core::algorithm::{Algorithm, Lack};
use cutline_core::scheduler::Policy;
use cutline_core::topology::Order;
use cutline_core::{ProcessId, Scenario};
use offers::{ALGORITHMS, Offer};

/// A choice of another system. What is not named stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemMsg {
    /// Another algorithm, by its place among those that are offered.
    Algorithm(usize),
    /// Another network.
    Network(Network),
    /// Other processes.
    Processes(Processes),
    /// Snapshots at other times.
    Snapshots(Rhythm),
    /// This process is not there at the start, and can join. Its money is not there either.
    Newcomer(ProcessId),
}

/// When snapshots are started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// When the reader starts one.
    ByHand,
    /// By themselves, as often as `EVERY` says at this place.
    Every(u8),
}

/// How often snapshots are started by themselves: after so many steps; and not while more messages than that are under way.
const EVERY: [(u32, Option<u32>); 3] = [(10, None), (30, None), (10, Some(2))];
/// How many of them in all.
const MOST: u16 = 8;

/// What all channels are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// They keep the order.
    Ordered,
    /// They do not.
    Unordered,
    /// They do not, but links with sequence numbers repair that.
    Repaired,
}

/// What all processes do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Processes {
    /// They hold money.
    Money,
    /// They pass a token on.
    Token,
    /// They hand out work.
    Work,
    /// They wait for each other.
    Waiting,
    /// Records flow from sources through operators.
    Dataflow,
}

/// One of the things that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// What it is called.
    pub label: String,
    /// What it assumes or means.
    pub remark: Option<String>,
    /// What of that is not met by the rest of the system.
    pub unmet: Option<String>,
    /// Whether it is what there is now.
    pub is_chosen: bool,
    /// What chooses it.
    pub msg: Msg,
}

impl Session {
    /// The algorithms to choose from, the present one marked.
    #[must_use]
    pub fn algorithms(&self) -> Vec<Offered> {
        let offered = |(at, offer): (usize, &Offer)| Offered {
            label: self.say(offer.name, &[]),
            remark: Some(self.say(offer.assumes, &[])),
            unmet: offer.method().and_then(|method| self.unmet(method.lacks(self.world().system())?)),
            is_chosen: self.offer().is_some_and(|(chosen, _)| chosen == at),
            msg: Msg::System(SystemMsg::Algorithm(at)),
        };
        ALGORITHMS
            .iter()
            .enumerate()
            .filter(|(_, offer)| offer.fits(declare::kind_of(self.computation())))
            .map(offered)
            .collect()
    }

    /// What an algorithm takes for granted and is not so here. (Control channels come with it.)
    fn unmet(&self, lack: Lack) -> Option<String> {
        match lack {
            Lack::Order(channel) => Some(self.say(SystemText::UnmetOrder, &[("channel", &self.channel_name(channel))])),
            Lack::Feedback => Some(self.say(SystemText::UnmetFeedback, &[])),
            Lack::OneBeginner => Some(self.say(SystemText::UnmetBeginner, &[])),
            Lack::ControlChannel(..) => None,
        }
    }

    /// The networks to choose from.
    #[must_use]
    pub fn networks(&self) -> Vec<Offered> {
        let offered = |(network, text): (Network, SystemText)| Offered {
            label: self.say(text, &[]),
            remark: (network == Network::Repaired).then(|| self.say(SystemText::LinksMean, &[])),
            unmet: None,
            is_chosen: self.network_kind() == Some(network),
            msg: Msg::System(SystemMsg::Network(network)),
        };
        let all = [
            (Network::Ordered, SystemText::Ordered),
            (Network::Unordered, SystemText::Unordered),
            (Network::Repaired, SystemText::Links),
        ];
        all.map(offered).into()
    }

    /// The kinds of processes to choose from.
    #[must_use]
    pub fn kinds_of_processes(&self) -> Vec<Offered> {
        let offered = |(processes, text): (Processes, SystemText)| Offered {
            label: self.say(text, &[]),
            remark: None,
            unmet: None,
            is_chosen: declare::kind_of(self.computation()) == processes,
            msg: Msg::System(SystemMsg::Processes(processes)),
        };
        let all = [
            (Processes::Money, SystemText::Money),
            (Processes::Token, SystemText::Token),
            (Processes::Work, SystemText::Work),
            (Processes::Waiting, SystemText::Waiting),
            (Processes::Dataflow, SystemText::Dataflow),
        ];
        all.map(offered).into()
    }

    /// When snapshots are started, to choose from. What a file says otherwise is offered as well.
    #[must_use]
    pub fn rhythms(&self) -> Vec<Offered> {
        let now = self.policy().map(|policy| (policy.every, policy.load));
        let offered = |rhythm, (every, load): (u32, Option<u32>), is_chosen| {
            let (n, k) = (every.to_string(), load.map(|load| load.to_string()).unwrap_or_default());
            let text = if load.is_some() { SystemText::EveryAtLoad } else { SystemText::Every };
            let label = self.say(text, &[("n", &n), ("k", &k)]);
            let (remark, unmet) = (self.policy().filter(|_| is_chosen).map(|policy| self.policy_words(policy)), None);
            Offered { label, remark, unmet, is_chosen, msg: Msg::System(SystemMsg::Snapshots(rhythm)) }
        };
        let by_hand = Offered {
            label: self.say(SystemText::ByHand, &[]),
            remark: None,
            unmet: None,
            is_chosen: now.is_none(),
            msg: Msg::System(SystemMsg::Snapshots(Rhythm::ByHand)),
        };
        let by_themselves = (0..).zip(EVERY).map(|(at, every)| offered(Rhythm::Every(at), every, now == Some(every)));
        // It is there already, so that nobody can choose it.
        let of_file = now.filter(|now| !EVERY.contains(now)).map(|now| offered(Rhythm::ByHand, now, true));
        [by_hand].into_iter().chain(by_themselves).chain(of_file).collect()
    }

    fn policy_words(&self, policy: &Policy) -> String {
        let names: Vec<String> = policy.by.iter().map(|process| self.process_name(*process)).collect();
        let values = [("n", &*policy.most.to_string()), ("list", &list(self.lang(), &names))];
        self.say(SystemText::InAll, &values)
    }

    /// What the algorithm is called.
    #[must_use]
    pub fn algorithm_name(&self) -> String {
        match (self.offer(), self.family()) {
            (Some((_, offer)), _) => self.say(offer.name, &[]),
            (None, Some(offer)) => self.say(SystemText::Changed, &[("name", &self.say(offer.name, &[]))]),
            (None, None) => self.say(SystemText::Title, &[]),
        }
    }

    /// Where the algorithm comes from.
    #[must_use]
    pub fn algorithm_source(&self) -> String {
        self.say(self.family().map_or(SystemText::ChandyLamportSource, |offer| offer.source), &[])
    }

    /// The algorithm as it is offered, with its place.
    pub(crate) fn offer(&self) -> Option<(usize, &'static Offer)> {
        let method = self.history().world().algorithm();
        ALGORITHMS.iter().enumerate().find(|(_, offer)| (offer.is)(*method))
    }

    /// The same; of one that is wrong on purpose, the one that it departs from.
    pub(crate) fn family(&self) -> Option<&'static Offer> {
        let kind = std::mem::discriminant(self.history().world().algorithm());
        let alike = |offer: &&Offer| offer.method().is_some_and(|method| std::mem::discriminant(&method) == kind);
        self.offer().map(|(_, offer)| offer).or_else(|| ALGORITHMS.iter().find(alike))
    }

    /// One text where markers close the channels, another where something else does.
    pub(crate) fn by_markers<T>(&self, markers: T, other: T) -> T {
        if self.world().algorithm().markers().is_some() { markers } else { other }
    }

    /// What all channels of the application are like; none if they differ.
    fn network_kind(&self) -> Option<Network> {
        let topology = self.topology();
        let of = |channel| match (topology.is_repaired(channel), topology.channel(channel).order) {
            (true, _) => Network::Repaired,
            (false, Order::Fifo) => Network::Ordered,
            (false, Order::Unordered) => Network::Unordered,
        };
        let mut all = topology.channels().filter(|channel| !topology.is_for_control(*channel)).map(of);
        let first = all.next().unwrap_or(Network::Ordered);
        all.all(|other| other == first).then_some(first)
    }

    /// Opens the same system with one thing changed, and does there what the application did here up to the present.
    pub(crate) fn choose(&mut self, msg: SystemMsg) {
        let Some(source) = self.source() else { return };
        let text = declare::changed(&source, self, msg);
        // What is put together here is a scenario; if it were none, all would stay as it is.
        let Ok(scenario) = Scenario::parse(&text) else { return };
        let keeps_run = !matches!(msg, SystemMsg::Processes(_));
        let before = self.history.clone();
        let at = self.list(Listed::of_text(text, scenario));
        self.open(at);
        if keeps_run {
            self.carry_over(&before);
        }
    }

    /// The text of the open scenario.
    fn source(&self) -> Option<String> {
        let listed = self.listed();
        listed.text.clone().or_else(|| gallery::text_of(&listed.name).map(str::to_owned))
    }
}
