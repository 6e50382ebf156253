//! Scripts against the floor, by behaviour. Each line is an input; what comes out is written under it.

mod consistent;
mod happy_path;
mod script;
mod words;
