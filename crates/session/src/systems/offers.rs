//! The algorithms that can be chosen, each with what it needs.

use crate::catalogue::systems::SystemText;
use crate::rules::Rule;
use cutline_core::Method;
use cutline_core::algorithms::chandy_lamport::Markers;
use cutline_core::algorithms::global_clock::Remedy;

/// An algorithm.
#[derive(Debug)]
pub(crate) struct Offer {
    /// The lines of a scenario file that ask for it.
    pub lines: &'static str,
    pub name: SystemText,
    pub assumes: SystemText,
    /// Where it comes from.
    pub source: SystemText,
    /// Whether it is only right where channels keep the order.
    pub needs_order: bool,
    /// Whether it needs control channels between all processes.
    pub needs_control: bool,
    /// Its parts, where they are not those of Chandy and Lamport.
    pub rules: &'static [(Rule, SystemText)],
}

impl Offer {
    /// Whether it is this one.
    pub(crate) fn is(&self, method: Method) -> bool {
        match method {
            Method::ChandyLamport(own) => {
                let is_lazy = own.markers != Markers::AtOnce;
                self.name == if is_lazy { SystemText::OneByOne } else { SystemText::ChandyLamport }
            }
            Method::LaiYang(_) => self.name == SystemText::LaiYang,
            Method::Mattern(_) => self.name == SystemText::Mattern,
            Method::SpezialettiKearns(_) => self.name == SystemText::SpezialettiKearns,
            Method::Venkatesan(_) => self.name == SystemText::Venkatesan,
            Method::Naive(_) => self.name == SystemText::Naive,
            Method::GlobalClock(own) => {
                let stamped = own.remedy == Remedy::Stamps;
                self.name == if stamped { SystemText::Stamps } else { SystemText::Clock }
            }
        }
    }
}

/// All of them, in the order of the list. The first is what a scenario has without such a line.
pub(crate) const ALGORITHMS: &[Offer] = &[
    Offer {
        lines: "",
        name: SystemText::ChandyLamport,
        assumes: SystemText::ChandyLamportAssumes,
        source: SystemText::ChandyLamportSource,
        needs_order: true,
        needs_control: false,
        rules: &[],
    },
    Offer {
        lines: "markers one by one",
        name: SystemText::OneByOne,
        assumes: SystemText::OneByOneAssumes,
        source: SystemText::ChandyLamportSource,
        needs_order: true,
        needs_control: false,
        rules: &[],
    },
    Offer {
        lines: "algorithm lai-yang",
        name: SystemText::LaiYang,
        assumes: SystemText::LaiYangAssumes,
        source: SystemText::LaiYangSource,
        needs_order: false,
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
        lines: "algorithm mattern",
        name: SystemText::Mattern,
        assumes: SystemText::MatternAssumes,
        source: SystemText::MatternSource,
        needs_order: false,
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
        lines: "algorithm spezialetti-kearns",
        name: SystemText::SpezialettiKearns,
        assumes: SystemText::SpezialettiKearnsAssumes,
        source: SystemText::SpezialettiKearnsSource,
        needs_order: true,
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
        name: SystemText::Venkatesan,
        assumes: SystemText::VenkatesanAssumes,
        source: SystemText::VenkatesanSource,
        needs_order: true,
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
        lines: "algorithm clock at 10",
        name: SystemText::Clock,
        assumes: SystemText::ClockAssumes,
        source: SystemText::ClockSource,
        needs_order: false,
        needs_control: false,
        rules: CLOCK_RULES,
    },
    Offer {
        lines: "algorithm clock at 10 stamps",
        name: SystemText::Stamps,
        assumes: SystemText::StampsAssumes,
        source: SystemText::ClockSource,
        needs_order: false,
        needs_control: false,
        rules: CLOCK_RULES,
    },
    Offer {
        lines: "algorithm naive",
        name: SystemText::Naive,
        assumes: SystemText::NaiveAssumes,
        source: SystemText::NaiveSource,
        needs_order: false,
        needs_control: false,
        rules: &[(Rule::Start, SystemText::NaiveStart), (Rule::Later, SystemText::NaiveLater)],
    },
];

const CLOCK_RULES: &[(Rule, SystemText)] = &[
    (Rule::Start, SystemText::ClockStart),
    (Rule::Send, SystemText::ClockSend),
    (Rule::First, SystemText::ClockFirst),
    (Rule::Keep, SystemText::ClockKeep),
    (Rule::Later, SystemText::ClockLater),
];
