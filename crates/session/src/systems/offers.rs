//! The algorithms that can be chosen, each with what it needs.

use super::Processes;
use crate::catalogue::systems::SystemText;
use crate::rules::Rule;
use cutline_core::Method;
use cutline_core::algorithms::acharya_badrinath::AcharyaBadrinath;
use cutline_core::algorithms::alagar_venkatesan::AlagarVenkatesan;
use cutline_core::algorithms::chandy_lamport::Markers;
use cutline_core::algorithms::global_clock::Remedy;
use cutline_core::algorithms::index_based::IndexBased;
use cutline_core::algorithms::koo_toueg::KooToueg;
use cutline_core::algorithms::vector_clocks::VectorClocks;

/// An algorithm.
#[derive(Debug)]
pub(crate) struct Offer {
    /// The lines of a scenario file that ask for it.
    pub lines: &'static str,
    /// Whether a method is this one.
    pub is: fn(Method) -> bool,
    pub name: SystemText,
    pub assumes: SystemText,
    /// Where it comes from.
    pub source: SystemText,
    /// Whether it needs control channels between all processes.
    pub needs_control: bool,
    /// Its parts, where they are not those of Chandy and Lamport.
    pub rules: &'static [(Rule, SystemText)],
}

impl Offer {
    /// The algorithm, if it has a name without further words.
    pub(crate) fn method(&self) -> Option<Method> {
        Method::named(match self.lines {
            "" => "chandy-lamport",
            "markers one by one" => "cl-lazy",
            lines => lines.strip_prefix("algorithm ")?,
        })
    }

    /// Whether it has anything to do with what the processes do.
    pub(crate) fn fits(&self, processes: Processes) -> bool {
        match self.method() {
            Some(Method::Barriers(_)) => processes == Processes::Dataflow,
            Some(Method::DijkstraScholten(_)) => processes == Processes::Work,
            _ => true,
        }
    }
}

/// With its markers sent at once, or not.
fn is_chandy_lamport(method: Method, at_once: bool) -> bool {
    matches!(method, Method::ChandyLamport(own) if (own.markers == Markers::AtOnce) == at_once)
}

/// With such a remedy, whatever it measures.
fn is_clock(method: Method, remedy: Remedy) -> bool {
    let kind = std::mem::discriminant(&remedy);
    matches!(method, Method::GlobalClock(own) if std::mem::discriminant(&own.remedy) == kind)
}

