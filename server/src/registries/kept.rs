//! What is kept of the official records, for whoever asks what is kept about them. They are copies: whoever finds a mistake has it
//! corrected where they come from.
//!
//! They are also what the questions of a recovery ask: nobody is given any whose identity was not seen at a counter.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const PERSON: &str = "SELECT given_names, surnames, birth_date, birth_province, birth_canton, married_on, address, \
    previous_addresses FROM persons WHERE id = $1";
pub(super) const EMPLOYER: &str = "SELECT branch, name, representative, registered_on, first_worker_in, branches, workers, address, \
    previous_addresses, debit_bank, debit_last_four FROM employer_records WHERE employer = $1 ORDER BY branch";
pub(super) const REPRESENTS: &str =
    "SELECT employer, registered_on FROM appointments WHERE representative = $1 ORDER BY employer";

/// The person, whom they represent, and, where the account is theirs, the employer, as they were imported. Nothing until it was seen
/// who they are.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    if holder.seen.is_none() {
        return Ok(Vec::new());
    }
    let (person, employer) = (holder.representative.to_string(), holder.employer.to_string());
    let mut all = vec![
        kept::rows(tx, "record_of_the_person", PERSON, Key::Text(&person)).await?,
        kept::rows(tx, "represents", REPRESENTS, Key::Text(&person)).await?,
    ];
    if holder.account.is_some() {
        all.push(kept::rows(tx, "records_of_the_employer", EMPLOYER, Key::Text(&employer)).await?);
    }
    Ok(all)
}
