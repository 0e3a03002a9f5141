# Mana tiyak dirección.
not_found-title = Kay pankaka manami tiyanchu
not_found-what = Direccionka mana paktashkachu, pantashka killkashkami, mana kashpaka mawka tinkichikmantami shamun.
not_found-do = Shuk llikachaskimanta shamushka kashpaka, tukuy tinkichikta copiapay. Mana kashpaka, kallari pankamanta kallaripay.
not_found-home = Kallari pankaman rina
not_found-help = Yanapayta rikuna
