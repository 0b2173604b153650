"""Team leads' reviews: what was seen then, what came of it, samples, agreement, charts."""
