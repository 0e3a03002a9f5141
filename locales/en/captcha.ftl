# The check that the browser does in place of a puzzle.
captcha-label = Security check
captcha-waiting = It starts by itself when the number is complete. There is nothing for you to do.
captcha-preparing = Preparing…
captcha-progress = { $percent } %
captcha-done = Done
captcha-failed = The check could not be done. It will be tried again when you send.
