product-name = Clavero
product-language = Español
