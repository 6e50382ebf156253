//! The thread on real sockets of the loopback.
