# Shuktakwan sinchiyachina: ruka sami, firma, ventanillapash, manarak tinkichikta kachashpa.

step_up-title = Shuktakwan sinchiyachina illanrak
step_up-what = Kikinpa kutichikkunaka allimi kan. Kaypika shuktakwan sinchiyachishka kipallami tinkichikta kachanchik, kaymanta:
step_up-contact-changed = Cuentapa shuk llikachaskita, shuk teléfonota mana unaychu shukyachirka.
step_up-recovery-repeated = Kay cuentapa yaykuna shimita mana unaychu kutin hapirka.
step_up-often-suspended = Kay llamkachikpa internetpi kutin hapinataka kay kipa killakunapi ashtawan kutin sayachirka.
step_up-many-workers = Kay llamkachikka achka llamkakkunatami charin.
step_up-source-failing = Kay shinallatak llikamanta, shuktak llamkachikkunamanta kutichikkuna pantarka.
step_up-passkey-do = Yanapana centropi killkashka antanikipa ruka samiwan, ñawiwan, PINwanpash sinchiyachipay.
step_up-other-routes = Chay antanikita mana charishpaka, shuk ñanwan katipay.
step_up-without = Cuentapika ruka sami, ñawipash mana killkashkachu kan. Firmashka mañaywan, mana kashpaka ventanillapi katipay.
step_up-exhausted = Kaypika antanikiwan ashtawan kamaykunata ña mana chaskinchikchu. Firmashka mañaywan, mana kashpaka ventanillapi katipay.
