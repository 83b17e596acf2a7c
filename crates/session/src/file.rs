//! Scenario files that the reader brings.

use crate::catalogue::file::FileText;
use crate::gallery::Listed;
use crate::link::Arrival;
use crate::session::{Command, Msg, Session};
use cutline_core::Scenario;
use cutline_core::scenario::{MAX_BYTES, ScenarioError};

/// The largest file that is worth reading, in bytes.
pub const MAX_FILE: usize = MAX_BYTES;
/// Of a file's name, so many letters are told.
const TOLD: usize = 60;

/// Why a file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileTrouble {
    /// It is no scenario.
    Scenario(ScenarioError),
    /// It has more than [`MAX_FILE`] bytes.
    TooLarge,
    /// It is no text, or it cannot be read.
    Unreadable,
}

impl Session {
    /// Opens the text of a scenario file, by its name. What is wrong with it is told by [`Session::notice_words`], and then
    /// everything stays as it is.
    ///
    /// Takes the time of reading the scenario and playing its run.
    pub fn open_file(&mut self, file: &str, text: Result<String, FileTrouble>) -> Vec<Command> {
        let scenario = text.and_then(|text| match Scenario::parse(&text) {
            Ok(scenario) => Ok(Listed::of_text(text, scenario)),
            Err(why) => Err(FileTrouble::Scenario(why)),
        });
        match scenario {
            Ok(listed) => {
                let at = self.list(listed);
                self.update(Msg::Open(at))
            }
            Err(trouble) => {
                let commands = self.update(Msg::Dismiss);
                self.notices = self.notices.wrapping_add(1);
                self.arrival = Some(Arrival::File { file: file.chars().take(TOLD).collect(), trouble });
                commands
            }
        }
    }

    pub(crate) fn trouble_words(&self, file: &str, trouble: &FileTrouble) -> String {
        match trouble {
            FileTrouble::Scenario(ScenarioError { line, message }) => {
                self.say(FileText::Refused, &[("file", file), ("line", &line.to_string()), ("why", message)])
            }
            FileTrouble::TooLarge => self.say(FileText::TooLarge, &[("file", file), ("most", &MAX_FILE.to_string())]),
            FileTrouble::Unreadable => self.say(FileText::Unreadable, &[("file", file)]),
        }
    }
}
