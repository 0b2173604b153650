"""What can be done with a ticket: one file for each family of acts, each opens its dialog beside the ticket."""
