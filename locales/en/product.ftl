product-name = Clavero
product-language = English
