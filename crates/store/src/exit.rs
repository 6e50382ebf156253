//! The end of the process, which must not wait for SQLite's threads and must not pull the ground from under them.

use std::ffi::{c_int, c_void};
use std::sync::Once;

#[allow(unsafe_code, reason = "the C library has it, its crate does not name it")]
unsafe extern "C" {
    /// glibc: `function` runs at `exit`, before those registered earlier, and is given the exit status.
    fn on_exit(function: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
}

extern "C" fn leave(status: c_int, _: *mut c_void) {
    // SAFETY: `_exit` takes any status and does not return.
    #[allow(unsafe_code, reason = "there is no safe way to end without the handlers of C libraries")]
    unsafe {
        libc::_exit(status)
    }
}

/// SQLCipher and OpenSSL free what connections use in exit handlers of their own, while threads may still be closing connections
/// that were dropped without being closed (seen as SIGSEGV after the last test had passed). With this the process ends before
/// those handlers run. To be called when they are registered: after the first file was opened.
pub(crate) fn end_without_handlers() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // SAFETY: `leave` is a function of this program and stays valid to its end; it does not use its argument.
        #[allow(unsafe_code, reason = "see `leave`")]
        let failed = unsafe { on_exit(leave, std::ptr::null_mut()) } != 0;
        if failed {
            tracing::warn!(
                "the end of the process could not be prepared; it may report a fault although all is stored"
            );
        }
    });
}
