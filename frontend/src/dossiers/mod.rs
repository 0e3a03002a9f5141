//! The dossier of a visit, as an officer works with it, and what a second officer agrees to.
//!
//! Words: the five *items* with their verdicts; *papers* are an item's files; the *records* are what the registries say, laid
//! beside what the visit says; an *act* is what is done for the account, with its reason; what was sent is followed until the person
//! has finished; an *approval* is a second officer's.
//!
//! Invariants: what is shown is what the server said last; which act may be taken, and what it misses, is the server's to say
//! ([`shared::dossiers`] has the table); a one-time link is held by the page that made it and by nothing else; no password is ever
//! shown, asked for or set.

mod act_form;
mod acts;
mod approvals;
mod done;
mod enrolment;
mod head;
mod items;
mod page;
mod papers;
mod records;
mod referral;
mod words;

pub use approvals::ApprovalsPage;
pub use page::DossierPage;
