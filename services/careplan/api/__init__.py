"""The words on the wire: servicer methods of a few lines, and the table of refusals."""
