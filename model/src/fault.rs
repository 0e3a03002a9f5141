//! Defects that somebody might write, each in what the server does around the machine: the checker must find them.

/// What is wrong in a world, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The link is looked at before the password is hashed and not again, and the statement that uses it up has no guard.
    Unguarded,
    /// The same, and the case is not read again under its lock either, nor saved by compare-and-swap.
    UnguardedAndUnlocked,
    /// A link is still good at its deadline.
    OneTickLate,
    /// A message that is sent again carries the token of the first send.
    TokenReused,
    /// A new link leaves the older ones open, and no index forbids it.
    OlderLinksStay,
    /// A case that proves itself leaves the account's other cases going.
    OtherCasesStay,
    /// A message counts as sent when it is taken up.
    SentWhenTaken,
    /// How many attempts failed is read before the answers are judged, and this one counted only afterwards.
    CountedAfterwards,
    /// What was proved goes to whichever case is the newest.
    ProofOfNewest,
    /// The link's time runs from the moment at which the acceptance was written down.
    ClockFromRecord,
    /// Nobody writes down that deadlines have passed.
    NobodyLapses,
    /// What was taken up is never taken up again: a worker that dies takes its message with it.
    LeaseForEver,
    /// A frozen account still takes a new password.
    FreezeForgotten,
}
