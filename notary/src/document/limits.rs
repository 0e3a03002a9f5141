//! What a signed request needs at most. Whatever asks for more is refused before it is read.
//!
//! A request of ours is one page of some 60 kB; signing adds a picture, fonts and certificates. The limits leave room for tools
//! that we do not know, and none for files made to be expensive.

/// Bytes of a file: as many as the longest upload has, which is a paper of a dossier. The limit of signed requests is lower.
pub(crate) const FILE: usize = 10 * 1024 * 1024;
/// How deep arrays and dictionaries stand in each other.
pub(super) const NESTING: usize = 48;
/// Numbers, names, texts, arrays and dictionaries in all.
pub(super) const VALUES: usize = 300_000;
/// Objects in all, those in object streams among them.
pub(super) const OBJECTS: usize = 20_000;
/// Entries of all tables of objects.
pub(super) const ENTRIES: usize = 60_000;
/// How often a file was added to.
pub(super) const REVISIONS: usize = 16;
/// Bytes that all compressed streams come to when they are unpacked.
pub(super) const UNPACKED: usize = 24 * 1024 * 1024;
/// Steps of any walk from object to object.
pub(super) const STEPS: usize = 50_000;
