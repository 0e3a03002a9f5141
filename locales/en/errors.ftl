# What the server or the browser could not do: a title, what happened and whose side it is on, what to do now.
errors-summary-title = Check these details
errors-reference = Reference for support: { $reference }
errors-retry-now = Try again
errors-retry-seconds = { $seconds ->
    [one] You can try again in 1 second.
   *[other] You can try again in { $seconds } seconds.
}
errors-retry-minutes = { $minutes ->
    [one] You can try again in 1 minute.
   *[other] You can try again in { $minutes } minutes.
}
errors-help-link = More about this message

errors-malformed-body-title = The portal did not understand the request
errors-malformed-body-what = The page and the server do not match, mostly because the page stayed open for a long time. It is not your mistake.
errors-malformed-body-do = Reload the page and try again.
errors-invalid-input-title = Some details need correcting
errors-invalid-input-what = One or more details do not have the expected form.
errors-invalid-input-do = Correct the marked fields and send again. Nothing you typed was lost.
errors-body-too-large-title = What was sent is too large
errors-body-too-large-what = The request is larger than the portal accepts.
errors-body-too-large-do = Shorten what you typed or pasted and try again.
errors-unsupported-media-type-title = The portal did not understand the request
errors-unsupported-media-type-what = The request arrived in a format the server does not use. A network filter sometimes causes this.
errors-unsupported-media-type-do = Reload the page. If it happens again, try from another network.
errors-origin-refused-title = The request did not come from this portal
errors-origin-refused-what = For safety only requests made from this very address are accepted.
errors-origin-refused-do = Type the portal's address into the browser yourself and start from there.
errors-not-found-title = That address does not exist
errors-not-found-what = The server does not know what the page asked for; the page may be out of date.
errors-not-found-do = Reload the page or go to the home page.
errors-method-not-allowed-title = The portal did not understand the request
errors-method-not-allowed-what = The page and the server do not match. It is not your mistake.
errors-method-not-allowed-do = Reload the page and try again.
errors-rate-limited-title = Too many requests in a row
errors-rate-limited-what = Many requests were made from your connection or for this number in a short time. The limit protects all employers.
errors-rate-limited-do = Wait a moment and try again. What you typed is still here.
errors-captcha-refused-title = The security check was not accepted
errors-captcha-refused-what = The check that your browser does was used before or belongs to another number.
errors-captcha-refused-do = Send again: the browser will do a new check by itself.
errors-captcha-expired-title = The security check is too old
errors-captcha-expired-what = A long time passed between the check and sending. It is not your mistake.
errors-captcha-expired-do = Send again: the browser will do a new check by itself.
errors-case-missing-title = No recovery is open in this browser
errors-case-missing-what = The recovery was not started, ended some time ago, or was started on another device.
errors-case-missing-do = Start a new recovery.
errors-case-at-other-stage-title = The recovery is at another step already
errors-case-at-other-stage-what = This step has been done, perhaps in another tab.
errors-case-at-other-stage-do = The page will show the step it is at now.
errors-case-changed-title = The recovery changed meanwhile
errors-case-changed-what = Another tab or device moved the same recovery on.
errors-case-changed-do = The page will show the step it is at now; repeat the last action if needed.
errors-registry-unavailable-title = Connection error with an official source
errors-registry-civil = Connection error with the Registro Civil
errors-registry-sri = Connection error with the SRI
errors-registry-superintendencia = Connection error with the Superintendencia de Compañías
errors-registry-iess = Connection error with the records of the IESS
errors-registry-unavailable-what = The official source that confirms your details does not answer. It is outside this portal, and it does not count as an attempt.
errors-registry-unavailable-do = Wait an hour and try again.
errors-link-invalid-title = This link is not valid
errors-link-invalid-what = The address is incomplete or was not issued by this portal. Some mail programs cut long links.
errors-link-invalid-do = Copy the whole link from the mail. If it does not work, start a new recovery.
errors-link-expired-title = The link's time is over
errors-link-expired-what = The link works only for a few minutes after your mail server received it. Your password did not change.
errors-link-expired-do = Start a new recovery, and have your mailbox open before you ask for the link.
errors-link-used-title = This link has been used
errors-link-used-what = A new password was created with this link. Each link works once.
errors-link-used-do = If you created it, sign in with it. If it was not you, tell us at once with “It was not me” in the confirmation mail.
errors-link-replaced-title = There is a newer link
errors-link-replaced-what = Another link was sent after this one, and only the last one works.
errors-link-replaced-do = Open the newest mail; compare its four-character reference with the one on the page.
errors-password-refused-title = The password does not meet the security requirements
errors-password-refused-what = The server checked the password and found what the list marks. Your link still works until its time is over.
errors-password-refused-do = Change what is marked and send again.
errors-busy-title = The portal is very busy
errors-busy-what = There are more requests right now than the server can take. The cause is on our side.
errors-busy-do = Wait a few seconds and try again. What you typed is still here.
errors-timed-out-title = The answer took too long
errors-timed-out-what = The server did not finish in time. The cause is on our side or in the network.
errors-timed-out-do = Try again. If it happens again, wait a few minutes.
errors-internal-title = Something failed on our side
errors-internal-what = The server could not complete the request. It is not your mistake and nothing was left half done.
errors-internal-do = Try again. If it happens again, contact the institution and give the reference.
errors-unreachable-title = No connection to the portal
errors-unreachable-what = The browser could not reach the server. Mostly it is this device's internet connection.
errors-unreachable-do = Check your connection and try again. What you typed is still here, except passwords.

# What can be wrong with a field.
errors-field-missing = This is missing
errors-field-malformed = It does not have the expected form
errors-field-length = The number of characters is not right
errors-field-not-digits = Type only digits from 0 to 9
errors-field-foreign-digits = It has digits of another script; type them on the keyboard, from 0 to 9
errors-field-province = The first two digits belong to no province
errors-field-third-digit = The third digit belongs to no kind of taxpayer; check the number
errors-field-suffix = It cannot end in 000: that is the number of the establishment, mostly 001
errors-field-final-consumer = 9999999999999 is the “final consumer”, not an employer
errors-field-check-digit = The last digit does not agree with the others; check the number
errors-field-year = Check the year: type all four digits
errors-field-month = Check the month: it is a number from 1 to 12
errors-field-day = Check the day: that month does not have it
errors-field-not-offered = Choose one of the options
errors-field-too-long = It is longer than allowed
errors-field-characters = It has characters that are not allowed
