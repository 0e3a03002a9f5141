# The links of a change of contact: confirming the new one and cancelling from the former one.
contacts-confirm-title = Confirm your new contact
contacts-confirm-lead-email = { $contact } will be the registered mail address of the employer { $employer }.
contacts-confirm-lead-phone = { $contact } will be the registered phone of the employer { $employer }.
contacts-confirm-hold = { $hours ->
    [0] There is no wait any more: once you confirm, the change counts at once.
    [one] After you confirm, the change waits for 1 hour. We tell the former contacts, who can cancel it.
   *[other] After you confirm, the change waits for { $hours } hours. We tell the former contacts, who can cancel it.
}
contacts-confirm-not-you = If you do not know this employer, do not press the button and close this page.
contacts-confirm-act = Confirm this contact
contacts-confirm-acting = Confirming…
contacts-confirm-done-title = The contact is confirmed
contacts-confirm-done-what = The change is on hold. Until then the former contact is in use.
contacts-confirm-done-until = In use from
contacts-confirm-done-next = There is nothing more to do. If a recovery or an unblocking is under way, the change waits until it ends.
contacts-confirm-applied-what = There is no wait any more: from now on it is the account’s contact.
contacts-confirm-applied-next = The next links and notices go there. If you need a new password, you can recover it now.
contacts-cancel-title = Cancel the change of contact
contacts-cancel-lead-email = Somebody asked that { $contact } be the new mail address of the employer { $employer }.
contacts-cancel-lead-phone = Somebody asked that { $contact } be the new phone of the employer { $employer }.
contacts-cancel-lead-no-phone = Somebody asked to remove the registered phone of the employer { $employer }.
contacts-cancel-until = If nobody cancels it, it is in use from { $day } { $month } at { $time }, time of mainland Ecuador.
contacts-cancel-until-asked = If nobody cancels it, from { $day } { $month }, { $time }, Ecuador mainland time, the new contact can confirm it. Until that happens it can be cancelled.
contacts-cancel-confirming = The new contact can confirm it now, until { $day } { $month }, { $time }, Ecuador mainland time. Until that happens it can be cancelled.
contacts-cancel-obstacle = For now it is not applied, because another procedure is under way for the account.
contacts-cancel-if-you = If you asked for it, do nothing: close this page.
contacts-cancel-act = Cancel the change
contacts-cancel-acting = Cancelling…
contacts-cancel-done-title = The change is cancelled
contacts-cancel-done-what = The account's contact stays as it was.
contacts-cancel-done-next-password = Whoever asked for the change was inside the account and knew the password. Recover it now to set another one.
contacts-cancel-done-next-signature = The change was asked for with a request that the representative signed electronically. If you did not sign it, ask your certification authority to revoke that signature.
contacts-cancel-done-next-freeze = If you think that somebody else uses the account, freeze it with the “No fui yo” link of any notice of ours.
contacts-cancel-done-recover = Recover the password
contacts-loading = Checking the link…
contacts-employer = Employer
contacts-email = New mail address
contacts-phone = New phone
contacts-kind = Contact
contacts-kind-email = Mail address
contacts-kind-phone = Phone
contacts-done-at = Cancelled
contacts-when = { $day } { $month } { $year }, { $time } (time of mainland Ecuador)
contacts-next = What comes next
contacts-print = Print this page
contacts-no-token-title = The full link is missing
contacts-no-token-what = For safety the link is removed from the address bar and not kept. If you loaded the page again, open it once more from the message.
contacts-bad-invalid-do = Copy the whole link from the message.
contacts-confirm-expired-what = The link ended and the contact did not change.
contacts-confirm-expired-do = Whoever has the account can ask for the change again in “My account”.
contacts-cancel-expired-what = This change can no longer be cancelled with the link.
contacts-cancel-expired-do = If you did not ask for it, use the “No fui yo” link of the last notice or go to a counter.
contacts-used-what = This link was used already, and each link works once.
contacts-used-do = There is nothing more to do.
contacts-replaced-what = Another change was asked for after this one, and only the last one counts.
contacts-replaced-do = Open the newest message.
