//! Questions and answers about the time, in virtual time.

use super::{Estimate, Halves, Rho, Stamps};
use crate::random::SplitMix64;
use crate::scheduler::Latency;
use crate::time::{Clock, Time};

/// How an exchange is made use of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Protocol {
    /// The server's time and half of the round trip, with the least delay known.
    #[default]
    Cristian,
    /// Four stamps; no delay has to be known.
    Ntp,
}

/// How long a question is on its way, how long the server takes, and how long the answer is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// From the client to the server.
    pub there: Latency,
    /// At the server.
    pub thinking: Latency,
    /// From the server to the client.
    pub back: Latency,
}

/// When a client asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How it makes use of an exchange.
    pub protocol: Protocol,
    /// How many questions it asks at a time, one after the other's answer. It keeps the one with the smallest round trip. At
    /// least 1.
    pub exchanges: u32,
    /// How long it lets its clock go on before it asks anew: the period of resynchronisation.
    pub every: u64,
    /// How many times it does so.
    pub rounds: u32,
    /// By how much the rate of either clock can be off.
    pub rho: Rho,
}

/// A clock that was compared with another, and what became of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synchronised {
    /// When the last answer had come.
    pub at: Time,
    /// What the client knew then.
    pub estimate: Estimate,
    /// What the server's clock then read less what the client's read.
    pub truth: i64,
    /// When it asks anew.
    pub until: Time,
    /// By how much the same estimate can be wrong by then.
    pub error_until: Halves,
    /// What the server's clock then reads less what the client's reads.
    pub truth_until: i64,
}

/// Lets a client compare its clock with a server's, from the moment 0 on. Takes time in the number of exchanges.
#[must_use]
pub fn synchronise(
    client: Clock,
    server: Clock,
    path: &Path,
    plan: &Plan,
    random: &mut SplitMix64,
) -> Vec<Synchronised> {
    let truth = |at: Time| server.reads(at).saturating_sub(client.reads(at));
    let mut now = Time(0);
    let mut all = Vec::new();
    for _ in 0..plan.rounds {
        let mut kept: Option<(Stamps, Time)> = None;
        for _ in 0..plan.exchanges.max(1) {
            let stamps = exchange(client, server, path, random, &mut now);
            if kept.is_none_or(|(other, _)| stamps.round_trip() <= other.round_trip()) {
                kept = Some((stamps, now));
            }
        }
        let Some((stamps, since)) = kept else { break };
        let plain = match plan.protocol {
            Protocol::Cristian => stamps.by_cristian(path.there.least().min(path.back.least())),
            Protocol::Ntp => stamps.by_ntp(),
        };
        let known = plain.with_drift(plan.rho, stamps.took());
        let after = |at: Time| plan.rho.apart(known.error, at.0 - since.0);
        let until = Time(now.0.saturating_add(plan.every));
        all.push(Synchronised {
            at: now,
            estimate: Estimate { error: after(now), ..known },
            truth: truth(now),
            until,
            error_until: after(until),
            truth_until: truth(until),
        });
        now = until;
    }
    all
}

/// One question and its answer, which comes `now`.
fn exchange(client: Clock, server: Clock, path: &Path, random: &mut SplitMix64, now: &mut Time) -> Stamps {
    let mut later = |latency: &Latency| {
        now.0 = now.0.saturating_add(latency.draw(random));
        *now
    };
    let asked = client.reads(later(&Latency::Constant(0)));
    let received = server.reads(later(&path.there));
    let answered = server.reads(later(&path.thinking));
    let returned = client.reads(later(&path.back));
    Stamps { asked, received, answered, returned }
}
