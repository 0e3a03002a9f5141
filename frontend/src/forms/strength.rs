//! Being written.

/// Being written.
pub fn serve() {}
