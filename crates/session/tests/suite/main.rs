//! The playground without a page: what the reader does goes in, what the page would show comes out.

mod catalogue;
mod edits;
mod files;
mod fingerprint;
mod keeping;
mod links;
mod look;
mod losses;
mod members;
mod own_cut;
mod refusals;
mod script;
mod sentences;
mod side;
mod sources;
mod systems;
mod things;
mod time;
mod told;
mod transcripts;
mod verdicts;
mod visible;
mod walk;
mod way_back;
