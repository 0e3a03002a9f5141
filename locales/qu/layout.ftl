# Tukuy pankakunapa muyundin: uma, willay, chaki.
layout-skip = Hatun killkaman rina
layout-unofficial = Sapalla panka: kayka manami IESSpa panka kanchu.
layout-demo = Rikuchiyllami (demostración): mana ima llikachaskipash internetman llukshinchu.
layout-demo-mailbox = Chaski wasita rikuna
layout-language = Shimi
layout-review = Kay kichwa tikrachiyka rikurikunrakmi.
layout-theme = Tullpukuna
layout-theme-device = Antanikikpi shina
layout-theme-light = Achik
layout-theme-dark = Yana
layout-footer = Shuktak pankakuna
layout-footer-home = Kallari panka
layout-footer-help = Yanapay
layout-footer-mail-test = Ñukanchikpa llikachaskikuna chayanchu kamana
layout-contact = { $institution } wasiwan rimanapak: { $contact }
layout-software = Claveroka tukuykunapak software libre kan. Kikin killkashka pakalla shimikunaka kay navegadorpi mana wakaychirinchu.
layout-loading = Apamukunmi…
