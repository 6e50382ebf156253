//! A layer between SQLite and its files that writes down, in one order for all files of a directory, what is written, cut, synced and
//! removed; and that can be full.
//!
//! It copies the default file layer of the platform and stands in front of four of its functions. What those do is still done.

#![allow(unsafe_code, reason = "the file layer of SQLite is a table of C functions; nothing of this is in a program")]

use std::collections::HashMap;
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, Once, OnceLock, PoisonError};

use libsqlite3_sys::{
    SQLITE_FULL, SQLITE_OK, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find,
    sqlite3_vfs_register,
};

/// What connections ask for.
pub(super) const NAME: &str = "power_loss";
const C_NAME: &CStr = c"power_loss";

/// One thing that was done to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Op {
    /// Name within the directory.
    pub file: String,
    /// What.
    pub what: What,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate { length: usize },
    Sync,
    Remove,
}

/// What is known of one directory.
#[derive(Default)]
struct Log {
    ops: Vec<Op>,
    /// Writes that still succeed; without it all do.
    room: Option<usize>,
}

#[derive(Default)]
struct Layer {
    logs: HashMap<PathBuf, Log>,
    /// Open files by the address of SQLite's handle.
    files: HashMap<usize, PathBuf>,
}

static LAYER: LazyLock<Mutex<Layer>> = LazyLock::new(Mutex::default);
/// Address of the layer below, which lives as long as the process.
static BELOW: OnceLock<usize> = OnceLock::new();
/// The tables of functions in use: the layer below has one for files with locks and one for those without.
static METHODS: Mutex<Vec<&Methods>> = Mutex::new(Vec::new());

/// What is done to a file: by the layer below, and by ours.
struct Methods {
    /// Where those of the layer below stand.
    address: usize,
    original: sqlite3_io_methods,
    ours: sqlite3_io_methods,
}

/// Writes down everything that is done in `dir` from here on.
pub(super) fn record(dir: &Path) {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // SAFETY: the copy lives for ever and differs from the registered default only in name and two functions of its own.
        unsafe {
            let below = sqlite3_vfs_find(std::ptr::null());
            BELOW.set(below as usize).unwrap();
            let mut ours = *below;
            (ours.zName, ours.pNext) = (C_NAME.as_ptr(), std::ptr::null_mut());
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            assert_eq!(sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 0), SQLITE_OK);
        }
    });
    layer().logs.insert(dir.to_owned(), Log::default());
}

/// Whether files of `dir` are opened through the layer.
pub(super) fn is_recorded(dir: &Path) -> bool {
    layer().logs.contains_key(dir)
}

/// How much has been done in `dir`.
pub(super) fn position(dir: &Path) -> usize {
    layer().logs[dir].ops.len()
}

/// Everything done in `dir`.
pub(super) fn ops(dir: &Path) -> Vec<Op> {
    layer().logs[dir].ops.clone()
}

/// The disk under `dir` is full after so many further writes; `None` makes room.
pub(super) fn leave_room(dir: &Path, room: Option<usize>) {
    layer().logs.get_mut(dir).unwrap().room = room;
}

fn layer() -> MutexGuard<'static, Layer> {
    LAYER.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Layer {
    /// The log and the name of a file, if its directory is recorded.
    fn log(&mut self, path: &Path) -> Option<(&mut Log, String)> {
        let file = path.file_name()?.to_str()?.to_owned();
        self.logs.get_mut(path.parent()?).map(|log| (log, file))
    }

    fn log_of(&mut self, file: *mut sqlite3_file) -> Option<(&mut Log, String)> {
        let path = self.files.get(&(file as usize))?.clone();
        self.log(&path)
    }

    fn note(&mut self, file: *mut sqlite3_file, what: What) {
        if let Some((log, file)) = self.log_of(file) {
            log.ops.push(Op { file, what });
        }
    }
}

fn below() -> *mut sqlite3_vfs {
    BELOW.get().copied().unwrap() as *mut sqlite3_vfs
}

fn path_of(name: *const c_char) -> PathBuf {
    // SAFETY: SQLite gives a name that ends with a zero.
    PathBuf::from(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes()))
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: the call is passed on as it came. The handle it fills begins with the pointer to the functions of the file; ours are those
    // of the layer below but for four.
    unsafe {
        let code = (*below()).xOpen.unwrap()(below(), name, file, flags, out);
        if code == SQLITE_OK && !name.is_null() && !(*file).pMethods.is_null() {
            let methods = (*file).pMethods;
            (*file).pMethods = &in_front_of(methods as usize, *methods).ours;
            layer().files.insert(file as usize, path_of(name));
        }
        code
    }
}

fn in_front_of(address: usize, original: sqlite3_io_methods) -> &'static Methods {
    let mut all = METHODS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.iter().find(|known| known.address == address) {
        return known;
    }
    let mut ours = original;
    ours.xWrite = Some(write);
    ours.xTruncate = Some(truncate);
    ours.xSync = Some(sync);
    ours.xClose = Some(close);
    let made: &'static Methods = Box::leak(Box::new(Methods { address, original, ours }));
    all.push(made);
    made
}

fn original_of(file: *mut sqlite3_file) -> &'static sqlite3_io_methods {
    // SAFETY: SQLite calls us with a handle that `open` has filled.
    let ours = unsafe { (*file).pMethods };
    let all = METHODS.lock().unwrap_or_else(PoisonError::into_inner);
    &all.iter().find(|known| std::ptr::eq(&known.ours, ours)).unwrap().original
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    bytes: *const c_void,
    length: c_int,
    offset: sqlite3_int64,
) -> c_int {
    // The lock is held over the real write, so that the log has the order of the files.
    let mut layer = layer();
    if let Some((Log { room: Some(room), .. }, _)) = layer.log_of(file) {
        match room.checked_sub(1) {
            Some(left) => *room = left,
            None => return SQLITE_FULL,
        }
    }
    // SAFETY: the call is passed on as it came; SQLite gives `length` bytes.
    let (code, bytes) = unsafe {
        let code = original_of(file).xWrite.unwrap()(file, bytes, length, offset);
        (code, std::slice::from_raw_parts(bytes.cast::<u8>(), length as usize))
    };
    if code == SQLITE_OK {
        layer.note(file, What::Write { offset: offset as usize, bytes: bytes.to_vec() });
    }
    code
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    let mut layer = layer();
    // SAFETY: the call is passed on as it came.
    let code = unsafe { original_of(file).xTruncate.unwrap()(file, length) };
    if code == SQLITE_OK {
        layer.note(file, What::Truncate { length: length as usize });
    }
    code
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    let mut layer = layer();
    // SAFETY: the call is passed on as it came.
    let code = unsafe { original_of(file).xSync.unwrap()(file, flags) };
    if code == SQLITE_OK {
        layer.note(file, What::Sync);
    }
    code
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    layer().files.remove(&(file as usize));
    // SAFETY: the call is passed on as it came.
    unsafe { original_of(file).xClose.unwrap()(file) }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    let mut layer = layer();
    // SAFETY: the call is passed on as it came, to the layer it is meant for.
    let code = unsafe { (*below()).xDelete.unwrap()(below(), name, sync) };
    if code == SQLITE_OK
        && let Some((log, file)) = layer.log(&path_of(name))
    {
        log.ops.push(Op { file, what: What::Remove });
    }
    code
}
