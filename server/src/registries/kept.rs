//! What is kept of the official records, for whoever asks what is kept about them. They are copies: whoever finds a mistake has it
//! corrected where they come from.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const PERSON: &str = "SELECT given_names, surnames, birth_date, birth_province, birth_canton, married_on, address, \
    previous_addresses FROM persons WHERE id = $1";
pub(super) const EMPLOYER: &str = "SELECT branch, name, representative, registered_on, first_worker_in, branches, workers, address, \
    previous_addresses, debit_bank, debit_last_four FROM employer_records WHERE employer = $1 ORDER BY branch";
pub(super) const REPRESENTS: &str =
    "SELECT employer, registered_on FROM appointments WHERE representative = $1 ORDER BY employer";

/// The person, the employer, and whom the person represents, as they were imported.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let (person, employer) = (holder.representative.to_string(), holder.employer.to_string());
    Ok(vec![
        kept::rows(tx, "record_of_the_person", PERSON, Key::Text(&person)).await?,
        kept::rows(tx, "records_of_the_employer", EMPLOYER, Key::Text(&employer)).await?,
        kept::rows(tx, "represents", REPRESENTS, Key::Text(&person)).await?,
    ])
}
