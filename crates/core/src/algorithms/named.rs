//! The algorithms by their names, as files and the command line have them.

use super::barriers::Alignment;
use super::causal::{Delivery, Tokens};
use super::chandy_lamport::Markers;
use super::method::Method;
use super::{
    acharya_badrinath, alagar_venkatesan, barriers, chandy_lamport, dijkstra_scholten, index_based, koo_toueg,
    lai_yang, lai_yang_histories, li_radhakrishnan_venkatesan, mattern, naive, spezialetti_kearns, uncoordinated,
    vector_clocks, venkatesan,
};

/// The names of those that need no further word, as files and the command line have them.
pub const NAMES: &[&str] = &[
    "chandy-lamport",
    "cl-lazy",
    "cl-lazy-unordered",
    "lai-yang",
    "lai-yang-histories",
    "li-radhakrishnan-venkatesan",
    "mattern",
    "venkatesan",
    "venkatesan-left-out",
    "acharya-badrinath",
    "acharya-badrinath-as-it-comes",
    "acharya-badrinath-one-by-one",
    "alagar-venkatesan",
    "alagar-venkatesan-as-it-comes",
    "alagar-venkatesan-one-by-one",
    "naive",
    "aligned-barriers",
    "unaligned-barriers",
    "barriers-at-least-once",
    "dijkstra-scholten",
    "dijkstra-scholten-early",
    "spezialetti-kearns",
    "index-based",
    "index-based-late",
    "koo-toueg",
    "koo-toueg-unblocked",
    "uncoordinated",
    "vector-clocks",
    "vector-clocks-unrepaired",
];

/// How the names of those end that are wrong on purpose, to show why a rule is as it is.
const WRONG: [&str; 8] =
    ["-left-out", "-early", "-unordered", "-late", "-as-it-comes", "-one-by-one", "-unblocked", "-unrepaired"];

/// Whether the algorithm of this name is wrong on purpose.
#[must_use]
pub fn is_wrong_on_purpose(name: &str) -> bool {
    name == "naive" || name == "uncoordinated" || WRONG.iter().any(|ending| name.ends_with(ending))
}

impl Method {
    /// The algorithm of this name; none if none of [`NAMES`] is it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let with = |markers| {
            Self::ChandyLamport(chandy_lamport::ChandyLamport { markers, ..chandy_lamport::ChandyLamport::default() })
        };
        Some(match name {
            "chandy-lamport" => with(Markers::AtOnce),
            "cl-lazy" => with(Markers::OneByOne),
            "cl-lazy-unordered" => with(Markers::OneByOneUnguarded),
            "lai-yang" => Self::LaiYang(lai_yang::LaiYang::default()),
            "lai-yang-histories" => lai_yang_histories::LaiYangHistories::default().into(),
            "li-radhakrishnan-venkatesan" => li_radhakrishnan_venkatesan::LiRadhakrishnanVenkatesan::default().into(),
            "mattern" => Self::Mattern(mattern::Mattern::default()),
            "venkatesan" => Self::Venkatesan(venkatesan::Venkatesan::default()),
            "venkatesan-left-out" => {
                venkatesan::Venkatesan { lazy: venkatesan::Lazy::Ignored, ..Default::default() }.into()
            }
            "acharya-badrinath" => Self::AcharyaBadrinath(acharya_badrinath::AcharyaBadrinath::default()),
            "acharya-badrinath-as-it-comes" => {
                acharya_badrinath::AcharyaBadrinath { delivery: Delivery::AsItComes, ..Default::default() }.into()
            }
            "acharya-badrinath-one-by-one" => {
                acharya_badrinath::AcharyaBadrinath { tokens: Tokens::OneByOne, ..Default::default() }.into()
            }
            "alagar-venkatesan" => Self::AlagarVenkatesan(alagar_venkatesan::AlagarVenkatesan::default()),
            "alagar-venkatesan-as-it-comes" => {
                alagar_venkatesan::AlagarVenkatesan { delivery: Delivery::AsItComes, ..Default::default() }.into()
            }
            "alagar-venkatesan-one-by-one" => {
                alagar_venkatesan::AlagarVenkatesan { tokens: Tokens::OneByOne, ..Default::default() }.into()
            }
            "naive" => Self::Naive(naive::Naive),
            "spezialetti-kearns" => Self::SpezialettiKearns(spezialetti_kearns::SpezialettiKearns::default()),
            "aligned-barriers" => Self::Barriers(barriers::Barriers { alignment: Alignment::Aligned }),
            "unaligned-barriers" => Self::Barriers(barriers::Barriers { alignment: Alignment::Unaligned }),
            "dijkstra-scholten" => Self::DijkstraScholten(dijkstra_scholten::DijkstraScholten::default()),
            "dijkstra-scholten-early" => {
                dijkstra_scholten::DijkstraScholten { answers: dijkstra_scholten::Answers::Early }.into()
            }
            "barriers-at-least-once" => Self::Barriers(barriers::Barriers { alignment: Alignment::AtLeastOnce }),
            "index-based" => Self::IndexBased(index_based::IndexBased::default()),
            "index-based-late" => Self::IndexBased(index_based::IndexBased { forced: index_based::Forced::After }),
            "koo-toueg" => Self::KooToueg(koo_toueg::KooToueg::default()),
            "koo-toueg-unblocked" => Self::KooToueg(koo_toueg::KooToueg { sending: koo_toueg::Sending::GoesOn }),
            "uncoordinated" => uncoordinated::Uncoordinated.into(),
            "vector-clocks" => vector_clocks::VectorClocks::default().into(),
            "vector-clocks-unrepaired" => {
                vector_clocks::VectorClocks { repair: vector_clocks::Repair::No, ..Default::default() }.into()
            }
            _ => return None,
        })
    }
}
