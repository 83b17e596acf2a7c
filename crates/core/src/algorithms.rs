//! The snapshot algorithms, one paper a file; and any of them.

pub mod acharya_badrinath;
pub mod alagar_venkatesan;
pub mod barriers;
pub mod causal;
pub mod chandy_lamport;
mod counts;
pub mod dijkstra_scholten;
pub mod global_clock;
pub mod index_based;
pub mod koo_toueg;
pub mod lai_yang;
pub mod lai_yang_histories;
pub mod li_radhakrishnan_venkatesan;
pub mod mattern;
pub mod method;
pub mod naive;
mod named;
pub mod spezialetti_kearns;
pub mod uncoordinated;
pub mod vector_clocks;
pub mod venkatesan;
mod ways;
