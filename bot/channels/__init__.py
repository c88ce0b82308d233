"""One adapter a channel: it verifies and parses what comes in and renders a Reply."""
