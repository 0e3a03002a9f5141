//! The account area: signing in, and everything an employer or a delegate does once inside (ADR 56).
//!
//! Words: a *place* is a page behind the sign-in; the *shell* is what is around every place; a *proof* is the password in
//! force, asked again before a change that whoever finds an open session must not make.
//!
//! Invariants: no place shows anything before the server has said who is signed in; whatever hears that the session is over
//! leads to the sign-in and from there back to the same place, never anywhere else; no password outlives its form.

mod contacts;
mod delegates;
mod happening;
mod history;
mod idle;
mod invitation;
mod obligations;
mod overview;
mod passkeys;
mod password;
mod proof;
mod returning;
mod session;
mod sessions;
mod shell;
mod sign_in;
mod visit;
mod when;

pub use contacts::ContactsPage;
pub use delegates::DelegatesPage;
pub use happening::words as happening_words;
pub use history::HistoryPage;
pub use invitation::InvitationPage;
pub use obligations::ObligationsPage;
pub use overview::Overview;
pub use passkeys::PasskeysPage;
pub use password::PasswordPage;
pub use session::{SessionProvider, SignedIn};
pub use sessions::SessionsPage;
pub use shell::{Audience, Shell};
pub use sign_in::SignInPage;
