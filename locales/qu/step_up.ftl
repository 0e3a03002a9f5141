# Shuktakwan sinchiyachina: ruka sami, firma, ventanillapash, manarak tinkichikta kachashpa.

step-up-title = Shuktakwan sinchiyachina illanrak
step-up-what = Kikinpa kutichikkunaka allimi kan. Kaypika shuktakwan sinchiyachishka kipallami tinkichikta kachanchik, kaymanta:
step-up-contact-changed = Cuentapa shuk llikachaskita, shuk teléfonota mana unaychu shukyachirka.
step-up-recovery-repeated = Kay cuentapa yaykuna shimita mana unaychu kutin hapirka.
step-up-often-suspended = Kay llamkachikpa internetpi kutin hapinataka kay kipa killakunapi ashtawan kutin sayachirka.
step-up-many-workers = Kay llamkachikka achka llamkakkunatami charin.
step-up-source-failing = Kay shinallatak llikamanta, shuktak llamkachikkunamanta kutichikkuna pantarka.
step-up-passkey-do = Yanapana centropi killkashka antanikipa ruka samiwan, ñawiwan, PINwanpash sinchiyachipay.
step-up-passkey-press = Ñuka antanikiwan sinchiyachina
step-up-passkey-failed = Chay antanikika mana kay cuentata sinchiyachirkachu. Kay cuentapak killkashkata hapipay.
step-up-passkey-left = { $left ->
    [one] Shuk kamay sakirin.
   *[other] { $left } kamay sakirin.
}
step-up-other-routes = Chay antanikita mana charishpaka, shuk ñanwan katipay:
step-up-without = Cuentapika ruka sami, ñawipash mana killkashkachu kan. Firmashka mañaywan, mana kashpaka ventanillapi katipay.
step-up-exhausted = Kaypika antanikiwan ashtawan kamaykunata ña mana chaskinchikchu. Firmashka mañaywan, mana kashpaka ventanillapi katipay.
