"""Facts of bodies and pairs as pages and answers show them."""
