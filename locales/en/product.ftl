product-name = Clavero
