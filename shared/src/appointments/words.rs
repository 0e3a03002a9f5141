//! What to bring, in words: the same on the pages, in the mails, on the sheet and at the counter.

use super::{Bring, Paper, ToBring};
use crate::i18n::Text;

impl ToBring {
    /// Which paper it is, and what is to be done about it.
    pub fn told(self, text: Text) -> (&'static str, &'static str) {
        let paper = match self.paper {
            Paper::Cedula => text.appointments_paper_cedula(),
            Paper::ForeignDocument => text.appointments_paper_foreign(),
            Paper::Ruc => text.appointments_paper_ruc(),
            Paper::Code => text.appointments_paper_code(),
            Paper::Letter => text.appointments_paper_letter(),
            Paper::SignedRequest => text.appointments_paper_request(),
            Paper::CompanyAppointment => text.appointments_paper_company(),
            Paper::PublicAppointment => text.appointments_paper_public(),
            Paper::Power => text.appointments_paper_power(),
        };
        let todo = match self.bring {
            Bring::Original => text.appointments_bring_original(),
            Bring::OriginalAndCopy => text.appointments_bring_copy(),
            Bring::ShowToCamera => text.appointments_bring_camera(),
            Bring::LookedUp => text.appointments_bring_looked_up(),
            Bring::OnFile => text.appointments_bring_on_file(),
            Bring::Code => text.appointments_bring_code(),
        };
        (paper, todo)
    }
}
