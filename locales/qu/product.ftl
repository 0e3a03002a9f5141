product-name = Clavero
product-language = Kichwa
