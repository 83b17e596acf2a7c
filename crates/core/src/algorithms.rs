//! The snapshot algorithms, one paper a file.

pub mod chandy_lamport;
