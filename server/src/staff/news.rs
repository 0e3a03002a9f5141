//! Who hears of changes to the staff: every other administrator and every auditor, by mail.
//!
//! An administrator can invite anybody at any address, alone. So nobody else's consent is asked, and everybody who could end
//! what was done is told ([ADR 114](../../../docs/adr/0114-how-the-staff-begins-and-ends.md)).

use super::{Member, Officer, store};
use crate::app::App;
use crate::notifications::{self, Address, Content, NewMessage, Recipient, TeamChange};
use crate::store::{StoreError, Tx};
use shared::staff::Role;
use shared::staff::api::StaffState;
use shared::time::Timestamp;
use std::time::Duration;

/// How long the news is tried to be sent.
const SENT_WITHIN: Duration = Duration::from_hours(72);

/// Queues the news of what was done to somebody; by nobody of the staff where it was done from the command line.
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    change: TeamChange,
    member: &Member,
    by: Option<&Officer>,
    now: Timestamp,
) -> Result<(), StoreError> {
    for reader in store::all(tx).await? {
        if !hears(&reader) || reader.id == member.id || by.is_some_and(|by| by.id() == reader.id) {
            continue;
        }
        let message = NewMessage {
            content: Content::TeamChanged {
                change,
                member: member.name.clone(),
                role: member.role,
                by: by.map(|by| by.name().clone()),
                at: now,
            },
            recipient: Recipient::Typed {
                address: Address::Email(reader.email),
                account: None,
            },
            case: None,
            language: reader.language,
            expires_at: now.after(SENT_WITHIN),
        };
        notifications::service::queue(app, tx, &message, now).await?;
    }
    Ok(())
}

/// Whether somebody can sign in, and either could undo what was done or looks at what is done.
fn hears(member: &Member) -> bool {
    let watches = match member.role {
        Role::Administrator | Role::Auditor => true,
        Role::Agent | Role::Supervisor => false,
    };
    let signs_in = match member.state() {
        StaffState::Active | StaffState::Blocked => true,
        StaffState::Invited | StaffState::Ended => false,
    };
    watches && signs_in
}
