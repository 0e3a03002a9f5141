//! What the reader says of files made for it: genuine ones, and every way of making one that is not.

mod hostile;
mod ours;
mod paper;
mod sound;
