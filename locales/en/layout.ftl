# What is around every page: header, notice, footer.
layout-skip = Skip to the content
layout-unofficial = Independent site: this is not an official page of the IESS.
layout-demo = This is a demonstration: no mail leaves for the internet.
layout-demo-mailbox = See the mailbox
layout-language = Language
layout-review = Translation into Kichwa under review.
layout-theme = Colours
layout-theme-device = As on this device
layout-theme-light = Light
layout-theme-dark = Dark
layout-footer = More pages
layout-footer-home = Home
layout-footer-help = Help
layout-footer-mail-test = Test whether our mails reach you
layout-contact = Contact of { $institution }: { $contact }
layout-software = Clavero is free software. The secrets you type are not kept in this browser.
layout-loading = Loading…
