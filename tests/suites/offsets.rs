//! What clocks find out about each other by asking, in virtual time.

use cutline_core::offsets::{Path, Plan, Protocol, Rho, Synchronised, synchronise};
use cutline_core::random::SplitMix64;
use cutline_core::scheduler::Latency;
use cutline_core::time::{Clock, Time};
use cutline_tests::soak;
use proptest::prelude::*;

fn latencies() -> impl Strategy<Value = Latency> {
    prop_oneof![
        (0_u32..50).prop_map(Latency::Constant),
        (0_u32..50, 0_u32..400).prop_map(|(least, more)| Latency::Uniform { least, most: least + more }),
        (0_u32..50, 1_u32..40).prop_map(|(least, one_in)| Latency::Geometric { least, one_in }),
        (0_u32..50, 0_u32..9000, 1_u32..9)
            .prop_map(|(few, many, weight)| { Latency::Discrete(vec![(few, 9), (many, weight), (0, 0)]) }),
    ]
}

/// Clocks that are off by anything, half of the time without drift and otherwise with up to 2 in 1000.
fn clocks() -> impl Strategy<Value = [Clock; 2]> {
    let clock = |most: i32| (-5000_i64..5000, -most..=most).prop_map(|(offset, drift)| Clock { offset, drift });
    prop_oneof![Just(0), Just(2000)].prop_flat_map(move |most| [clock(most), clock(most)])
}

/// How wrong the estimate is, and can be, when it is made and when it is made anew.
fn is_within(found: &Synchronised) -> bool {
    found.estimate.offset.distance(found.truth) <= found.estimate.error
        && found.estimate.offset.distance(found.truth_until) <= found.error_until
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak::cases(3000), failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_true_offset_is_within_the_error(
        [client, server] in clocks(),
        (there, thinking, back) in (latencies(), latencies(), latencies()),
        ntp in any::<bool>(),
        (exchanges, every, seed) in (1_u32..6, 0_u64..1_000_000, any::<u64>()),
    ) {
        let rho = Rho::of([client, server]);
        let protocol = if ntp { Protocol::Ntp } else { Protocol::Cristian };
        let path = Path { there, thinking, back };
        let plan = Plan { protocol, exchanges, every, rounds: 3, rho };
        let all = synchronise(client, server, &path, &plan, &mut SplitMix64::new(seed));
        prop_assert_eq!(all.len(), 3);
        for found in &all {
            prop_assert!(is_within(found), "{:?}", found);
            prop_assert_eq!(found.until, Time(found.at.0 + every));
            // And at any moment between, by the readings themselves.
            let midst = Time(found.at.0 + every / 2);
            let truth = server.reads(midst) - client.reads(midst);
            prop_assert!(found.estimate.offset.distance(truth) <= found.error_until, "{:?}", found);
        }
    }

    /// Of several exchanges the one with the smallest round trip is kept, so more of them never know less.
    #[test]
    fn more_exchanges_know_more_where_nothing_drifts(
        (there, back) in (latencies(), latencies()), exchanges in 1_u32..8, seed in any::<u64>(),
    ) {
        let path = Path { there, thinking: Latency::Constant(0), back };
        let error = |exchanges| {
            let plan = Plan { protocol: Protocol::Ntp, exchanges, every: 0, rounds: 1, rho: Rho(0) };
            let (client, server) = (Clock::default(), Clock { offset: 7, drift: 0 });
            synchronise(client, server, &path, &plan, &mut SplitMix64::new(seed))[0].estimate.error
        };
        prop_assert!(error(exchanges + 1) <= error(exchanges));
    }
}
