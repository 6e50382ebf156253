//! Tests of the file as it is shipped, of the maker, and of files that are not whole.

mod broken;
mod known;
mod made;
