"""One module a file format: each turns a file into plain data, or says why it can't."""
