# Navegador imamanta kamayta rurak.
captcha-label = Wakaychiymanta kamay
captcha-waiting = Yupay paktashka kakpi paylla kallarinka. Kikinka mana imatapash rurana kankichu.
captcha-preparing = Allichikun…
captcha-progress = { $percent } %
captcha-done = Tukurishkami
captcha-failed = Kamayka mana ruray usharirkachu. Kachakpika kutinmi rurarinka.
