"""Commands for developers who build and check Aldesk; none of them is part of the product."""
