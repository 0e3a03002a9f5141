//! Something that lives on the server.

use shared::api::Problem;

/// How far a call has come. `Option` never means "not loaded yet".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Remote<T> {
    /// Nothing was asked.
    #[default]
    Idle,
    /// Asked, not answered.
    Loading,
    /// Answered.
    Ready(T),
    /// Refused, or nobody answered.
    Failed(Problem),
}

impl<T> Remote<T> {
    /// Whether an answer is awaited.
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading)
    }

    /// The answer, if it is here.
    pub const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Idle | Self::Loading | Self::Failed(_) => None,
        }
    }

    /// The problem, if there is one.
    pub const fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Failed(problem) => Some(problem),
            Self::Idle | Self::Loading | Self::Ready(_) => None,
        }
    }
}
