//! How long things are under way, in the words of a file.

use super::ScenarioError;
use super::declare::process_in;
use super::lines::Line;
use super::script::only_channel;
use crate::ids::ChannelId;
use crate::scheduler::Latency;
use crate::topology::Topology;

/// The delays of a file, in the order of its lines.
pub(super) fn latencies(lines: &[Line<'_>], topology: &Topology) -> Result<Vec<(ChannelId, Latency)>, ScenarioError> {
    let mut all = Vec::new();
    for line in lines.iter().filter(|line| line.words[0] == "latency") {
        let (channels, delay) = match line.words[1..] {
            ["every", "channel", delay] => (topology.channels().collect(), delay),
            [from, "->", to, delay] => {
                let (from, to) = (process_in(line, topology, from)?, process_in(line, topology, to)?);
                (vec![only_channel(line, topology, from, to)?], delay)
            }
            [name, delay] => {
                let channel = topology.channel_named(name);
                (vec![channel.ok_or_else(|| line.error(format!("there is no channel {name}")))?], delay)
            }
            _ => {
                return Err(
                    line.error("expected: latency P -> Q 3..9, latency CHANNEL 3..9, or: latency every channel 3..9")
                );
            }
        };
        let latency: Latency = delay.parse().map_err(|error| line.error(format!("{error}")))?;
        all.extend(channels.into_iter().map(|channel: ChannelId| (channel, latency.clone())));
    }
    Ok(all)
}
