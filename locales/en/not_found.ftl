# An address that does not exist.
not_found-title = This page does not exist
not_found-what = The address is incomplete, is misspelt, or comes from an old link.
not_found-do = If you came from a mail, copy the whole link. If not, begin at the home page.
not_found-home = Go to the home page
not_found-help = See the help
