//! Why something is no order of events.

use std::fmt;

/// The most numbers that the vector clocks of a run may have in all: its events times its processes.
pub(super) const MAX_CLOCK_NUMBERS: usize = 1 << 24;

/// Why a trace has no order of events. Messages and processes are called by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderError {
    /// A message is received and never sent.
    NeverSent {
        /// The message.
        message: String,
        /// The receiver.
        receiver: String,
    },
    /// A message is sent twice.
    SentTwice {
        /// The message.
        message: String,
    },
    /// A message is received twice.
    ReceivedTwice {
        /// The message.
        message: String,
    },
    /// A process receives what it has sent itself. A channel joins two different processes (Chandy and Lamport
    /// 1985, section 2), and whatever a process tells itself is an internal event.
    OwnMessage {
        /// The message.
        message: String,
        /// The process.
        process: String,
    },
    /// Each of these messages is received before the next one is sent, and the last before the first.
    Cycle(Vec<String>),
    /// Two processes have one name.
    ProcessTwice(String),
    /// There are more processes than a system may have.
    TooManyProcesses,
    /// The vector clocks would need too much memory.
    TooLong,
}

impl fmt::Display for OrderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeverSent { message, receiver } => write!(f, "{receiver} receives {message}, which nobody sends"),
            Self::SentTwice { message } => write!(f, "{message} is sent twice; give each message a name of its own"),
            Self::ReceivedTwice { message } => write!(f, "{message} is received twice; a message is received once"),
            Self::OwnMessage { message, process } => {
                write!(f, "{process} receives {message}, which it has sent itself; messages go to another process")
            }
            Self::Cycle(messages) => {
                write!(f, "no run can go like this: ")?;
                for (at, message) in messages.iter().enumerate() {
                    let next = &messages[(at + 1) % messages.len()];
                    let and = if at == 0 { "" } else { ", and " };
                    write!(f, "{and}{message} is received before {next} is sent")?;
                }
                Ok(())
            }
            Self::ProcessTwice(name) => write!(f, "two processes are called {name}; give them different names"),
            Self::TooManyProcesses => write!(f, "a system has at most {} processes", crate::topology::MAX_PROCESSES),
            Self::TooLong => {
                write!(
                    f,
                    "the run is too long to compare its cuts: events times processes are at most {MAX_CLOCK_NUMBERS}"
                )
            }
        }
    }
}

impl std::error::Error for OrderError {}
