//! Figures as rows of a table.

use crate::events::{self, Rate};
use crate::{Clock, Memory, seek};
#[cfg(not(target_arch = "wasm32"))]
use std::fmt::Write;

/// The table of events a second, for 3, 8 and 64 processes, as rows of Markdown.
#[must_use]
pub fn event_rows(place: &str, clock: Clock<'_>, events: usize) -> String {
    SIZES.into_iter().map(|processes| event_row(place, clock, events, processes)).collect()
}

/// Of how many processes events are counted.
pub const SIZES: [usize; 3] = [3, 8, 64];

/// One row of that table.
#[must_use]
pub fn event_row(place: &str, clock: Clock<'_>, events: usize, processes: usize) -> String {
    let (new, used) = events::measure(processes, events, clock);
    let world = new.world_tenths.max(1);
    format!(
        "events: | {place} | {processes} | {} | {}.{} million | {} |\n",
        compared(new),
        10_000 / world,
        100_000 / world % 10,
        compared(used),
    )
}

/// The table of seeking in long runs, as rows of Markdown.
#[must_use]
pub fn seek_rows(place: &str, clock: Clock<'_>, memory: Memory<'_>, actions: usize) -> String {
    seek::LOADS.into_iter().map(|load| seek_row(place, clock, memory, actions, load)).collect()
}

/// One row of that table.
#[must_use]
pub fn seek_row(place: &str, clock: Clock<'_>, memory: Memory<'_>, actions: usize, load: seek::Load) -> String {
    seek_figures(place, actions, load, seek::measure(load, actions, clock, memory))
}

/// The same of what was measured.
#[must_use]
pub fn seek_figures(place: &str, actions: usize, load: seek::Load, seek: seek::Seek) -> String {
    format!(
        "seek: | {place} | {} | {actions} | {} | {} | {} | {} |\n",
        load.name,
        milliseconds(seek.median_nanoseconds),
        milliseconds(seek.late_nanoseconds),
        milliseconds(seek.slowest_nanoseconds),
        seek.bytes_per_event.map_or_else(|| "not measured".to_owned(), |bytes| bytes.to_string()),
    )
}

fn milliseconds(nanoseconds: u64) -> String {
    format!("{}.{:02} ms", nanoseconds / 1_000_000, nanoseconds / 10_000 % 100)
}

/// The table of exploring, as rows of Markdown.
///
/// # Panics
/// If the two explorations do not find the same number of states.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn explore_rows(clock: Clock<'_>, memory: Memory<'_>) -> String {
    let mut rows = String::new();
    for system in crate::explore::systems() {
        let found = crate::explore::compare(&system, clock, memory);
        assert_eq!(found.states, found.model_states, "{}", system.name);
        let ratio = found.rate * 10 / found.model_rate.max(1);
        _ = writeln!(
            rows,
            "explore: | {} | {} | {} | {} | {}.{} | {} | {} |",
            system.name,
            found.states,
            found.rate,
            found.model_rate,
            ratio / 10,
            ratio % 10,
            found.bytes,
            found.model_bytes,
        );
    }
    rows
}

/// The table of exploring on several cores, as rows of Markdown.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn core_rows(clock: Clock<'_>) -> String {
    let system = crate::explore::large();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let numbers: Vec<usize> = std::iter::successors(Some(1), |n| Some(n * 2)).take_while(|n| *n <= cores).collect();
    let (states, rates) = crate::explore::rates_on_cores(&system, &numbers, clock);
    let mut rows = String::new();
    for (cores, rate) in numbers.iter().zip(&rates) {
        let ratio = rate * 100 / rates[0].max(1);
        _ = writeln!(
            rows,
            "cores: | {} | {states} | {cores} | {rate} | {}.{:02} |",
            system.name,
            ratio / 100,
            ratio % 100
        );
    }
    rows
}

fn compared(rate: Rate) -> String {
    let (bare, world) = (rate.bare_tenths, rate.world_tenths);
    let ratio = world * 100 / bare.max(1);
    format!("{} | {} | {}.{:02}", tenths(bare), tenths(world), ratio / 100, ratio % 100)
}

fn tenths(value: u64) -> String {
    format!("{}.{}", value / 10, value % 10)
}
