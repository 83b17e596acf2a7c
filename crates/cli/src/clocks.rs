//! `cutline clocks`: what processes find out about each other's clocks, and whether it is enough for recording by them.

use crate::args::ClocksArgs;
use crate::schedulers::DELAYS;
use crate::{Failure, Outcome, clocks_text, input, run, say, say_json};
use cutline_core::offsets::{Halves, Path, Plan, Protocol, Rho, Synchronised, synchronise};
use cutline_core::random::SplitMix64;
use cutline_core::scheduler::Latency;
use cutline_core::{ChannelId, ProcessId, Scenario};
use serde_json::{Value, json};

pub(crate) fn clocks(args: &ClocksArgs) -> Result<Outcome, Failure> {
    let scenario = input::scenario(&args.scenario)?;
    let topology = &scenario.system.topology;
    let latencies = run::latencies(&args.latency, &scenario)?;
    let server = topology.process_named(&args.server).filter(|process| topology.takes_part(*process));
    let server = server.ok_or_else(|| {
        let names: Vec<&str> = (topology.processes().filter(|process| topology.takes_part(*process)))
            .map(|process| topology.process_name(process))
            .collect();
        Failure(format!("--server {}: expected one of {}", args.server, names.join(", ")))
    })?;
    let protocol = if args.ntp { Protocol::Ntp } else { Protocol::Cristian };
    let rho = Rho::of(topology.processes().map(|process| topology.clock(process)));
    let plan = Plan { protocol, exchanges: args.exchanges, every: args.every, rounds: args.rounds, rho };
    let mut found = Vec::new();
    for client in topology.processes().filter(|other| *other != server && topology.takes_part(*other)) {
        let path = path(&scenario, &latencies, args, client, server)?;
        let mut random = SplitMix64::of(args.seed, client.index() as u64);
        let rounds = synchronise(topology.clock(client), topology.clock(server), &path, &plan, &mut random);
        found.push((topology.process_name(client), rounds));
    }
    let least_delay = topology.recorded_channels().map(|channel| latency(&latencies, channel).least()).min();
    let eps = |of: fn(&Synchronised) -> Halves| {
        let worst = |(_, rounds): &(&str, Vec<Synchronised>)| rounds.iter().map(of).max().unwrap_or_default();
        rho.widest(found.iter().map(worst))
    };
    let (eps_0, eps) = (eps(|one| one.estimate.error), eps(|one| one.error_until));
    // Where nothing is ever under way, no clock can be wrong enough.
    let is_safe = least_delay.is_none_or(|delay| rho.is_safe(delay, eps));
    let all = json!({
        "title": scenario.title.en,
        "server": args.server,
        "protocol": if args.ntp { "ntp" } else { "cristian" },
        "exchanges": args.exchanges,
        "every": args.every,
        "seed": args.seed,
        "drift": rho.0,
        "processes": found.iter().map(|(name, rounds)| of_process(name, rounds)).collect::<Vec<_>>(),
        "eps_0": number(eps_0),
        "eps": number(eps),
        "least_delay": least_delay,
        "is_safe": is_safe,
    });
    if args.json {
        say_json(&all);
    } else {
        say(&clocks_text::text(&all));
    }
    Ok(if is_safe { Outcome::Fine } else { Outcome::Wrong })
}

/// What a client's questions and the server's answers travel on.
fn path(
    scenario: &Scenario,
    latencies: &[(ChannelId, Latency)],
    args: &ClocksArgs,
    client: ProcessId,
    server: ProcessId,
) -> Result<Path, Failure> {
    let topology = &scenario.system.topology;
    let way = |from, to| {
        topology.way(from, to).map(|channel| latency(latencies, channel)).ok_or_else(|| {
            let (from, to) = (topology.process_name(from), topology.process_name(to));
            Failure(format!("there is no channel {from} -> {to}: expected one for control messages, or any"))
        })
    };
    Ok(Path { there: way(client, server)?, thinking: args.thinking.clone(), back: way(server, client)? })
}

/// The last word on a channel counts.
fn latency(latencies: &[(ChannelId, Latency)], channel: ChannelId) -> Latency {
    let said = latencies.iter().rev().find(|(of, _)| *of == channel);
    said.map_or(DELAYS, |(_, latency)| latency.clone())
}

fn of_process(name: &str, rounds: &[Synchronised]) -> Value {
    let round = |one: &Synchronised| {
        json!({
            "at": one.at.0,
            "offset": number(one.estimate.offset),
            "error": number(one.estimate.error),
            "true_offset": one.truth,
            "wrong_by": number(one.estimate.offset.distance(one.truth)),
            "until": one.until.0,
            "error_until": number(one.error_until),
            "true_offset_until": one.truth_until,
            "wrong_by_until": number(one.estimate.offset.distance(one.truth_until)),
        })
    };
    json!({ "process": name, "rounds": rounds.iter().map(round).collect::<Vec<_>>() })
}

/// Halves are written as JSON writes numbers.
fn number(halves: Halves) -> Value {
    serde_json::from_str(&halves.to_string()).unwrap_or_default()
}
