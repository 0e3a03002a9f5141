//! What the pages of the staff stand on, and their sign-in: the session and its lock, the shell with the navigation, the keys,
//! the invitation.
//!
//! Words: an [`Officer`] is somebody of the staff who is signed in; a *place* is a page behind the sign-in; the *lock* is what
//! comes over a place that nobody uses; a *shortcut* is a key that does something on a page.
//!
//! Invariants: no place shows anything before the server has said who is signed in, and nothing while the desk is locked; what was typed
//! outlives the lock and nothing else; whatever hears that the session is over leads to the sign-in and from there back
//! to the same place, never anywhere else; no password outlives its form.
//!
//! # Adding a page
//! A page is a folder of its own (`frontend/src/<word>/`) with one public component that takes an [`Officer`].
//! 1. Its address: a variant of [`StaffPage`](crate::routes::StaffPage) with its path in `StaffPage::PATHS`, the same path in
//!    `shared/src/settings/pages.rs`, and a line in `frontend/tests/browser/history.rs`.
//! 2. Its place: an entry of [`places::PLACES`] with the right that whoever sees it has, its key and its name. The navigation, `g` and
//!    the key, and the answer to whoever has not the right come by themselves.
//! 3. Its line in the `match` of [`crate::office`], which calls [`Behind`]: the shell draws the heading (its title), so
//!    the page begins with what is below it.
//! 4. Calls go through [`use_staff_call`] and [`use_staff_load`], which know what to do when the session is over or the desk
//!    locked; news through [`use_news`]; keys through [`use_shortcut`]. What does not go through a call (uploads) tells
//!    [`use_heed`] its problem.
//! 5. Its style is a file in `frontend/styles/staff/`: it becomes part of `staff.css`, which only this module fetches.

pub mod at_hand;
mod invitation;
mod kept_focus;
mod keys;
mod live;
mod lock;
mod passkey;
pub mod places;
pub(crate) mod reason;
mod returning;
mod session;
mod shell;
mod sign_in;
mod team;

pub use invitation::InvitationPage;
pub use kept_focus::use_kept_focus;
pub use keys::{KeysProvider, Press, use_listed_keys, use_shortcut};
pub use live::{Line, line_words, use_news};
pub use session::{
    Officer, Session, StaffSessionProvider, state_of, use_heed, use_staff_call, use_staff_load,
    use_staff_session,
};
pub use shell::{Behind, role_words};
pub use sign_in::EntryPage;
pub use team::TeamPage;
