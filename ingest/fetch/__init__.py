"""Downloads procedures from the national portal, politely and so that it can be resumed."""
