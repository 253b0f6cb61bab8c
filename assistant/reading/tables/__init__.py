"""Tables: where they stand on a page, their cells, and the headers that name each cell."""
