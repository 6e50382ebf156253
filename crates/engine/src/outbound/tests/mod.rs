//! The guard alone, with its calls told by events.

mod bench;
mod ends;
mod equal;
mod fold;
mod toll_fraud_table;
