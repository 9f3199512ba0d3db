"""Commands for those who build Aldesk; none of them is part of the product."""