/// All of them, in the order of the list. The first is what a scenario has without such a line.
pub(crate) const ALGORITHMS: &[Offer] = &[
    Offer {
        lines: "",
        is: |method| is_chandy_lamport(method, true),
        name: SystemText::ChandyLamport,
        assumes: SystemText::ChandyLamportAssumes,
        source: SystemText::ChandyLamportSource,
        needs_control: false,
        rules: &[],
    },
    Offer {
        lines: "markers one by one",
        is: |method| is_chandy_lamport(method, false),
        name: SystemText::OneByOne,
        assumes: SystemText::OneByOneAssumes,
        source: SystemText::ChandyLamportSource,
        needs_control: false,
        rules: &[],
    },
    Offer {
        lines: "algorithm lai-yang",
        is: |method| matches!(method, Method::LaiYang(_)),
        name: SystemText::LaiYang,
        assumes: SystemText::LaiYangAssumes,
        source: SystemText::LaiYangSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::LaiYangStart),
            (Rule::Send, SystemText::LaiYangSend),
            (Rule::First, SystemText::LaiYangFirst),
            (Rule::Keep, SystemText::LaiYangKeep),
            (Rule::Later, SystemText::LaiYangLater),
        ],
    },
    Offer {
        lines: "algorithm lai-yang-histories",
        is: |method| matches!(method, Method::LaiYangHistories(_)),
        name: SystemText::LaiYangHistories,
        assumes: SystemText::LaiYangHistoriesAssumes,
        source: SystemText::LaiYangHistoriesSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::LaiYangStart),
            (Rule::Send, SystemText::LaiYangHistoriesSend),
            (Rule::First, SystemText::LaiYangHistoriesFirst),
            (Rule::Later, SystemText::LaiYangHistoriesLater),
        ],
    },
    Offer {
        lines: "algorithm li-radhakrishnan-venkatesan",
        is: |method| matches!(method, Method::LiRadhakrishnanVenkatesan(_)),
        name: SystemText::LiRadhakrishnanVenkatesan,
        assumes: SystemText::LiRadhakrishnanVenkatesanAssumes,
        source: SystemText::LiRadhakrishnanVenkatesanSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::LiRadhakrishnanVenkatesanStart),
            (Rule::Send, SystemText::LiRadhakrishnanVenkatesanSend),
            (Rule::First, SystemText::LiRadhakrishnanVenkatesanFirst),
            (Rule::Later, SystemText::LiRadhakrishnanVenkatesanLater),
        ],
    },
    Offer {
        lines: "algorithm acharya-badrinath",
        is: |method| method == AcharyaBadrinath::default().into(),
        name: SystemText::AcharyaBadrinath,
        assumes: SystemText::AcharyaBadrinathAssumes,
        source: SystemText::AcharyaBadrinathSource,
        needs_control: true,
        rules: &[
            (Rule::Start, SystemText::CausalStart),
            (Rule::First, SystemText::AcharyaBadrinathFirst),
            (Rule::Later, SystemText::AcharyaBadrinathLater),
        ],
    },
    Offer {
        lines: "algorithm alagar-venkatesan",
        is: |method| method == AlagarVenkatesan::default().into(),
        name: SystemText::AlagarVenkatesan,
        assumes: SystemText::AlagarVenkatesanAssumes,
        source: SystemText::AlagarVenkatesanSource,
        needs_control: true,
        rules: &[
            (Rule::Start, SystemText::CausalStart),
            (Rule::First, SystemText::AlagarVenkatesanFirst),
            (Rule::Keep, SystemText::AlagarVenkatesanKeep),
            (Rule::Later, SystemText::AlagarVenkatesanLater),
        ],
    },
    Offer {
        lines: "algorithm mattern",
        is: |method| matches!(method, Method::Mattern(_)),
        name: SystemText::Mattern,
        assumes: SystemText::MatternAssumes,
        source: SystemText::MatternSource,
        needs_control: true,
        rules: &[
            (Rule::Start, SystemText::MatternStart),
            (Rule::First, SystemText::MatternFirst),
            (Rule::Keep, SystemText::MatternKeep),
            (Rule::Send, SystemText::MatternSend),
            (Rule::Later, SystemText::MatternLater),
        ],
    },
    Offer {
        lines: "algorithm vector-clocks",
        is: |method| method == VectorClocks::default().into(),
        name: SystemText::VectorClocks,
        assumes: SystemText::VectorClocksAssumes,
        source: SystemText::VectorClocksSource,
        needs_control: true,
        rules: &[
            (Rule::Start, SystemText::VectorClocksStart),
            (Rule::Keep, SystemText::VectorClocksKeep),
            (Rule::Send, SystemText::VectorClocksSend),
            (Rule::First, SystemText::VectorClocksFirst),
            (Rule::Later, SystemText::VectorClocksLater),
        ],
    },
    Offer {
        lines: "algorithm spezialetti-kearns",
        is: |method| matches!(method, Method::SpezialettiKearns(_)),
        name: SystemText::SpezialettiKearns,
        assumes: SystemText::SpezialettiKearnsAssumes,
        source: SystemText::SpezialettiKearnsSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::SpezialettiKearnsStart),
            (Rule::First, SystemText::SpezialettiKearnsFirst),
            (Rule::Keep, SystemText::SpezialettiKearnsKeep),
            (Rule::Later, SystemText::SpezialettiKearnsLater),
            (Rule::Send, SystemText::SpezialettiKearnsSend),
        ],
    },
    Offer {
        lines: "algorithm venkatesan",
        is: |method| matches!(method, Method::Venkatesan(_)),
        name: SystemText::Venkatesan,
        assumes: SystemText::VenkatesanAssumes,
        source: SystemText::VenkatesanSource,
        needs_control: true,
        rules: &[
            (Rule::Start, SystemText::VenkatesanStart),
            (Rule::Send, SystemText::VenkatesanSend),
            (Rule::First, SystemText::VenkatesanFirst),
            (Rule::Keep, SystemText::VenkatesanKeep),
            (Rule::Later, SystemText::VenkatesanLater),
        ],
    },
    Offer {
        lines: "algorithm index-based",
        is: |method| method == IndexBased::default().into(),
        name: SystemText::IndexBased,
        assumes: SystemText::IndexBasedAssumes,
        source: SystemText::IndexBasedSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::IndexBasedStart),
            (Rule::First, SystemText::IndexBasedFirst),
            (Rule::Later, SystemText::IndexBasedLater),
        ],
    },
    Offer {
        lines: "algorithm koo-toueg",
        is: |method| method == KooToueg::default().into(),
        name: SystemText::KooToueg,
        assumes: SystemText::KooTouegAssumes,
        source: SystemText::KooTouegSource,
        needs_control: true,
        rules: &[
            (Rule::Start, SystemText::KooTouegStart),
            (Rule::Send, SystemText::KooTouegSend),
            (Rule::First, SystemText::KooTouegFirst),
            (Rule::Later, SystemText::KooTouegLater),
        ],
    },
    Offer {
        lines: "algorithm uncoordinated",
        is: |method| matches!(method, Method::Uncoordinated(_)),
        name: SystemText::Uncoordinated,
        assumes: SystemText::UncoordinatedAssumes,
        source: SystemText::UncoordinatedSource,
        needs_control: false,
        rules: &[(Rule::Start, SystemText::UncoordinatedStart), (Rule::Later, SystemText::UncoordinatedLater)],
    },
    Offer {
        lines: "algorithm aligned-barriers",
        is: |method| Method::named("aligned-barriers") == Some(method),
        name: SystemText::AlignedBarriers,
        assumes: SystemText::AlignedBarriersAssumes,
        source: SystemText::BarriersSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::BarriersStart),
            (Rule::First, SystemText::BarriersFirst),
            (Rule::Send, SystemText::BarriersSend),
            (Rule::Keep, SystemText::BarriersKeep),
            (Rule::Later, SystemText::BarriersLater),
        ],
    },
    Offer {
        lines: "algorithm unaligned-barriers",
        is: |method| Method::named("unaligned-barriers") == Some(method),
        name: SystemText::UnalignedBarriers,
        assumes: SystemText::UnalignedBarriersAssumes,
        source: SystemText::BarriersSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::BarriersStart),
            (Rule::First, SystemText::BarriersFirst),
            (Rule::Send, SystemText::BarriersSend),
            (Rule::Keep, SystemText::BarriersKeep),
            (Rule::Later, SystemText::BarriersLater),
        ],
    },
    Offer {
        lines: "algorithm barriers-at-least-once",
        is: |method| Method::named("barriers-at-least-once") == Some(method),
        name: SystemText::BarriersAtLeastOnce,
        assumes: SystemText::BarriersAtLeastOnceAssumes,
        source: SystemText::BarriersSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::BarriersStart),
            (Rule::First, SystemText::BarriersFirst),
            (Rule::Send, SystemText::BarriersSend),
            (Rule::Keep, SystemText::BarriersKeep),
            (Rule::Later, SystemText::BarriersLater),
        ],
    },
    Offer {
        lines: "algorithm dijkstra-scholten",
        is: |method| matches!(method, Method::DijkstraScholten(_)),
        name: SystemText::DijkstraScholten,
        assumes: SystemText::DijkstraScholtenAssumes,
        source: SystemText::DijkstraScholtenSource,
        needs_control: true,
        rules: &[(Rule::Send, SystemText::DijkstraScholtenSend), (Rule::Later, SystemText::DijkstraScholtenLater)],
    },
    Offer {
        lines: "algorithm clock at 10",
        is: |method| is_clock(method, Remedy::None),
        name: SystemText::Clock,
        assumes: SystemText::ClockAssumes,
        source: SystemText::ClockSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::ClockStart),
            (Rule::Send, SystemText::ClockSend),
            (Rule::Keep, SystemText::ClockKeep),
            (Rule::Later, SystemText::ClockLater),
        ],
    },
    Offer {
        lines: "algorithm clock at 10 stamps",
        is: |method| is_clock(method, Remedy::Stamps),
        name: SystemText::Stamps,
        assumes: SystemText::StampsAssumes,
        source: SystemText::ClockSource,
        needs_control: false,
        rules: STAMP_RULES,
    },
    Offer {
        lines: "algorithm clock at 10 holding",
        is: |method| is_clock(method, Remedy::Holding),
        name: SystemText::Holding,
        assumes: SystemText::HoldingAssumes,
        source: SystemText::ClockSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::ClockStart),
            (Rule::Send, SystemText::ClockSend),
            (Rule::Keep, SystemText::ClockKeep),
            (Rule::Later, SystemText::ClockHolding),
        ],
    },
    Offer {
        lines: "algorithm clock at 10 silence 1",
        is: |method| is_clock(method, Remedy::Silence(1)),
        name: SystemText::Silence,
        assumes: SystemText::SilenceAssumes,
        source: SystemText::ClockSource,
        needs_control: false,
        rules: &[
            (Rule::Start, SystemText::ClockSilence),
            (Rule::Send, SystemText::ClockSend),
            (Rule::Keep, SystemText::ClockKeep),
            (Rule::Later, SystemText::ClockLater),
        ],
    },
    Offer {
        lines: "algorithm naive",
        is: |method| matches!(method, Method::Naive(_)),
        name: SystemText::Naive,
        assumes: SystemText::NaiveAssumes,
        source: SystemText::NaiveSource,
        needs_control: false,
        rules: &[(Rule::Start, SystemText::NaiveStart), (Rule::Later, SystemText::NaiveLater)],
    },
];

const STAMP_RULES: &[(Rule, SystemText)] = &[
    (Rule::Start, SystemText::ClockStart),
    (Rule::Send, SystemText::ClockSend),
    (Rule::First, SystemText::ClockFirst),
    (Rule::Keep, SystemText::ClockKeep),
    (Rule::Later, SystemText::ClockLater),
];

#[cfg(test)]
mod tests {
    use super::*;
    use cutline_core::algorithms::method::{NAMES, is_wrong_on_purpose};

    #[test]
    fn every_algorithm_is_offered_once() {
        let without_rules = ["naive", "uncoordinated"];
        for name in NAMES.iter().filter(|name| without_rules.contains(name) || !is_wrong_on_purpose(name)) {
            let method = Method::named(name).unwrap();
            let offers: Vec<&Offer> = ALGORITHMS.iter().filter(|offer| (offer.is)(method)).collect();
            assert_eq!(offers.len(), 1, "{name}");
            assert_eq!(offers[0].method(), Some(method), "{name}");
        }
    }
}
